import { aws_bedrockagentcore as agentcore, aws_iam as iam, CfnCondition, CfnParameter, CfnResource, Fn, NestedStack, RemovalPolicies, Stack, Tags } from 'aws-cdk-lib';
import { assign, Change, changeLate, codesAfter, expectRefusedAfter, override, removed } from './changed-story';
import { ExpectedProblem, lateCodes, lateMessages } from './refusal';
import { agentIn, appOf, asUser, emptyApp, ENV, google, imported, REASON, role, salesStack } from './story';
import { Agent, AgentHost, AgentIdentity, AgentRuntimeRole, FrontEnd } from '../../src';

/*
 * The policies that this library writes are what the report says. Whoever changes one, to widen or to narrow it, makes the report untrue.
 */
const POLICY = 'Sales/Scheduler/Host/Access/Resource';
const IDENTITY = 'Sales/Scheduler/Identity';
const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const NEVER = (stack: Stack) => new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') });
const FIX = 'Declare what is to be allowed: may() on an agent';
const WHILE = 'while policies and report hold what was declared';

function scheduler(stack: Stack = salesStack()): { stack: Stack; agent: Agent; own: iam.Role } {
  const own = role(stack);
  const agent = agentIn(stack, 'Scheduler', { identity: AgentIdentity.named('scheduler'), host: AgentHost.role(own) });
  agent.may(asUser(google(stack, 'Google', 'google')));
  return { stack, agent, own };
}

const policyOf = (l1: CfnResource) => l1.node.scope as iam.Policy;

describe('the policy of an agent', () => {
  const CHANGED = { code: 'Agent/ChangedElsewhere', fix: FIX, path: 'Sales/Scheduler' };
  const DOCUMENT = { ...CHANGED, what: `PolicyDocument of ${POLICY} was changed elsewhere`, allowed: 'what was declared there' };

  test.each<[string, Change, ExpectedProblem]>([
    ['with another document', override('PolicyDocument', ANYTHING), { ...DOCUMENT, received: '["PolicyDocument.Statement"]' }],
    ['with another document by assignment', assign('policyDocument', ANYTHING), { ...DOCUMENT, received: '["PolicyDocument.Statement"]' }],
    ['with an action less, though that narrows it', override('PolicyDocument.Statement', []), { ...DOCUMENT, received: '["PolicyDocument.Statement"]' }],
    ['with a statement more', (l1) => policyOf(l1).addStatements(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:*'], resources: ['*'] })),
      { ...CHANGED, what: `statements of ${POLICY} were added or taken away elsewhere, ${WHILE}`, received: '6', allowed: 'the 5 that follow from what was declared' }],
    ['on another role', override('Roles', ['payroll']), { ...CHANGED, what: `Roles of ${POLICY} was changed elsewhere`, received: '["payroll"]', allowed: '[{"Ref":"Role1ABCC5F0"}]' }],
    ['on no role', (l1) => l1.addPropertyDeletionOverride('Roles'), { ...CHANGED, what: `Roles of ${POLICY} was changed elsewhere`, received: 'nothing', allowed: '[{"Ref":"Role1ABCC5F0"}]' }],
    ['on one more role', (l1) => policyOf(l1).attachToRole(role(l1.stack, 'Other')), { ...CHANGED, what: `roles, users or groups of ${POLICY} were added or taken away elsewhere`, received: '2', allowed: 'the 1' }],
    ['on a user, too', override('Users', ['alice']), { ...CHANGED, what: `Users of ${POLICY} was changed elsewhere`, received: '["alice"]', allowed: 'nothing' }],
    ['left out of some deployments', (l1) => (l1.cfnOptions.condition = NEVER(l1.stack)), { ...CHANGED, what: `${POLICY} has a condition, so that deployments may leave it out, ${WHILE}`, received: '"Never"', allowed: 'none' }],
    ['left out of some deployments by override', (l1) => l1.addOverride('Condition', 'Never'), { ...CHANGED, what: `${POLICY} has a condition`, received: '"Never"', allowed: 'none' }],
    ['as something else', (l1) => l1.addOverride('Type', 'AWS::CloudFormation::WaitConditionHandle'),
      { ...CHANGED, what: `${POLICY} is of another type, ${WHILE}`, received: '"AWS::CloudFormation::WaitConditionHandle"', allowed: 'AWS::IAM::Policy' }],
    ['put together at deployment', (l1) => l1.addPropertyOverride('Fn::Transform', { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/more' } }),
      { ...CHANGED, what: `properties of ${POLICY} are put together at deployment, ${WHILE}`, received: '["Fn::Transform"]' }],
    ['taken out of the app', removed, { ...CHANGED, what: `${POLICY} was taken out of the app, ${WHILE}` }],
    ['taken out of the app with its construct', (l1) => policyOf(l1).node.scope!.node.tryRemoveChild('Access'), { ...CHANGED, what: `${POLICY} was taken out of the app, ${WHILE}` }],
    ['taken out of the app, and another one in its place', (l1) => {
      removed(l1);
      new iam.CfnPolicy(l1.node.scope!, 'Resource', { policyName: 'other', policyDocument: ANYTHING, roles: ['r'] });
    }, { ...CHANGED, what: `${POLICY} was taken out of the app, ${WHILE}` }],
  ])('%s', (_situation, change, problem) => {
    expectRefusedAfter(scheduler().stack, POLICY, change, problem);
  });

  test('its statements cannot be changed', () => {
    const { stack } = scheduler();
    changeLate(stack, POLICY, (l1) => (policyOf(l1).document as unknown as { statements: iam.PolicyStatement[] }).statements[0].addActions('s3:*'));
    expect(() => appOf(stack).synth()).toThrow('can no longer be modified');
  });

  test('of an agent with so much access that it takes several: each of them, and that the role carries them', () => {
    const large = (path: string, change: Change) => {
      const { stack, agent } = scheduler();
      for (let index = 0; index < 60; index++) {
        agent.may(asUser(imported(stack, `provider-with-a-rather-long-name-so-that-policies-fill-up-sooner-${index}`)));
      }
      return codesAfter(stack, path, change);
    };
    const PATH = 'Sales/Scheduler/Host/Access2/Resource';
    const REFUSED = ['Agent/ChangedElsewhere at Sales/Scheduler'];
    expect(large(PATH, (l1) => l1.addMetadata('team', 'sales'))).toEqual([]);
    expect(large(PATH, override('PolicyDocument', ANYTHING))).toEqual(REFUSED);
    expect(large(PATH, (l1) => (l1.node.scope as iam.ManagedPolicy).attachToRole(role(l1.stack, 'Other')))).toEqual(REFUSED);
    expect(large(PATH, removed)).toContain(REFUSED[0]);
    expect(large('Sales/Role/Resource', override('ManagedPolicyArns', ['arn:aws:iam::aws:policy/ReadOnlyAccess']))).toEqual(REFUSED);
    expect(large('Sales/Role/Resource', override('Description', 'Runs the scheduler'))).toEqual([]);
  });

  test('that stands in the stack of the role', () => {
    const app = emptyApp();
    const [roles, stack] = ['Roles', 'Sales'].map((name) => new Stack(app, name, { env: ENV }));
    agentIn(stack, 'Scheduler', { host: AgentHost.role(role(roles)) }).may(asUser(google(stack)));
    const [policy] = (() => {
      const before = emptyApp();
      const [first, second] = ['Roles', 'Sales'].map((name) => new Stack(before, name, { env: ENV }));
      agentIn(second, 'Scheduler', { host: AgentHost.role(role(first)) }).may(asUser(google(second)));
      before.synth();
      return first.node.findAll().filter((node) => iam.CfnPolicy.isCfnPolicy(node));
    })();
    expect(codesAfter(stack, policy.node.path, removed)).toEqual(['Agent/ChangedElsewhere at Sales/Scheduler']);
  });
});

test.each<[string, Change, string]>([
  ['taken out of the app', removed, 'was taken out of the app'],
  ['left out of some deployments', (l1) => (l1.cfnOptions.condition = NEVER(l1.stack)), 'has a condition'],
])('the identity of an agent %s', (_situation, change, what) => {
  expectRefusedAfter(scheduler().stack, IDENTITY, change, {
    code: 'Agent/ChangedElsewhere', what: `${IDENTITY} ${what}`, fix: 'Write identity: AgentIdentity.named(', path: 'Sales/Scheduler', ...(what.includes('condition') ? { received: '"Never"', allowed: 'none' } : {}),
  });
});

test.each<[string, Change, string]>([
  ['taken out of the app', removed, 'was taken out of the app'],
  ['left out of some deployments', (l1) => l1.addOverride('Condition', 'Never'), 'has a condition'],
])('a provider %s', (_situation, change, what) => {
  const { stack } = scheduler();
  changeLate(stack, 'Sales/Google/Resource', change);
  const [message, ...others] = lateMessages(appOf(stack));
  expect(others).toEqual([]);
  expect(message).toContain(`Sales/Google/Resource ${what}`);
  expect(message).toContain('[Provider/ChangedElsewhere] at Sales/Google');
});

describe('what invokes an agent', () => {
  const story = () => {
    const stack = salesStack();
    const own = role(stack);
    const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
      agentRuntimeName: 'calendar',
      agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/calendar:1' } },
      networkConfiguration: { networkMode: 'PUBLIC' },
      roleArn: own.roleArn,
    });
    const agent = agentIn(stack, 'Scheduler', { host: AgentHost.agentRuntime(runtime, { role: own }), callers: undefined, returnUrls: undefined });
    agent.onlyInvokedBy(FrontEnd.invoking('Portal', AgentHost.role(role(stack, 'PortalRole')), { reason: REASON }));
    return stack;
  };
  const EVERYBODY = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });

  test.each<[string, string, Change, string[]]>([
    ['with another policy on the runtime', 'Sales/Scheduler/InvocationPolicy', override('Policy', EVERYBODY), ['Agent/ChangedElsewhere at Sales/Scheduler']],
    ['with another policy on the runtime by assignment', 'Sales/Scheduler/InvocationPolicy', assign('policy', EVERYBODY), ['Agent/ChangedElsewhere at Sales/Scheduler']],
    ['with the policy on something else', 'Sales/Scheduler/InvocationPolicy', override('ResourceArn', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/other-a1B2c3D4e5'), ['Agent/ChangedElsewhere at Sales/Scheduler']],
    ['without the policy on the runtime', 'Sales/Scheduler/InvocationPolicy', removed, ['Agent/ChangedElsewhere at Sales/Scheduler']],
    ['with another policy on the front end', 'Sales/Scheduler/FrontEnd-Portal/Access/Resource', override('PolicyDocument', ANYTHING), ['Agent/ChangedElsewhere at Sales/Scheduler']],
    ['with metadata on the policy of the runtime', 'Sales/Scheduler/InvocationPolicy', (l1) => l1.addMetadata('team', 'sales'), []],
  ])('%s', (_situation, path, change, expected) => {
    expect(codesAfter(story(), path, change)).toEqual(expected);
  });

  test('the message says where to say it', () => {
    const stack = story();
    changeLate(stack, 'Sales/Scheduler/InvocationPolicy', override('Policy', EVERYBODY));
    expect(lateMessages(appOf(stack))[0]).toMatch(/^Policy of Sales\/Scheduler\/InvocationPolicy was changed elsewhere .* Say on the agent who invokes it \(invokedBy, onlyInvokedBy\)/);
  });
});

describe('a role for a runtime', () => {
  const story = () => {
    const stack = salesStack();
    new AgentRuntimeRole(stack, 'RuntimeRole', { runtimeName: 'calendar' });
    return stack;
  };
  const REFUSED = ['AgentRuntimeRole/ChangedElsewhere at Sales/RuntimeRole'];

  test.each<[string, Change, string[]]>([
    ['whom it trusts', override('AssumeRolePolicyDocument', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] }), REFUSED],
    ['what it does for its runtime', override('Policies', [{ PolicyName: 'Runtime', PolicyDocument: ANYTHING }]), REFUSED],
    ['its name', override('RoleName', 'runtime-of-the-calendar'), []],
    ['its tags', (l1) => Tags.of(l1).add('stage', 'test'), []],
    ['more managed policies', (l1) => (l1.node.scope as iam.Role).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')), []],
    ['one more that it trusts, by its method', (l1) => (l1.node.scope as iam.Role).assumeRolePolicy!.addStatements(
      new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('lambda.amazonaws.com')] })), []],
  ])('%s', (_situation, change, expected) => {
    expect(codesAfter(story(), 'Sales/RuntimeRole/Resource', change)).toEqual(expected);
  });
});

describe('what leaves the policies what they are', () => {
  test.each<[string, Change]>([
    ['the same document', (l1) => l1.addPropertyOverride('PolicyDocument', l1.stack.resolve((l1 as iam.CfnPolicy).policyDocument))],
    ['the same document with its members in another order', (l1) => {
      const { Version, Statement } = l1.stack.resolve((l1 as iam.CfnPolicy).policyDocument);
      l1.addPropertyOverride('PolicyDocument', { Statement: (Statement as Record<string, unknown>[]).map((each) => Object.fromEntries(Object.entries(each).reverse())), Version });
    }],
    ['the same role', (l1) => l1.addPropertyOverride('Roles', [l1.stack.resolve((l1.stack.node.findChild('Role') as iam.Role).roleName)])],
    ['a logical id', (l1) => l1.overrideLogicalId('SchedulerPolicy')],
    ['metadata, by override as well', (l1) => {
      l1.addMetadata('team', 'sales');
      l1.addOverride('Metadata.guard', { SuppressedRules: ['IAM_NO_INLINE_POLICY_CHECK'] });
    }],
    ['whether it is kept', (l1) => l1.addOverride('DeletionPolicy', 'Retain')],
    ['what it waits for', (l1) => l1.node.addDependency(new CfnResource(l1.stack, 'First', { type: 'AWS::CloudFormation::WaitConditionHandle' }))],
    ['the name of the policy', override('PolicyName', 'acme-scheduler')],
  ])('%s', (_situation, change) => {
    expect(codesAfter(scheduler().stack, POLICY, change)).toEqual([]);
  });

  test.each<[string, (story: { stack: Stack; own: iam.Role }) => unknown]>([
    ['tags, a permissions boundary, and what is kept, for everything', ({ stack }) => {
      Tags.of(stack).add('stage', 'test');
      iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
      RemovalPolicies.of(stack).retain();
      stack.addTransform('AWS::LanguageExtensions');
    }],
    ['more rights on the role', ({ own }) => own.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::reports/*'] }))],
    ['a name, and other tags, of the role', ({ own }) => {
      (own.node.defaultChild as iam.CfnRole).addPropertyOverride('RoleName', 'scheduler');
      (own.node.defaultChild as iam.CfnRole).addPropertyOverride('Tags', []);
    }],
  ])('%s', (_situation, change) => {
    const story = scheduler();
    change(story);
    expect(lateCodes(appOf(story.stack))).toEqual([]);
  });

  test('with statements that CDK merges, and in nested stacks', () => {
    const stack = salesStack(ENV, { context: { '@aws-cdk/aws-iam:minimizePolicies': true } });
    scheduler(stack);
    const nested = new NestedStack(stack, 'Nested');
    agentIn(nested, 'Inner', { host: AgentHost.role(role(stack, 'InnerRole')) }).may(asUser(google(nested)));
    const parameter = new CfnParameter(stack, 'Stage');
    changeLate(stack, POLICY, override('PolicyName', parameter.valueAsString));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});
