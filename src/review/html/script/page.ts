/*
 * The page's script, in pieces: plain JavaScript for the browser, kept as text so that every build has the same bytes and the content
 * security policy the same hash. Every text becomes a text node; the page's policy refuses markup from text anyway.
 */

/** Reads the data, and makes elements. */
export const pageScript = String.raw`
const data = (() => {
  const shared = JSON.parse(document.getElementById('data').textContent);
  const known = new Map();
  const read = (value) => {
    if (typeof value === 'number') {
      if (!known.has(value)) known.set(value, read(shared.table[value]));
      return known.get(value);
    }
    if (Array.isArray(value)) {
      const members = value.slice(1).map(read);
      return value[0] === 0 ? members : Object.fromEntries(shared.shapes[value[0] - 1].map((name, index) => [name, members[index]]));
    }
    return value !== null && typeof value === 'object' ? value.n : value;
  };
  return read(shared.root);
})();
const model = data.model;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.flat(3).filter((child) => child !== undefined && child !== null && child !== ''));
  return element;
}
const bdi = (text) => make('bdi', {}, text);
const code = (text) => make('code', {}, bdi(text));
const mark = (id) => make('span', { class: 'mark ' + id }, data.marks.find((each) => each.id === id).label);
const where = (environment) => 'account ' + environment.account + ', region ' + environment.region;
const joined = (values) => values.flatMap((value, index) => (index === 0 ? [bdi(value)] : [', ', bdi(value)]));

/* A list of terms; what is undefined is left out. */
function terms(entries) {
  return make('dl', {}, entries.filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([term, value]) => [make('dt', {}, term), make('dd', {}, value)]));
}

/* A table that is scrolled by itself where the window is narrow, also with the keyboard. */
function table(caption, heads, rows) {
  return make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': caption }, make('table', {}, make('caption', {}, caption),
    make('thead', {}, make('tr', {}, heads.map((head) => make('th', { scope: 'col' }, head)))),
    make('tbody', {}, rows.map((cells) => make('tr', {}, cells.map((cell) => make('td', {}, cell)))))));
}

/* Details whose content is made when they are opened. */
function later(summary, content, attributes) {
  const details = make('details', attributes || {}, make('summary', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(...[content()].flat());
  });
  return details;
}

/* What a newer model says and this page has no place for: shown as it is, so that nothing is missing. */
function others(object, known) {
  return Object.entries(object).filter(([name, value]) => !known.includes(name) && !(Array.isArray(value) && value.length === 0)).map(([name, value]) => [titleOf(name), asItIs(value)]);
}
const titleOf = (name) => name.replace(/[A-Z]/g, (letter) => ' ' + letter.toLowerCase()).replace(/^./, (letter) => letter.toUpperCase());
function asItIs(value) {
  if (value === null || typeof value !== 'object') return bdi(String(value));
  if (!Array.isArray(value)) return terms(Object.entries(value).map(([name, member]) => [titleOf(name), asItIs(member)]));
  return value.every((each) => typeof each === 'string') ? make('span', {}, joined(value)) : make('ul', {}, value.map((each) => make('li', {}, asItIs(each))));
}
`;
