/** Gateways, providers and keys. */
export const gatewayScript = String.raw`
const GATEWAY = ['path', 'environment', 'name', 'owner', 'suspendedReason', 'protocol', 'inbound', 'onlyCallers', 'enforcement', 'errorDetailsReason', 'encryptionKey', 'targets', 'rateLimits', 'routingRules', 'role', 'statements',
  'remainingWildcards', 'returnPages', 'leftToOthers'];
const INBOUND = ['kind', 'issuers', 'audiences', 'clients', 'scopes', 'claims', 'weakerReason'];
const TARGET = ['name', 'kind', 'backend', 'asWhom', 'credentials', 'provider', 'scopes', 'forwards', 'refreshTokens', 'suspendedReason', 'noCredentialsReason', 'alsoWithoutUserReason', 'privateCaCertificates', 'tools'];
const ROUTING_RULE = ['path', 'priority', 'calls', 'actions'];
const RULE = ['tool', 'effect', 'who', 'reason', 'allToolsReason', 'cedar'];

function inboundLine(inbound) {
  return [make('p', {}, inbound.kind, either('from', inbound.issuers), either('for audience', inbound.audiences), either('of client', inbound.clients), either('with scope', inbound.scopes),
    either('with claim', inbound.claims), inbound.weakerReason === undefined ? undefined : [', ', mark('broad'), ' WEAKER THAN IT COULD BE: ', bdi(inbound.weakerReason)],
    others(inbound, INBOUND).map(([term, value]) => [', ' + term + ': ', value]))];
}

function ruleRow(rule) {
  return [
    rule.tool === '*' ? make('b', {}, 'EVERY TOOL') : code(rule.tool),
    make('span', { class: rule.effect === 'permit' ? 'allow' : 'deny' }, rule.effect),
    bdi(rule.who),
    [rule.reason, rule.allToolsReason].filter((each) => each !== undefined).map((each) => make('p', {}, bdi(each))).concat(others(rule, RULE).map(([term, value]) => make('p', {}, term + ': ', value))),
    later('Cedar', () => rule.cedar.map((text) => make('pre', { tabindex: '0' }, text))),
  ];
}

function targetCard(target, enforced) {
  const broad = [target.noCredentialsReason, target.alsoWithoutUserReason].filter((reason) => reason !== undefined);
  return make('section', { class: 'card' + (target.suspendedReason === undefined ? '' : ' off') },
    make('h3', {}, 'Target ', bdi(target.name), target.suspendedReason === undefined ? undefined : [' ', mark('suspended')]),
    target.suspendedReason === undefined ? undefined : make('p', { class: 'stop' }, 'SUSPENDED: ', bdi(target.suspendedReason)),
    terms([
      ['Kind', target.kind],
      ['Calls', target.backend && bdi(target.backend)],
      ['Hands on', target.forwards && target.forwards.map((field) => make('p', {}, bdi(field)))],
      ['Called as', bdi(target.asWhom)],
      ['With', [target.credentials, target.provider === undefined ? '' : [' of ', bdi(target.provider)], broad.map((reason) => [' ', mark('broad'), ' ', bdi(reason)])]],
      ['Scopes', target.scopes.length === 0 ? 'none' : either('', target.scopes).slice(1)],
      ['Refresh token', target.refreshTokens],
      ['Recognized by', target.privateCaCertificates && target.privateCaCertificates.map((place) => make('p', {}, 'the private CA certificate in ', bdi(place), ', which the role may read for that'))],
      ...others(target, TARGET),
    ]),
    target.tools.length === 0 ? make('p', {}, 'Nobody may call it.') : table(enforced ? 'Who may call which tool, enforced by Cedar' : 'Who might call which tool, NOT ENFORCED: evaluated and logged only', ['Tool', 'Rule', 'Who', 'Why', 'Exact rule'], target.tools.map(ruleRow)));
}

function routingRuleLine(rule) {
  return make('p', {}, bdi(rule.path), ': priority ' + rule.priority + ', ', rule.calls.length === 0 ? 'all calls' : ['calls of ', bdi(rule.calls.join(' and '))], ': ', bdi(rule.actions.join(' and ')),
    others(rule, ROUTING_RULE).map(([term, value]) => [', ' + term + ': ', value]));
}

function gatewayBody(gateway) {
  const { mode, logOnlyReason } = gateway.enforcement;
  return [
    gateway.suspendedReason === undefined ? undefined : make('p', { class: 'stop' }, 'SUSPENDED: ', bdi(gateway.suspendedReason)),
    logOnlyReason === undefined ? undefined : make('p', { class: 'stop' }, mode + ', so NOTHING IS ENFORCED: ', bdi(logOnlyReason)),
    terms([
      ['Owner', [bdi(gateway.owner.name), ' (', bdi(gateway.owner.contact), ')']],
      ['Name', [code(gateway.name), ', ' + gateway.protocol + ', in ' + where(gateway.environment)]],
      ['Role', bdi(gateway.role)],
      ['Callers get in by', inboundLine(gateway.inbound)],
      ['Only these may call', gateway.onlyCallers && (gateway.onlyCallers.length === 0 ? 'nobody: its resource policy denies everybody but the role that deploys' : joined(gateway.onlyCallers))],
      ['Rules for tools', mode],
      ['Errors', gateway.errorDetailsReason === undefined ? undefined : ['callers see what targets answered: ', bdi(gateway.errorDetailsReason)]],
      ['Encrypted with', gateway.encryptionKey && ['customer key ', bdi(gateway.encryptionKey)]],
      ['Users return to', gateway.returnPages && gateway.returnPages.map(partLine)],
      ['At most', gateway.rateLimits.flatMap(({ dimensions, rules }) => rules.map(({ values, limit }) => make('p', {}, limit + ' per ' + dimensions.join(', '), either('of', values))))],
      ['Routing rules', gateway.routingRules && [make('p', {}, 'NOT an access control: they refuse nobody.'), gateway.routingRules.map(routingRuleLine)]],
      ...others(gateway, GATEWAY),
    ]),
    gateway.targets.map((target) => targetCard(target, logOnlyReason === undefined)), wildcards(gateway), leftToOthers(gateway),
    make('h3', {}, 'Whole policy'), policyDetails('IAM of the gateway', gateway.statements),
    (gateway.returnPages || []).map((page) => [policyDetails('IAM of return page ' + page.name, page.statements),
      page.requiredPolicy === undefined ? undefined : required('What the owner of role ' + page.role + ' attaches', page.requiredPolicy)]),
  ];
}

const PROVIDER = ['path', 'name', 'kind', 'vendor', 'clientId', 'authorizationServer', 'environment', 'madeHere', 'secret', 'clientAuthentication', 'onBehalfOf', 'requiredKeyPolicy', 'broadBecause', 'namePrefix', 'madeBy', 'usedBy'];

function providerRow(provider) {
  const { kept, jsonKey, bundledKeys } = provider.secret;
  return [
    [bdi(provider.path), provider.madeBy !== undefined ? [' (ALL of this prefix, made at run time by ', bdi(provider.madeBy.name + ', ' + provider.madeBy.contact), ')'] : provider.madeHere ? '' : ' (imported)', provider.broadBecause === undefined ? '' : [' ', mark('broad'), ' ', bdi(provider.broadBecause)]],
    [provider.kind + (provider.vendor === undefined ? '' : ', ' + provider.vendor), code(provider.name), where(provider.environment), provider.clientId === undefined ? '' : make('p', {}, 'client id ', code(provider.clientId)),
      ...(provider.authorizationServer || []).map((setting) => make('p', {}, bdi(setting)))],
    [bdi(kept), jsonKey === undefined ? '' : [', member ', code(jsonKey)], bundledKeys === undefined ? '' : [', a bundle of ', joined(bundledKeys)],
      provider.clientAuthentication === undefined ? '' : make('p', {}, 'client: ', bdi(provider.clientAuthentication)),
      provider.onBehalfOf === undefined ? '' : make('p', {}, 'on behalf of users: ', bdi(provider.onBehalfOf)),
      others(provider, PROVIDER).map(([term, value]) => make('p', {}, term + ': ', value)),
      provider.requiredKeyPolicy === undefined ? '' : required('What the owner of the signing key adds', provider.requiredKeyPolicy)],
    bdi(provider.secret.protectedBy),
    provider.usedBy.length === 0 ? 'nobody' : provider.usedBy.map((path) => make('p', {}, goTo(path))),
  ];
}

const CLIENT = ['path', 'environment', 'madeHere', 'owner', 'reason', 'issuer', 'clientId', 'scopes', 'accessTokenSeconds', 'secret', 'awsManagedKeyReason', 'requiredKeyPolicy', 'letInBy', 'usedBy'];

function clientRow(client) {
  return [
    [bdi(client.path), client.madeHere ? '' : ' (of another issuer)', code(client.clientId), bdi(client.owner.name + ' (' + client.owner.contact + ')')],
    [bdi(client.issuer), client.scopes.map(code), client.accessTokenSeconds === undefined ? 'tokens live as long as the issuer says' : 'tokens live ' + client.accessTokenSeconds + ' seconds'],
    [bdi(client.secret.kept), client.secret.jsonKey === undefined ? '' : [', member ', code(client.secret.jsonKey)], make('p', {}, 'under ', bdi(client.secret.protectedBy)),
      client.awsManagedKeyReason === undefined ? '' : make('p', {}, mark('no-key'), ' ', bdi(client.awsManagedKeyReason)),
      client.requiredKeyPolicy === undefined ? '' : required('What the owner of the key adds', client.requiredKeyPolicy)],
    [make('p', {}, 'let in by ', client.letInBy.length === 0 ? 'nobody' : client.letInBy.map((path) => [goTo(path), ' '])), make('p', {}, 'used by ', client.usedBy.length === 0 ? 'nobody' : client.usedBy.map((path) => [goTo(path), ' ']))],
    [bdi(client.reason), others(client, CLIENT).map(([term, value]) => make('p', {}, term + ': ', value))],
  ];
}

/* Which key protects what: secrets of providers, vaults, gateways. */
function keyRows() {
  const protectedBy = new Map();
  const add = (key, what) => protectedBy.set(key, [...(protectedBy.get(key) || []), what]);
  for (const vault of model.tokenVaults) add('customer key ' + vault.key, 'the tokens of all users in ' + where(vault.environment) + (vault.setHere ? ', set by ' + vault.path : ', set elsewhere'));
  for (const vault of model.tokenVaults) for (const former of vault.formerKeys) add('customer key ' + former, 'tokens of users in ' + where(vault.environment) + ' from before: agents may still decrypt with it');
  for (const gateway of model.gateways) if (gateway.encryptionKey !== undefined) add('customer key ' + gateway.encryptionKey, 'gateway ' + gateway.path);
  for (const provider of model.providers) if (provider.secret.kept !== 'there is none') add(provider.secret.protectedBy, provider.secret.kept + ' of provider ' + provider.path);
  for (const client of model.machineClients) add(client.secret.protectedBy, client.secret.kept + ' of machine client ' + client.path);
  return [...protectedBy].map(([key, what]) => [bdi(key), make('ul', {}, [...new Set(what)].map((each) => make('li', {}, bdi(each))))]);
}

function restSections() {
  const section = (title, ...content) => make('section', { class: 'section' }, make('h2', {}, title), content);
  const count = (values, words) => values.length + ' ' + words[values.length === 1 ? 0 : 1];
  const remaining = [...model.agents, ...model.gateways].flatMap(({ path, remainingWildcards }) => remainingWildcards.map(({ resource, reason }) => [goTo(path), code(resource), bdi(reason)]));
  const left = [...model.agents, ...model.gateways].flatMap(({ path, leftToOthers: notices }) => notices.map((notice) => [goTo(path), bdi(notice)]));
  const keys = keyRows();
  return [
    model.providers.length === 0 ? undefined : section('Providers and secrets', later(count(model.providers, ['provider', 'providers']),
      () => table('Providers and secrets', ['Provider', 'Kind and name', 'Secret', 'Protected by', 'Used by'], model.providers.map(providerRow)), { class: 'all' })),
    model.machineClients.length === 0 ? undefined : section('Machine clients', later(count(model.machineClients, ['machine client', 'machine clients']),
      () => table('Machine clients: whoever uses one may ask for all of its scopes', ['Client', 'Issuer and scopes', 'Secret', 'Where', 'Why'], model.machineClients.map(clientRow)), { class: 'all' })),
    keys.length === 0 ? undefined : section('Which key protects what', later(count(keys, ['key', 'keys']), () => [table('Which key protects what', ['Key', 'What'], keys),
      model.tokenVaults.filter(({ requiredKeyPolicy }) => requiredKeyPolicy.length > 0).map((vault) => required('What the owner of key ' + vault.key + ' adds', vault.requiredKeyPolicy))], { class: 'all' })),
    remaining.length === 0 ? undefined : section('Wildcards that remain', later(count(remaining, ['wildcard', 'wildcards']), () => table('Wildcards that remain', ['Of', 'Resource', 'Why'], remaining), { class: 'all' })),
    left.length === 0 ? undefined : section('Left to others', later(count(left, ['task', 'tasks']), () => table('Left to others', ['Of', 'What'], left), { class: 'all' })),
    ...others(model, ['$schema', 'version', 'agents', 'providers', 'gateways', 'machineClients', 'tokenVaults']).filter(([, value]) => value.textContent !== '')
      .map(([title, value]) => section(title, later('Show', () => value, { class: 'all' }))),
  ].filter((each) => each !== undefined);
}
`;
