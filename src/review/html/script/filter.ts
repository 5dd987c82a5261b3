/** Opening, going to an entry, and the filter. */
export const filterScript = String.raw`
const byId = (id) => document.getElementById(id);
const entriesOf = (list, objects, body) => (byId(list) === null ? [] : [...byId(list).children].map((item, index) => ({ item, object: objects[index], body, details: item.firstElementChild })));
const agents = entriesOf('agent-list', model.agents, agentBody);
const gateways = entriesOf('gateway-list', model.gateways, gatewayBody);
const entries = [...agents, ...gateways];

function fill({ details, object, body }) {
  const place = details.lastElementChild;
  if (place.childElementCount === 0) place.append(...body(object).flat(4).filter((child) => child !== undefined));
}
for (const entry of entries) entry.details.addEventListener('toggle', () => { if (entry.details.open) fill(entry); });

const entryAt = (path) => entries.find(({ object }) => object.path === path);

function show(path) {
  const entry = entryAt(path);
  if (entry === undefined) return false;
  if (entry.item.hidden) clear();
  entry.details.open = true;
  fill(entry);
  entry.details.firstElementChild.focus({ preventScroll: true });
  entry.item.scrollIntoView({ block: 'start' });
  return true;
}
function goTo(path) {
  return entryAt(path) === undefined ? bdi(path) : make('a', { href: '#at:' + encodeURIComponent(path) }, bdi(path));
}
for (const link of document.querySelectorAll('a[data-path]')) if (entryAt(link.dataset.path) === undefined) link.replaceWith(bdi(link.dataset.path));
const followed = () => { try { if (location.hash.startsWith('#at:')) show(decodeURIComponent(location.hash.slice(4))); } catch { /* A link that somebody mistyped. */ } };
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#at:"]');
  if (link !== null && link.hash === location.hash) { event.preventDefault(); followed(); }
});
addEventListener('hashchange', followed);

const providerPaths = (object) => (object.capabilities || object.targets).map(({ provider }) => provider).filter((path) => path !== undefined);
const facets = {
  owner: (object) => [object.owner.name],
  provider: providerPaths,
  host: (object) => (object.parts === undefined ? ['gateway'] : object.parts.map(({ host }) => host)),
  place: (object) => [object.environment.account + ' ' + object.environment.region],
  kind: (object) => (object.capabilities === undefined ? object.targets.map(({ asWhom }) => asWhom) : object.capabilities.map(({ kind }) => kind)),
};
const marksOf = new Map();
for (const { path, mark: id } of data.attention) marksOf.set(path, (marksOf.get(path) || new Set()).add(id));

for (const [id, valuesOf] of Object.entries(facets)) {
  const values = [...new Set(entries.flatMap(({ object }) => valuesOf(object)))].sort();
  byId(id).append(...values.map((value) => make('option', { value }, value)));
}

/* Every text of an entry, in small letters: made when somebody searches for the first time. */
function textsOf(entry) {
  if (entry.text === undefined) {
    const texts = new Set();
    const collect = (value) => {
      if (typeof value === 'string') texts.add(value);
      else if (value !== null && typeof value === 'object') Object.values(value).forEach(collect);
    };
    collect(entry.object);
    entry.text = [...texts].join('\n').toLowerCase();
  }
  return entry.text;
}

function apply() {
  const words = byId('text').value.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const wanted = Object.entries(facets).map(([id, valuesOf]) => [valuesOf, byId(id).value]).filter(([, value]) => value !== '');
  const marks = [...document.querySelectorAll('input[name=mark]:checked')].map(({ value }) => value);
  for (const entry of entries) {
    const has = marksOf.get(entry.object.path) || new Set();
    entry.item.hidden = !(marks.every((id) => has.has(id)) && wanted.every(([valuesOf, value]) => valuesOf(entry.object).includes(value))
      && words.every((word) => textsOf(entry).includes(word)));
  }
  const shown = (list) => list.filter(({ item }) => !item.hidden).length;
  byId('shown').textContent = shown(agents) + ' of ' + agents.length + (agents.length === 1 ? ' agent' : ' agents')
    + (gateways.length === 0 ? '' : ', ' + shown(gateways) + ' of ' + gateways.length + (gateways.length === 1 ? ' gateway' : ' gateways')) + ' shown';
}
function clear() {
  byId('text').value = '';
  for (const id of Object.keys(facets)) byId(id).value = '';
  for (const box of document.querySelectorAll('input[name=mark]')) box.checked = false;
  apply();
}

if (entries.length > 0) {
  byId('filter').hidden = false;
  byId('filter').addEventListener('input', apply);
  byId('clear').addEventListener('click', clear);
  byId('open').addEventListener('click', () => entries.filter(({ item }) => !item.hidden).forEach((entry) => { fill(entry); entry.details.open = true; }));
  byId('close').addEventListener('click', () => entries.forEach(({ details }) => { details.open = false; }));
  apply();
}
/* The texts to search in are collected while nothing else is to be done, some at a time. */
function collectSome(from) {
  entries.slice(from, from + 25).forEach(textsOf);
  if (from + 25 < entries.length) (window.requestIdleCallback || setTimeout)(() => collectSome(from + 25));
}
(window.requestIdleCallback || setTimeout)(() => collectSome(0));
byId('rest').append(...restSections());
followed();
`;
