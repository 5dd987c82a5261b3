import { ChangeableApp, twoAgents } from './two-agents';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';

/* What becomes of members beside IAM, as two reports have them. */
const CLIENT = {
  path: 'Platform/Machine',
  environment: { account: '111122223333', region: 'eu-west-1' },
  madeHere: true,
  owner: { name: 'platform', contact: 'p@example.com' },
  reason: 'Nightly',
  issuer: 'https://acme',
  clientId: 'machine',
  scopes: ['read'],
  accessTokenSeconds: 3600,
  secret: { kept: 'secret Platform/MachineSecret', protectedBy: 'customer key Platform/Key' },
  letInBy: [],
  usedBy: ['Sales/Triage'],
};
const FRONT_END = {
  name: 'Portal', host: 'Lambda function', role: 'Sales/Portal/ServiceRole', endpoints: ['DEFAULT'], webSocket: false, enforcedByApplication: 'It reads the session', reason: 'The portal', attachedHere: true, statements: [],
};
const PAGE = {
  name: 'Consent',
  host: 'Lambda function',
  role: 'Sales/Page/ServiceRole',
  verbs: ['complete'],
  attachedHere: true,
  statements: [{
    sid: 'CompleteSessionOfUser',
    effect: 'Allow' as const,
    actions: ['bedrock-agentcore:CompleteResourceTokenAuth'],
    resources: ['oauth2credentialprovider/crm'],
    arns: ['arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/crm'],
    conditions: [],
  }],
};

function before(): ChangeableApp {
  const app = twoAgents();
  app.model.machineClients = [CLIENT];
  app.model.agents[0].frontEnds = [FRONT_END];
  app.model.agents[0].invocation = { othersDenied: true };
  app.model.agents[0].acceptsCallsFrom = ['gateway Platform/Tools'];
  app.model.gateways[0].onlyCallers = ['role a'];
  app.model.agents[0].parts[0].statements[0].arns = ['arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/scheduler'];
  return JSON.parse(JSON.stringify(app)) as ChangeableApp;
}

test.each<[string, (model: ChangeableApp['model']) => void, string[]]>([
  ['nothing', () => undefined, []],
  ['a machine client more', ({ machineClients }) => { machineClients.push({ ...CLIENT, path: 'Platform/Other', clientId: 'other' } as never); }, ['added machine client']],
  ['a machine client less', (model) => { model.machineClients = []; }, ['removed machine client']],
  ['a scope of a machine client', ({ machineClients }) => { machineClients[0].scopes.push('write'); }, ['widened scope added']],
  ['tokens that are good for longer', ({ machineClients }) => { machineClients[0].accessTokenSeconds = 7200; }, ['widened seconds that its tokens are good for']],
  ['tokens that are good for less long', ({ machineClients }) => { machineClients[0].accessTokenSeconds = 60; }, ['narrowed seconds that its tokens are good for']],
  ['a lifetime that is no longer set', ({ machineClients }) => { delete machineClients[0].accessTokenSeconds; }, ['undecided seconds that its tokens are good for']],
  ['a secret of a machine client under a key of AWS', ({ machineClients }) => { machineClients[0].secret.protectedBy = 'a key that AWS manages'; }, ['guard-weakened what protects the secret']],
  ['another user of a machine client', ({ machineClients }) => { machineClients[0].usedBy.push('Sales/Scheduler'); }, ['widened who gets tokens with it added']],
  ['another owner of a machine client', ({ machineClients }) => { machineClients[0].owner.name = 'hr'; }, ['owner-changed owner']],
  ['a front end more', ({ agents }) => { agents[0].frontEnds!.push({ ...FRONT_END, name: 'Other' }); }, ['added front end Other']],
  ['streams of a front end', ({ agents }) => { agents[0].frontEnds![0].webSocket = true; }, ['widened front end Portal: WebSocket streams']],
  ['an endpoint of a front end', ({ agents }) => { agents[0].frontEnds![0].endpoints.push('TRIAL'); }, ['widened front end Portal: endpoint added']],
  ['a front end that may be anybody', ({ agents }) => { delete agents[0].frontEnds![0].enforcedByApplication; }, ['widened front end Portal: how its code makes sure of users']],
  ['others are no longer denied', ({ agents }) => { delete agents[0].invocation; }, ['widened invocation: all but the front ends denied']],
  ['calls from anywhere', ({ agents }) => { delete agents[0].acceptsCallsFrom; }, ['widened no longer limited by workload through which calls come']],
  ['calls from nowhere', ({ agents }) => { agents[0].acceptsCallsFrom = []; }, ['narrowed workload through which calls come removed']],
  ['anybody may call the gateway', ({ gateways }) => { delete gateways[0].onlyCallers; }, ['widened no longer limited by caller whom the resource policy lets through']],
  ['an interceptor', ({ gateways }) => { gateways[0].interceptors = ['function f']; }, ['undecided functions through which calls pass']],
  ['a suspended gateway', ({ gateways }) => { gateways[0].suspendedReason = 'Incident 7'; }, ['suspended gateway']],
  ['a suspended target', ({ gateways }) => { gateways[0].targets[0].suspendedReason = 'Incident 7'; }, ['suspended target crm']],
  ['a consent portal', ({ gateways }) => { gateways[0].consentPortal = { path: 'P', name: 'p', signIn: 'S', role: 'R', statements: [] }; }, ['added consent portal']],
  ['a return page', ({ gateways }) => { gateways[0].returnPages = [PAGE]; }, ['widened IAM of Sales/Page/ServiceRole: more is allowed', 'added return page Consent']],
  ['broad use', ({ agents }) => { agents[0].capabilities[0].broadBecause = 'Everybody has one'; }, ['widened act as user through Platform/Google: for more users than it could be']],
  ['all tools', ({ agents }) => { Object.assign(agents[0].capabilities[0], { tools: ['*'], allToolsReason: 'Trial' }); }, ['widened act as user through Platform/Google: all tools', 'widened act as user through Platform/Google: tool added']],
  ['tokens of any client', ({ agents }) => { agents[0].callers[0].anyClientReason = 'Partners'; }, ['widened tokens of any client of https://acme']],
  ['a provider that is wider than it could be', ({ providers }) => { providers[0].broadBecause = 'Trial'; }, ['widened wider than it could be']],
  ['another way to exchange tokens', ({ providers }) => { providers[0].onBehalfOf = 'JWT bearer'; }, ['undecided exchange of users\' tokens']],
  ['the same resource under another name', ({ agents }) => { agents[0].parts[0].statements[0].resources = ['the identity']; }, ['changed IAM of Sales/Function/ServiceRole: names of resources']],
  ['another resource under the same name', ({ agents }) => { agents[0].parts[0].statements[0].arns = ['*']; }, ['widened IAM of Sales/Function/ServiceRole: more is allowed']],
  ['the line of delegation alone', ({ agents }) => { agents[0].capabilities[0].delegation = 'user → portal → agent'; }, ['changed act as user through Platform/Google: delegation']],
  ['the line of delegation and what it follows from', ({ agents }) => { Object.assign(agents[0].capabilities[0], { delegation: 'user → portal → agent', reason: 'Other' }); }, ['reason-changed act as user through Platform/Google: reason']],
  ['a member of the future', ({ agents }) => { Object.assign(agents[0].capabilities[0], { aNewThing: 'x' }); }, ['changed act as user through Platform/Google: a new thing']],
])('%s', (_title, change, expected) => {
  const now = before();
  change(now.model);
  const { changes } = compareApps({ model: before().model } as ComparedApp, { model: now.model } as ComparedApp);
  expect(changes.map(({ kind, what }) => `${kind} ${what}`)).toEqual(expected);
});
