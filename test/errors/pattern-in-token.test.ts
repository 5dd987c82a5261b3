import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_secretsmanager as sm, CfnCondition, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { agentIn, appOf, asUser, imported, issuer, owner, REASON, role, salesStack } from './story';
import {
  Agent, AgentHost, AgentIdentity, Capability, ClientSecret, FrontEnd, GatewayCaller, GatewayInbound, GatewayTarget, GoogleScope, OAuth2Provider,
  TargetCredentials, TokenIssuer, ToolAccess, ToolGateway, TrustedUserIds,
} from '../../src';
import { calendarFunction, TOOLS } from '../gateway/every-target';

/* A token hides what it stands for until synthesis. What comes out then is no pattern either. */
const lazy = (value: string) => Lazy.string({ produce: () => value });
const late = (app: App) => { try { app.synth(); return 'fine'; } catch (error) { return /\[([A-Za-z0-9]+\/[A-Za-z0-9]+)\] at/.exec(String((error as Error).message))?.[1] ?? String(error); } };

function gatewayIn(stack: Stack): ToolGateway {
  const gateway = new ToolGateway(stack, 'Gateway', { owner: owner(), inbound: GatewayInbound.iam() });
  gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() })
    .tool('list_events').requires(ToolAccess.iamRole(role(stack, 'Clerk')));
  gateway.targets[0].tool('delete_event').requires(ToolAccess.nobody());
  return gateway;
}

/** Where users may write a value that synthesis fills in. */
const PLACES: Record<string, (stack: Stack, value: string) => void> = {
  'the name of a provider': (stack, value) => agentIn(stack, 'A').may(asUser(imported(stack, value, 'P'))),
  'the name of an identity': (stack, value) => agentIn(stack, 'A', { identity: AgentIdentity.fromName(value) }).may(asUser(imported(stack, 'p'))),
  'an audience': (stack, value) => agentIn(stack, 'A', { callers: [TokenIssuer.oidc({ issuer: 'https://id.example.com', audiences: [value] })] }).may(asUser(imported(stack, 'p'))),
  'a user id': (stack, value) => agentIn(stack, 'A').may(Capability.actAsTrustedUserId(imported(stack, 'p'), { scopes: [GoogleScope.CALENDAR_READONLY], userIds: TrustedUserIds.of([value]), reason: REASON })),
  'part of a secret\'s ARN': (stack, value) => agentIn(stack, 'A', { callers: [issuer()] }).may(asUser(OAuth2Provider.fromProviderName(stack, 'P', 'p', {
    clientSecret: ClientSecret.fromSecretsManager(sm.Secret.fromSecretCompleteArn(stack, 'S', `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${value}-a1B2c3`), 'client_secret'),
  }))),
  'a role that invokes a runtime': (stack, value) => {
    const executes = role(stack, 'Executes');
    const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
      agentRuntimeName: 'planner', roleArn: executes.roleArn, networkConfiguration: { networkMode: 'PUBLIC' }, agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/a:1' } },
    });
    const portal = AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Portal', `arn:aws:iam::111111111111:role/${value}`), { reason: REASON });
    new Agent(stack, 'A', { owner: owner(), host: AgentHost.agentRuntime(runtime, { role: executes }) }).onlyInvokedBy(FrontEnd.invoking('Portal', portal, { reason: REASON }));
  },
  'a caller of a gateway': (stack, value) => gatewayIn(stack).restrictCallers({ callers: [GatewayCaller.role(iam.Role.fromRoleArn(stack, 'Caller', `arn:aws:iam::111111111111:role/${value}`))] }),
};

describe.each(Object.entries(PLACES))('%s', (_where, write) => {
  const outcome = (value: string) => {
    const stack = salesStack();
    write(stack, lazy(value));
    return late(appOf(stack));
  };

  test.each(['*', 'a*', 'agent-?', '${aws:username}', '${bedrock-agentcore:userid}'])('that comes out as %s is refused', (value) => expect(outcome(value)).toBe('Policy/PatternInToken'));
  test('that comes out as itself is fine', () => expect(outcome('crm')).toBe('fine'));
  test('that only deployment knows is fine', () => {
    const stack = salesStack();
    write(stack, new CfnParameter(stack, 'Value').valueAsString);
    expect(late(appOf(stack))).toBe('fine');
  });
});

test.each([['*', 'crm', 'Policy/PatternInToken'], ['crm', 'crm-*', 'Policy/PatternInToken'], ['crm', 'erp', 'fine']])('either of two branches: %s or %s is %s', (one, other, expected) => {
  const stack = salesStack();
  new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'prod') });
  agentIn(stack, 'A').may(asUser(imported(stack, Fn.conditionIf('IsProd', one, other).toString(), 'P')));
  expect(late(appOf(stack))).toBe(expected);
});

test('all of it is told, with what came out and where', () => {
  const stack = salesStack();
  agentIn(stack, 'A').may(asUser(imported(stack, lazy('crm-*'), 'P')));
  expect(() => appOf(stack).synth()).toThrow('a value of a policy, which only synthesis fills in, holds a wildcard or a variable; received "crm-*"; allowed: what stands for itself. '
    + 'Name one identity, provider, secret, caller or value as it is. [Policy/PatternInToken] at Sales');
});

test.each([['clerk', 'fine'], ['clerk" || true || "', 'Policy/PatternInToken'], ['clerk\\', 'Policy/PatternInToken']])('the role of a tool that comes out as %s: %s', (name, expected) => {
  const stack = salesStack();
  const gateway = new ToolGateway(stack, 'Gateway', { owner: owner(), inbound: GatewayInbound.iam() });
  const target = gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() });
  target.tool('list_events').requires(ToolAccess.iamRole(iam.Role.fromRoleArn(stack, 'Clerk', `arn:aws:iam::111111111111:role/${lazy(name)}`)));
  target.tool('delete_event').requires(ToolAccess.nobody());
  expect(late(appOf(stack))).toBe(expected);
});

