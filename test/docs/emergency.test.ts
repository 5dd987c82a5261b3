import { readFileSync } from 'fs';
import { join } from 'path';
import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_lambda as lambda, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { fences, ROOT } from './page';
import {
  Agent, AgentHost, AgentIdentity, AgentOwner, Capability, FrontEnd, GatewayInbound, GatewayTarget, TargetCredentials, Tool, ToolCallAuthority, ToolGateway, ToolSchema,
} from '../../src';
import { DeployedGateway } from '../cedar/deployed-gateway';
import { decide } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { statementsOf } from '../situations/statements-of';

/* What the page tells to paste in an emergency does what it says, and no less than a suspension: every action that one denies is in it. */
const PATH = 'docs/tasks/cut-off-an-agent.md';
const REASON = { reason: 'Needed by the test of this situation' };
const OWNER = AgentOwner.team('team', 'team@example.com');
const TEXT = readFileSync(join(ROOT, PATH), 'utf8');
const [DENY, FORBID] = fences({ path: PATH, text: TEXT }).filter(({ language }) => language === 'sh').map(({ code }) => JSON.parse(/'(\{[\s\S]*\})'$/.exec(code)![1]));
const ACTIONS: string[] = DENY.Statement[0].Action;
const matches = (pattern: string, action: string) => new RegExp(`^${pattern.replace(/\*/g, '.*')}$`).test(action);

interface Situation { readonly account: FakeAccount; readonly role: string; readonly gateway: string }

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:ledger-a1B2c3';
const RUNTIME = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/researcher-a1B2c3D4e5';

/** A planner that calls a tool with its role, reads a secret in its code, and invokes an agent on a runtime. */
function situation(change: (agent: Agent, role: iam.Role) => void = () => undefined): Situation {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const role = (name: string) => new iam.Role(stack, `${name}Role`, { roleName: name, assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const gateway = new ToolGateway(stack, 'Gateway', { owner: OWNER, gatewayName: 'tools', inbound: GatewayInbound.iam() });
  for (const name of ['Calendar', 'Mail']) {
    gateway.addTarget(name, GatewayTarget.lambdaFunction(
      lambda.Function.fromFunctionArn(stack, `${name}Function`, `arn:aws:lambda:eu-west-1:111111111111:function:${name}`), ToolSchema.inline(Tool.named('read', { description: 'Reads' })),
    ), { credentials: TargetCredentials.gatewayRole() });
  }
  const planning = role('planner');
  const planner = new Agent(stack, 'Planner', { owner: OWNER, host: AgentHost.role(planning), identity: AgentIdentity.named('planner') });
  planner.may(
    Capability.callTools(gateway, { tools: ['Calendar___read', 'Mail___read'], authority: ToolCallAuthority.agentRole(), ...REASON }),
    Capability.readSecretInCode(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Ledger', SECRET), REASON),
  );
  const runtime = agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'Runtime', {
    agentRuntimeArn: RUNTIME, agentRuntimeId: 'researcher-a1B2c3D4e5', agentRuntimeName: 'researcher', agentRuntimeVersion: '1', roleArn: 'arn:aws:iam::111111111111:role/researcher',
  });
  new Agent(stack, 'Researcher', { owner: OWNER, host: AgentHost.agentRuntime(runtime, { role: role('researcher') }), identity: AgentIdentity.named('researcher') })
    .invokedBy(FrontEnd.invoking('Planner', AgentHost.role(planning), REASON));
  change(planner, planning);
  const account = deploy(app);
  return { account, role: account.valueOf(stack, planning.roleArn) as string, gateway: account.valueOf(stack, gateway.gatewayArn) as string };
}

describe('the Deny for the role of an agent', () => {
  const suspended = situation((agent) => agent.suspend(REASON));
  const denied = [...new Set(statementsOf(suspended.account, suspended.role)
    .filter(({ Sid }: any) => Sid.startsWith('DenySuspended')).flatMap(({ Action }: any) => [Action].flat() as string[]))];

  test('a suspension denies token operations, tools and other agents', () => {
    expect(denied).toEqual(expect.arrayContaining(['GetResourceOauth2Token', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth', 'InvokeGateway', 'InvokeAgentRuntimeCommand'].map((name) => `bedrock-agentcore:${name}`)));
  });

  test.each(denied)('%s, which a suspension denies, is in it', (action) => expect(ACTIONS.filter((pattern) => matches(pattern, action))).toHaveLength(1));

  test.each(ACTIONS)('%s is something that a suspension denies', (pattern) => expect(denied.some((action) => matches(pattern, action))).toBe(true));

  test('it stops what the role may do, and nothing that has to do with other things', async () => {
    const as = async (it: Situation) => Promise.all([
      decide(it.account, { principal: it.role, action: 'bedrock-agentcore:InvokeGateway', resources: [it.gateway] }),
      decide(it.account, { principal: it.role, action: 'bedrock-agentcore:InvokeAgentRuntime', resources: [RUNTIME, `${RUNTIME}/runtime-endpoint/DEFAULT`] }),
      decide(it.account, { principal: it.role, action: 'secretsmanager:GetSecretValue', resources: [SECRET] }),
      decide(it.account, { principal: it.role, action: 'bedrock-agentcore:GetGateway', resources: [it.gateway] }),
    ]);
    expect(await as(situation())).toEqual(['Allowed', 'Allowed', 'Allowed', 'ImplicitlyDenied']);
    const emergency = situation((_agent, role) => role.attachInlinePolicy(new iam.Policy(role, 'Emergency', { document: iam.PolicyDocument.fromJson(DENY) })));
    expect(await as(emergency)).toEqual(['ExplicitlyDenied', 'ExplicitlyDenied', 'ExplicitlyDenied', 'ImplicitlyDenied']);
  });
});

describe('the rule for a gateway, judged by the real Cedar', () => {
  const CALLER = 'arn:aws:sts::111111111111:assumed-role/planner';
  const asked = (statement?: string) => {
    const it = situation();
    const cedar = new DeployedGateway(it.account);
    if (statement !== undefined) {
      cedar.policies.push({ name: 'Emergency', statement: statement.replace('<gateway ARN>', it.gateway).replace('<target>', 'Calendar') });
    }
    return [cedar.findings, ['Calendar', 'Mail'].map((target) => cedar.ask(CALLER, `${target}___read`))];
  };
  const { cedar: { statement } } = FORBID as { cedar: { statement: string } };

  test('before: both targets are called', () => expect(asked()).toEqual([[], ['allow', 'allow']]));

  test('one target', () => expect(asked(statement)).toEqual([[], ['deny', 'allow']]));

  test('the whole gateway, with what the page tells to write instead', () => {
    const whole = statement.replace(/action in .*(?=\);)/, 'action, resource is AgentCore::Gateway');
    expect(whole).toBe('forbid(principal, action, resource is AgentCore::Gateway);');
    expect(TEXT).toContain('`action, resource is AgentCore::Gateway`');
    expect(asked(whole)).toEqual([[], ['deny', 'deny']]);
  });
});
