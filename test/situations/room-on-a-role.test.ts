import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { EMPLOYEES, ENV, google, REASON, RETURN_URLS, role, stackIn } from './story';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability, FrontEnd, GatewayInbound, GoogleScope, ToolGateway, Users } from '../../src';
import { refusalOf } from '../errors/refusal';
import { deploy, FakeAccount } from '../simulation/fake-account';

/*
 * IAM counts the inline policies of a role together: 10,240 characters without white space. Roles that several agents write onto
 * come to that long before a single policy is too long.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LIMIT = 10_240;
const owner = AgentOwner.team('team', 'team@example.com');
const trusted = { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') };

/** Agents that all return to one page. */
function withSharedPage(stack: Stack, count: number, page: (index: number) => iam.IRoleRef): void {
  for (let index = 0; index < count; index += 1) {
    new Agent(stack, `Agent${index}`, {
      owner,
      identity: AgentIdentity.named(`agent-${index}`),
      callers: [EMPLOYEES],
      returnUrls: RETURN_URLS,
      host: AgentHost.role(role(stack, `worker${index}`)),
      parts: [AgentPart.sharedReturnPage('Page', AgentHost.role(page(index)), REASON)],
    }).may(Capability.actAsUser(google(stack, `google${index}`), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
  }
}

/** Agents on runtimes that all have one front end. */
function withFrontEnd(stack: Stack, count: number, frontEnd: (index: number) => iam.IRoleRef): void {
  for (let index = 0; index < count; index += 1) {
    const own = new iam.Role(stack, `Role${index}`, trusted);
    const runtime = new agentcore.CfnRuntime(stack, `Runtime${index}`, {
      agentRuntimeName: `runtime${index}`,
      agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
      networkConfiguration: { networkMode: 'PUBLIC' },
      roleArn: own.roleArn,
    });
    new Agent(stack, `Agent${index}`, { owner, identity: AgentIdentity.named(`${stack.node.id}-${index}`), host: AgentHost.agentRuntime(runtime, { role: own }) })
      .invokedBy(FrontEnd.invoking('Portal', AgentHost.role(frontEnd(index)), REASON));
  }
}

const stackAlone = () => stackIn(new App(), 'Stack', { env: ENV });
const deployed = (stack: Stack) => deploy(stack.node.root as App, { accountId: ENV.account, region: ENV.region });

/** Characters of the inline policies of a role, as IAM counts them. */
function inlineOf(account: FakeAccount, name: string): number {
  return account.resourcesOfType('AWS::IAM::Policy')
    .filter((policy) => (policy.property('Roles') as string[]).includes(name))
    .reduce((sum, policy) => sum + JSON.stringify(policy.property('PolicyDocument')).length, 0);
}

/** Paths of the managed policies of the stack. */
function managedOf(stack: Stack): string[] {
  return stack.node.findAll().filter((node): node is iam.ManagedPolicy => node instanceof iam.ManagedPolicy).map(({ node }) => node.path);
}

describe('a return page of several agents', () => {
  test.each<[number, string[]]>([
    [7, []],
    [8, ['Stack/Agent7/Page/Access1']],
    [10, ['Stack/Agent7/Page/Access1', 'Stack/Agent8/Page/Access1', 'Stack/Agent9/Page/Access1']],
  ])('of %d agents: what is too much inline is written as managed policies', (count, managed) => {
    const stack = stackAlone();
    const page = role(stack, 'page');
    withSharedPage(stack, count, () => page);
    const account = deployed(stack);
    expect(managedOf(stack)).toEqual(managed);
    expect(inlineOf(account, 'page')).toBeLessThanOrEqual(LIMIT);
    const completed = statementsOf(account, 'page').filter((statement) => {
      const { Effect: effect, Action: action } = statement as { Effect: string; Action: string | string[] };
      return effect === 'Allow' && [action].flat().includes('bedrock-agentcore:CompleteResourceTokenAuth');
    });
    expect(completed).toHaveLength(count);
  });

  test('also where each of them imports the role', () => {
    const stack = stackAlone();
    withSharedPage(stack, 8, (index) => iam.Role.fromRoleName(stack, `Page${index}`, 'page'));
    const account = deployed(stack);
    expect(managedOf(stack)).toEqual(['Stack/Agent7/Page/Access1']);
    expect(inlineOf(account, 'page')).toBeLessThanOrEqual(LIMIT);
    expect(account.resourcesOfType('AWS::IAM::ManagedPolicy').map((policy) => policy.property('Roles'))).toEqual([['page']]);
  });

  test('beside what the role itself holds', () => {
    const stack = stackAlone();
    const statement = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: Array.from({ length: 40 }, (_, index) => `arn:aws:s3:::a-bucket-with-some-name-${index}/*`) });
    const page = new iam.Role(stack, 'page', { ...trusted, roleName: 'page', inlinePolicies: { Own: new iam.PolicyDocument({ statements: [statement] }) } });
    withSharedPage(stack, 7, () => page);
    deployed(stack);
    expect(managedOf(stack)).toEqual(['Stack/Agent6/Page/Access1']);
  });

});

describe('a front end of several agents', () => {
  test('of 30 agents: there is room, looking closely', () => {
    const stack = stackAlone();
    const portal = role(stack, 'portal');
    withFrontEnd(stack, 30, () => portal);
    const account = deployed(stack);
    expect(managedOf(stack)).toEqual([]);
    expect(inlineOf(account, 'portal')).toBeLessThanOrEqual(LIMIT);
  });

  test.each<[string, string[], boolean]>([
    ['in two accounts: two roles of one name have room of their own', ['111111111111', '222222222222'], false],
    ['in two stacks of one account: one role, which has room once', ['111111111111', '111111111111'], true],
  ])('%s', (_situation, accounts, overflows) => {
    const app = new App();
    const stacks = accounts.map((account, index) => new Stack(app, `Stack${index}`, { env: { account, region: 'eu-west-1' } }));
    stacks.forEach((stack) => withFrontEnd(stack, 18, (index) => iam.Role.fromRoleName(stack, `Portal${index}`, 'portal')));
    app.synth();
    expect(stacks.flatMap(managedOf).length > 0).toBe(overflows);
  });

  test('of 100 agents: refused, rather than failing at deployment', () => {
    const stack = stackAlone();
    const portal = role(stack, 'portal');
    withFrontEnd(stack, 100, () => portal);
    expect(refusalOf(() => (stack.node.root as App).synth()).message).toMatch(
      /^the access of part FrontEnd-Portal needs 1 managed policies on a role on which other agents have written 8; received 9; allowed: at most 8; a role carries 10\. Divide the agents among several roles: .* \[Agent\/PolicyTooLarge\] at Stack\/Agent\d+$/);
  });

  test('that one agent imports as immutable: nothing is attached there, inline or managed', () => {
    const stack = stackAlone();
    withFrontEnd(stack, 34, (index) => iam.Role.fromRoleName(stack, `Portal${index}`, 'portal', { mutable: index < 33 }));
    expect(refusalOf(() => (stack.node.root as App).synth()).message).toMatch(/\[Agent\/RoleImmutable\] at Stack\/Agent33$/);
  });

  // 6,144 characters are kept for the gateway's own policy, whichever is written first.
  const OVER = ['Stack/Agent10/FrontEnd-Portal/Access1', 'Stack/Agent11/FrontEnd-Portal/Access1'];
  test.each<[number, string[]]>([[10, []], [11, OVER.slice(0, 1)], [12, OVER]])('that is a gateway, of %d agents: its own access has room', (count, managed) => {
    const stack = stackAlone();
    const gateway = new ToolGateway(stack, 'Tools', { owner, inbound: GatewayInbound.iam() });
    withFrontEnd(stack, count, () => gateway.role);
    const account = deployed(stack);
    expect(managedOf(stack)).toEqual(managed);
    expect(inlineOf(account, account.valueOf(stack, gateway.role.roleName))).toBeLessThanOrEqual(LIMIT - 6_144);
  });
});
