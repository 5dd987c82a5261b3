import { App, aws_iam as iam, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { mutantsOfCedar } from './cedar-mutant';
import { expectReasons, shareOf } from './share';
import {
  AgentOwner, ClaimShape, GatewayInbound, GatewayTarget, InputCondition, TargetCredentials, Tool, ToolAccess, ToolGateway, ToolParameter, ToolSchema,
} from '../../src';
import { type CedarRequest, prepared } from '../cedar/cedar-engine';
import { deploy, type FakeAccount } from '../simulation/fake-account';

/*
 * The rules of tools: every single change of a Cedar policy has to change the answer to one of these calls, whose answers are
 * written by hand. Asked of Cedar's own engine.
 */
const REASON = { reason: 'Stands in the table of calls' };
const ENV = { account: '111111111111', region: 'eu-west-1' };
const TOOLS = ToolSchema.inline(...['all', 'any', 'team', 'single', 'person', 'both', 'shut', 'limited', 'open'].map((name) => Tool.named(name, {
  description: name, parameters: { amount: ToolParameter.integer(), city: ToolParameter.text(), draft: ToolParameter.flag() },
})));

interface Engine { readonly gatewayArn: string; readonly policies: string[]; readonly roles: Record<string, string> }

function engineOf(inbound: GatewayInbound, declare: (gateway: ToolGateway, roles: Record<string, iam.Role>) => void): Engine {
  const app = new App();
  const stack = new Stack(app, 'Tools', { env: ENV });
  const role = (roleName: string) => new iam.Role(stack, roleName, { roleName, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const roles = { planner: role('planner'), planner2: role('planner2') };
  const gateway = new ToolGateway(stack, 'Gateway', { owner: AgentOwner.team('team', 'team@example.com'), inbound, gatewayName: 'tools' });
  declare(gateway, roles);
  const account: FakeAccount = deploy(app);
  return {
    gatewayArn: account.valueOf(stack, gateway.gatewayArn),
    policies: account.resourcesOfType('AWS::BedrockAgentCore::Policy').map((policy) => policy.property('Definition').Cedar.Statement),
    roles: Object.fromEntries(Object.keys(roles).map((name) => [name, `arn:aws:sts::111111111111:assumed-role/${name}`])),
  };
}

function lambdaTarget(gateway: ToolGateway, name: string, tools = TOOLS) {
  return gateway.addTarget(name, GatewayTarget.lambdaFunction(lambda.Function.fromFunctionArn(gateway, `${name}Fn`, `arn:aws:lambda:eu-west-1:111111111111:function:${name}`), tools), { credentials: TargetCredentials.gatewayRole() });
}

const users = engineOf(GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['tools'] }), (gateway) => {
  const target = lambdaTarget(gateway, 'Crm');
  target.tool('all').requires(ToolAccess.allScopes('a:read', 'a:write'));
  target.tool('any').requires(ToolAccess.anyScope('b:read', 'b:write'));
  target.tool('team').requires(ToolAccess.group('sales')).forbids(ToolAccess.group('interns'), REASON);
  target.tool('single').requires(ToolAccess.claim('department', 'sales'));
  target.tool('person').requires(ToolAccess.subject('user-1'));
  target.tool('both').requires(ToolAccess.allOf(ToolAccess.claim('level', '2'), ToolAccess.anyOf(ToolAccess.claim('department', 'sales'), ToolAccess.subject('user-9'))))
    .forbidsUnless(ToolAccess.claim('mfa', 'yes'), REASON);
  target.tool('shut').requires(ToolAccess.nobody());
  target.tool('limited').requires(ToolAccess.claim('department', 'sales').whenInput(
    InputCondition.integerIn('amount', { atLeast: 1, atMost: 100 }), InputCondition.textIsOneOf('city', 'Oslo', 'Rome'), InputCondition.flagIs('draft', true)));
  target.tool('open').requires(ToolAccess.everyCaller(REASON));
  lambdaTarget(gateway, 'Hr').everyTool(REASON).requires(ToolAccess.claim('roles', 'hr', { shape: ClaimShape.BLANK_SEPARATED }));
});
const roles = engineOf(GatewayInbound.iam(), (gateway, { planner }) => {
  const target = lambdaTarget(gateway, 'Crm', ToolSchema.inline(Tool.named('plan', { description: 'p' }), Tool.named('other', { description: 'o' })));
  target.tool('plan').requires(ToolAccess.iamRole(planner));
  target.tool('other').requires(ToolAccess.nobody());
});

type Claims = Record<string, string>;
type Input = NonNullable<CedarRequest['input']>;
/** `?` in front of a tool is the other target. */
const NEUTRAL: Claims = { sub: 'user-7' };
const GOOD_INPUT: Input = { amount: 50, city: 'Oslo', draft: true };
const lists = (claim: string, first: string, second: string, betweenBlanks: boolean): [Claims, boolean][] => [
  ...[first, `["${first}"]`, `["${first}","y"]`, `["x","${first}"]`, `["x", "${first}"]`, `["x","${first}","y"]`, `["x", "${first}", "y"]`].map((text): [Claims, boolean] => [{ [claim]: text }, true]),
  ...[`${first} ${second}`, `${second} ${first}`, `x ${first} y`, `x[ ${first}`].map((text): [Claims, boolean] => [{ [claim]: text }, betweenBlanks]),
  ...['', `${first}2`, `x${first}`, `${first}2 y`, `x ${first}2`, `x x${first}`, `x${first} y`, `x ${first}2 y`, `x x${first} y`, `["${first}2"]`, `["x${first}"]`, `["${first}2","y"]`, `["x","${first}2"]`,
    `["x${first}","y"]`, `["x", "${first}2"]`, `["x", "x${first}"]`, `["x","x${first}"]`, `["x","${first}2","y"]`, `["x","x${first}","y"]`, `["x", "${first}2", "y"]`, `["x", "x${first}", "y"]`,
    `[ x ${first} y ]`, `["x ${first} y"]`, `[* ${first}`, `[*${first} y`, `["${first}"]2`, `x["${first}"]`, `["${first}","y"]x`, `x["${first}","y"]`, `["x","${first}"]y`, `x["x","${first}"]`,
    `["x", "${first}"]y`, `x["x", "${first}"]`, `["x","${first}","y"]z`, `x["x","${first}","y"]`, `["x", "${first}", "y"]z`, `x["x", "${first}", "y"]`].map((text): [Claims, boolean] => [{ [claim]: text }, false]),
];
/** Tool, claims, whether it is permitted, arguments, and whether a rule forbids it, whatever is permitted. */
type Call = [string, Claims, boolean, Input?, boolean?];
/** What one tool asks for, and the tools that it opens. */
const JUST_ENOUGH: [Claims, string[]][] = [
  [{ scope: 'a:read a:write' }, ['all']], [{ scope: 'b:read' }, ['any']], [{ groups: 'sales' }, ['team']], [{ department: 'sales' }, ['single', 'limited']], [{ sub: 'user-1' }, ['person']],
  [{ sub: 'user-9', level: '2', mfa: 'yes' }, ['both']], [{ roles: 'hr' }, ['?x']],
];
const USER_CALLS: Call[] = [
  ...JUST_ENOUGH.flatMap(([claims, opened]) => ['all', 'any', 'team', 'single', 'person', 'both', 'limited', '?x', '?y'].map((tool): Call => (
    [tool, claims, opened.includes(tool) || (tool === '?y' && opened.includes('?x')), GOOD_INPUT, tool === 'both' && claims.mfa !== 'yes']))),
  ...['a:read a:write', 'a:write a:read', 'a:write x a:read', '["a:read","a:write"]', '["a:write", "x", "a:read"]'].map((scope): Call => ['all', { scope }, true]),
  ...['a:read', 'a:write', '["a:read"]', 'a:read a:write2', 'xa:read a:write', 'a:read xa:write', 'a:write xa:read', 'a:write2 a:read', 'a:read2 a:write', 'a:write a:read2', '["a:read","a:write2"]',
    '["xa:read","a:write"]', ''].map((scope): Call => ['all', { scope }, false]),
  ...['b:read', 'b:write'].flatMap((first) => lists('scope', first, 'zz', true).map(([claims, permitted]): Call => ['any', claims, permitted])),
  ...lists('groups', 'sales', 'zz', false).map(([claims, permitted]): Call => ['team', claims, permitted]),
  // Not in sales, so not permitted either way: what the forbid says shows where everything is permitted beside.
  ...lists('groups', 'interns', 'zz', false).map(([claims, member]): Call => ['team', claims, false, {}, member]),
  ['team', { groups: 'sales interns' }, false], ['team', { groups: '["sales","interns"]' }, false, {}, true], ['team', { groups: '["interns","sales"]' }, false, {}, true], ['team', { groups: '["sales","internship"]' }, true],
  ...(['sales', 'sales2', 'xsales', '["sales"]', ''] as const).map((department): Call => ['single', { department }, department === 'sales']),
  ['person', { sub: 'user-1' }, true], ['person', { sub: 'user-10' }, false], ['person', NEUTRAL, false],
  ...(['2', '22', '12'] as const).flatMap((level) => (['sales', 'sales2', 'xsales', 'hr'] as const).flatMap((department) => (['user-9', 'user-90', 'user-7'] as const).flatMap((sub) =>
    ([undefined, 'yes', 'yes2', 'xyes'] as const).map((mfa): Call => ['both', { sub, level, department, ...(mfa === undefined ? {} : { mfa }) },
      mfa === 'yes' && level === '2' && (department === 'sales' || sub === 'user-9'), {}, mfa !== 'yes'])))),
  ['both', { sub: 'user-9', mfa: 'yes' }, false], ['both', { sub: 'user-9', level: '2', mfa: 'yes' }, true],
  ['shut', { department: 'sales' }, false, {}, true], ['open', NEUTRAL, true], ['?x', { roles: 'hr' }, true],
  ...['hr', 'hr x', 'x hr', 'x hr y'].map((roleNames): Call => ['?x', { roles: roleNames }, true]),
  ...['hr2', 'xhr', 'hr2 x', 'xhr x', 'x hr2', 'x xhr', 'x hr2 y', 'x xhr y', ''].map((roleNames): Call => ['?x', { roles: roleNames }, false]),
  ...([[{}, true], [{ amount: 1 }, true], [{ amount: 100 }, true], [{ amount: 0 }, false], [{ amount: 101 }, false], [{ city: 'Rome' }, true], [{ city: 'Oslo2' }, false], [{ city: 'xOslo' }, false],
    [{ city: 'Rome2' }, false], [{ city: 'xRome' }, false], [{ draft: false }, false], [{ amount: undefined }, false], [{ city: undefined }, false], [{ draft: undefined }, false]] as const)
    .map(([change, permitted]): Call => ['limited', { department: 'sales' }, permitted,
      Object.fromEntries(Object.entries({ ...GOOD_INPUT, ...change }).filter(([, value]) => value !== undefined)) as Input]),
  ['limited', { department: 'hr' }, false, GOOD_INPUT], ['limited', NEUTRAL, false, GOOD_INPUT], ['limited', { department: 'sales2' }, false, GOOD_INPUT], ['limited', { department: 'xsales' }, false, GOOD_INPUT],
  // Somebody who has everything that any rule asks for, at each tool.
  ...(['all', 'any', 'team', 'single', 'person', 'both', 'shut', 'limited', 'open', '?x'] as const).flatMap((tool): Call[] => [
    [tool, { sub: 'user-1', scope: 'a:read a:write b:read', groups: 'sales', department: 'sales', level: '2', mfa: 'yes', roles: 'hr' }, tool !== 'shut', GOOD_INPUT, tool === 'shut'],
    [tool, NEUTRAL, tool === 'open', GOOD_INPUT, tool === 'shut' || tool === 'both'],
  ]),
];

const call = (engine: Engine, principal: CedarRequest['principal'], action: string, group: string, claims: Claims = {}, input: Input = {}, gatewayArn = engine.gatewayArn): CedarRequest => (
  { principal, claims, action, actionGroups: [group], gatewayArn, input });
/** A call, what the rules answer, and whether one of them forbids it. */
interface Row { readonly request: CedarRequest; readonly permitted: boolean; readonly forbidden: boolean }

const USER_ROWS = USER_CALLS.flatMap(([tool, claims, permitted, input, forbidden = false]): Row[] => {
  const group = tool.startsWith('?') ? 'Hr' : 'Crm';
  const action = `${group}___${tool.replace('?', '')}`;
  const user = { type: 'OAuthUser' as const, id: claims.sub ?? 'user-7' };
  const elsewhere = (request: CedarRequest): Row => ({ request, permitted: false, forbidden: false });
  return [
    { request: call(users, user, action, group, claims, input), permitted, forbidden },
    ...(permitted || forbidden ? [
      elsewhere(call(users, user, action, group, claims, input, `${users.gatewayArn}-2`)),
      elsewhere(call(users, { type: 'IamEntity', id: claims.sub ?? 'user-7' }, action, group, claims, input)),
      elsewhere(call(users, user, `Other___${tool}`, 'Other', claims, input)),
    ] : []),
  ];
});
// Interns and others at a tool that is not closed to them.
const NEIGHBOURS = ['interns', 'sales'].map((groups): Row => ({ request: call(users, { type: 'OAuthUser', id: 'user-7' }, 'Crm___single', 'Crm', { groups }), permitted: false, forbidden: false }));
const ROLE_ROWS = (['plan', 'other'] as const).flatMap((tool) => Object.entries(roles.roles).flatMap(([name, id]): Row[] => {
  const row = (request: CedarRequest, permitted = false, forbidden = false): Row => ({ request, permitted, forbidden });
  return [
    row(call(roles, { type: 'IamEntity', id }, `Crm___${tool}`, 'Crm'), tool === 'plan' && name === 'planner', tool === 'other'),
    row(call(roles, { type: 'IamEntity', id: `${id}0` }, `Crm___${tool}`, 'Crm'), false, tool === 'other'),
    row(call(roles, { type: 'OAuthUser', id }, `Crm___${tool}`, 'Crm')),
    row(call(roles, { type: 'IamEntity', id }, `Crm___${tool}`, 'Crm', {}, {}, `${roles.gatewayArn}-2`)),
    row(call(roles, { type: 'IamEntity', id }, `Other___${tool}`, 'Other')),
    row(call(roles, { type: 'IamEntity', id }, 'Crm___third', 'Crm')),
  ];
}));

/** What somebody else might add: only what is forbidden stays so. */
const EVERYTHING_BESIDE = 'permit(principal, action, resource);';

/** The first call that is answered otherwise than expected; an error is an answer of its own. */
function firstDifference(policies: readonly string[], rows: readonly Row[], expected: (row: Row) => boolean): Row | undefined {
  let decide: (request: CedarRequest) => string;
  try {
    decide = prepared(policies.join('\n'));
  } catch {
    return rows[0];
  }
  return rows.find((row) => {
    try {
      return (decide(row.request) === 'allow') !== expected(row);
    } catch {
      return true;
    }
  });
}

/** A permit changes nothing where everything is permitted beside, so only changes around a forbid are asked about there. */
function noticed(policies: readonly string[], rows: readonly Row[], ...changed: (string | undefined)[]): boolean {
  return firstDifference(policies, rows, ({ permitted }) => permitted) !== undefined
    || (changed.some((statement) => statement?.startsWith('forbid')) && firstDifference([...policies, EVERYTHING_BESIDE], rows, ({ forbidden }) => !forbidden) !== undefined);
}

/** Effect, principal, action and resource: what the policy is about. */
function head(statement = ''): string {
  return statement.split(' when {')[0].replace(/;$/, '');
}

/** Each test of a condition whose tests all have to hold, in a rule that asks for nothing else. */
function testsAlone(statement: string): string[] {
  const [about, condition] = statement.split(' when {\n  ');
  return condition === undefined ? [] : condition.replace(/\n\};$/, '').split(' &&\n  (').map((test, index) => `${about} when {\n  ${index === 0 ? '' : '('}${test}\n};`);
}

/** Why a change makes no difference: checked, and not merely said. */
function reasonOf(before: string, after: string | undefined, rows: readonly Row[]): string | undefined {
  if (after === undefined) return undefined;
  const tests = testsAlone(before);
  // The kind of the principal is said twice.
  if (/when \{\s*principal == AgentCore::(\w+)::"[^"]*"\s*\};$/.test(before) && after === before.replace(/principal is AgentCore::\w+/, 'principal')) return 'the condition names the principal';
  // All tests have to hold, and no text of a claim passes the changed one and the others: by itself the change is noticed.
  const changed = testsAlone(after);
  const at = tests.findIndex((test, index) => test !== changed[index]);
  if (tests.length < 2 || changed.length !== tests.length || at < 0) return undefined;
  const answer = prepared(tests[at]);
  const answers = rows.map(({ request }) => answer(request));
  return firstDifference([changed[at]], rows, (row) => answers[rows.indexOf(row)] === 'allow') !== undefined ? 'another test refuses it' : undefined;
}

/** The lists in which a scope stands alone: what is asked of single tests. */
const ALONE = ['a:read', 'a:write'].flatMap((scope) => lists('scope', scope, 'zz', true).map(([claims]): Row => (
  { request: call(users, { type: 'OAuthUser', id: 'user-7' }, 'Crm___all', 'Crm', claims), permitted: false, forbidden: false })));

describe.each<[string, Engine, Row[], Record<string, number>]>([
  ['users with tokens', users, [...USER_ROWS, ...NEIGHBOURS], { 'another test refuses it': 36, 'the condition names the principal': 1 }],
  ['IAM roles', roles, ROLE_ROWS, { 'the condition names the principal': 1 }],
])('rules for %s', (title, { policies }, rows, explained) => {
  test('before any change, the answers are those of the table', () => expect(firstDifference(policies, rows, ({ permitted }) => permitted)).toBeUndefined());

  test('before any change, what is forbidden is so whatever is permitted beside', () => {
    expect(firstDifference([...policies, EVERYTHING_BESIDE], rows, ({ forbidden }) => !forbidden)).toBeUndefined();
  });

  test('every single change is noticed, or makes no difference for a reason', () => {
    const survivors: string[] = [];
    const reasons: Record<string, number> = {};
    let [total, killed] = [0, 0];
    policies.forEach((policy, index) => {
      const action = /Action::"([^"]*)"/.exec(policy)![1];
      const own = rows.filter(({ request }) => request.action === action || request.actionGroups?.includes(action));
      const rest = rows.filter((row) => !own.includes(row));
      shareOf(mutantsOfCedar(policy)).forEach(({ change, statement }) => {
        total += 1;
        // Where only the condition is another, only calls of the same action can be answered otherwise.
        const sameHead = head(statement) === head(policy);
        const about = (each: string) => !sameHead || each.includes(`Action::"${action}"`);
        const changed = policies.flatMap((each, at) => (at === index ? statement ?? [] : about(each) ? [each] : []));
        if (noticed(changed, own, policy, statement) || (!sameHead && noticed(changed, rest, policy, statement))) {
          killed += 1;
          return;
        }
        const reason = reasonOf(policy, statement, [...own, ...ALONE]);
        if (reason === undefined) survivors.push(`${action} ${policy.slice(0, 6)}: ${change}`);
        else reasons[reason] = (reasons[reason] ?? 0) + 1;
      });
    });
    process.stdout.write(`mutants of the rules for ${title}: ${killed} of ${total} noticed in ${rows.length} calls, ${total - killed - survivors.length} make no difference, ${survivors.length} survive\n`);
    expect(killed).toBeGreaterThan(0);
    expect(survivors).toEqual([]);
    expectReasons(reasons, explained);
  });
});
