import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, FrontEnd, Operator, TrustedUserIds } from '../../../src';

const reason = 'Stands in the decision tables';
const owner = AgentOwner.team('team', 'team@example.com');

/** Roles of another account, which its owner has allowed everything on every runtime. */
export const PARTNER = 'arn:aws:iam::222222222222:role/partner-operator';
export const STRANGER = 'arn:aws:iam::222222222222:role/stranger';

/** Agents on runtimes in which commands are denied to everybody but operators, and roles that may and may not run them. */
export function operatedAgents(): App {
  const app = new App();
  const stack = new Stack(app, 'Agents', { env: { account: '111111111111', region: 'eu-west-1' } });
  const role = (name: string) => new iam.Role(stack, name, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const host = (name: string) => AgentHost.role(role(name));
  const runtime = (name: string) => new agentcore.CfnRuntime(stack, name, {
    agentRuntimeName: name,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: `arn:aws:iam::111111111111:role/${name}-execution`,
  });
  const agentOn = (id: string, on: agentcore.CfnRuntime) => new Agent(stack, id, { owner, host: AgentHost.agentRuntime(on, { role: role(`${on.node.id}-execution`) }) });

  const payroll = agentOn('Payroll', runtime('payroll'));
  payroll.onlyInvokedBy(FrontEnd.invoking('Clerk', host('clerk'), { reason }));
  payroll.commandsRunBy(Operator.runningCommands('Oncall', host('oncall'), { reason }));

  const onScheduler = runtime('scheduler');
  const live = new agentcore.CfnRuntimeEndpoint(stack, 'live', { agentRuntimeId: onScheduler.attrAgentRuntimeId, name: 'live' });
  const scheduler = agentOn('Scheduler', onScheduler);
  scheduler.invokedBy(FrontEnd.invokingForTrustedUserIds('Portal', host('portal'), {
    userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The portal takes the id from the token that Cognito signed', endpoints: [live], reason,
  }));
  scheduler.commandsRunBy(
    Operator.runningCommands('Debugger', host('debugger'), { reason }),
    Operator.runningCommands('Partner', AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'partner', PARTNER), { reason }), { reason }),
  );

  const onWorker = runtime('worker');
  const ledger = new Agent(stack, 'Ledger', {
    owner,
    identity: AgentIdentity.named('ledger'),
    host: AgentHost.agentRuntime(runtime('ledger'), { role: role('ledger-execution') }),
    parts: [AgentPart.vending('Worker', AgentHost.agentRuntime(onWorker, { role: role('worker-execution') }))],
  });
  ledger.onlyInvokedBy(FrontEnd.invoking('Auditor', host('auditor'), { reason }), FrontEnd.invoking('Batch', host('batch'), { runtime: onWorker, reason }));
  ledger.commandsRunBy(Operator.runningCommands('Mechanic', host('mechanic'), { runtime: onWorker, reason }));

  const frozen = agentOn('Frozen', runtime('frozen'));
  frozen.onlyInvokedBy(FrontEnd.invoking('Counter', host('counter'), { reason }));
  frozen.commandsRunBy(Operator.runningCommands('Thaw', host('thaw'), { reason }));
  frozen.suspend({ reason: 'Incident 4711: prompt injection through invitations' });

  agentOn('Notices', runtime('notices')).invokedBy(FrontEnd.invoking('Board', host('board'), { reason }));

  role('intruder').addToPolicy(new iam.PolicyStatement({ actions: ['bedrock-agentcore:InvokeAgentRuntime*'], resources: ['*'] }));
  role('administrator').addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
  return app;
}
