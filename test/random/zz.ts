import { App, Stack, aws_iam as iam } from 'aws-cdk-lib';
import { compare } from './comparison';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKeyAuthority, Capability, GoogleScope, TokenIssuer, Users } from '../../src';
import { EMPLOYEES, google, REASON, RETURN_URLS, ENV, stackIn, role, weather } from '../situations/story';
const asUser: any = { kind: 'user', provider: 0, through: 'construct', suspended: false, subjects: [], ids: [], session: 'itself' };
const agent: any = { stack: 0, identity: 'named', region: 'eu-west-1', parts: [{ work: 'act', host: { kind: 'role', stack: 0 } }, { work: 'complete', host: 0 }],
  callers: [{ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'], clients: [], scopes: [] }], capabilities: [asUser], suspended: false };
const app: any = { environment: 'known', stacks: [{ region: 'eu-west-1' }, { region: 'eu-west-1' }], keys: [], secrets: [{ made: 'complete ARN', stack: 0, region: 'eu-west-1', keyToldBy: 'secret' }],
  providers: [{ family: 'OAuth2', made: 'here', stack: 0, region: 'eu-west-1', name: 'chosen', secret: 0, suspended: false }], vaults: [], sharedPages: [{ kind: 'role by ARN', stack: 0 }],
  agents: [agent, { ...agent, stack: 1, parts: [{ work: 'act', host: { kind: 'role', stack: 1 } }, { work: 'complete', host: 0 }] }] };
async function tryIt(title: string, f: () => any) { try { console.log(title, '->', JSON.stringify(await f())?.slice(0, 400)); } catch (e: any) { console.log(title, '-> THROWS', String(e.message).slice(0, 500)); } }
const owner = AgentOwner.team('team', 'team@example.com');
const cap = (s: Stack) => Capability.actAsUser(google(s), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON });
async function main() {
  await tryIt('shared imported page over two stacks, by ARN', () => compare(app));
  await tryIt('shared imported page over two stacks, by name', () => compare({ ...app, sharedPages: [{ kind: 'role by name', stack: 0 }] }));
  await tryIt('part named Identity', () => { const a = new App(); const s = stackIn(a, 'S'); new Agent(s, 'Agent', { owner, parts: [AgentPart.acting('Identity', AgentHost.role(role(s, 'r')))], callers: [EMPLOYEES], returnUrls: RETURN_URLS }).may(cap(s)); a.synth(); return 'ok'; });
  for (const [t, mk] of [
    ['two agents, role imported by name twice', (s: Stack, i: string) => iam.Role.fromRoleName(s, 'imp' + i, 'same')],
    ['L2 role and its L1', (s: Stack, i: string) => { const r = (s.node.tryFindChild('rr') as iam.Role) ?? role(s, 'rr'); return i === '1' ? r : r.node.defaultChild as iam.CfnRole; }],
    ['role made here and imported by its name', (s: Stack, i: string) => { const r = (s.node.tryFindChild('rr') as iam.Role) ?? role(s, 'rr'); return i === '1' ? r : iam.Role.fromRoleName(s, 'imp', 'rr'); }],
    ['role made here and imported by ARN', (s: Stack, i: string) => { const r = (s.node.tryFindChild('rr') as iam.Role) ?? role(s, 'rr'); return i === '1' ? r : iam.Role.fromRoleArn(s, 'imp', 'arn:aws:iam::111111111111:role/rr'); }],
    ['by name and by ARN', (s: Stack, i: string) => i === '1' ? iam.Role.fromRoleName(s, 'impn', 'same') : iam.Role.fromRoleArn(s, 'imp', 'arn:aws:iam::111111111111:role/same')],
  ] as [string, any][]) {
    for (const env of [ENV, undefined]) await tryIt(`${t} (${env ? 'known' : 'agnostic'})`, () => { const a = new App(); const s = stackIn(a, 'S', env ? { env } : {}); const c = cap(s);
      for (const i of ['1', '2']) new Agent(s, 'Agent' + i, { owner, host: AgentHost.role(mk(s, i)), callers: [EMPLOYEES], returnUrls: RETURN_URLS }).may(c); a.synth(); return 'ACCEPTED'; });
  }
  await tryIt('minting part beside a runtime', () => compare({ ...app, sharedPages: [], agents: [{ ...agent, identity: 'of the runtime', parts: [{ work: 'act', host: { kind: 'runtime', stack: 0 } }, { work: 'mint', host: { kind: 'role', stack: 0 } }] }] }));
  await tryIt('100 suspended providers', () => { const a = new App({ context: {} }); const s = stackIn(a, 'S'); const ag = new Agent(s, 'Agent', { owner, host: AgentHost.role(role(s, 'r')), callers: [EMPLOYEES], returnUrls: RETURN_URLS });
    for (let i = 0; i < 45; i++) { ag.may(Capability.actAsUser(google(s, `google-with-a-rather-long-name-${i}`), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }).suspended(REASON), Capability.useApiKey(weather(s, `weather-with-a-rather-long-name-${i}`), { authority: ApiKeyAuthority.AGENT_ITSELF, ...REASON }).suspended(REASON)); }
    const t: any = a.synth().getStackByName('S').template; return Object.values(t.Resources).filter((r: any) => /IAM::(Managed)?Policy/.test(r.Type)).map((r: any) => [r.Type, JSON.stringify(r.Properties.PolicyDocument).length]); });
}
void main();
