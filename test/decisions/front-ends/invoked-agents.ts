import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability, ClientSecret, FrontEnd, GoogleScope, OAuth2Provider, TrustedUserIds } from '../../../src';

const reason = 'Stands in the decision tables';
const owner = AgentOwner.team('team', 'team@example.com');

/** A role of another account, which its owner has allowed to invoke every agent there is. */
export const PARTNER = 'arn:aws:iam::222222222222:role/partner';
export const STRANGER = 'arn:aws:iam::222222222222:role/stranger';

/** Agents on runtimes that AWS credentials invoke, and roles that may and may not do so. */
export function invokedAgents(): App {
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
  const userIds = TrustedUserIds.withPrefix('cognito+');
  const enforcedByApplication = 'The portal takes the id from the token that Cognito signed';

  const onScheduler = runtime('scheduler');
  const live = new agentcore.CfnRuntimeEndpoint(stack, 'live', { agentRuntimeId: onScheduler.attrAgentRuntimeId, name: 'live' });
  const scheduler = new Agent(stack, 'Scheduler', {
    owner, host: AgentHost.agentRuntime(onScheduler, { role: role('scheduler-execution') }), returnUrls: ['https://agents.example.com/return'],
  });
  scheduler.may(Capability.actAsTrustedUserId(
    OAuth2Provider.fromProviderName(stack, 'google', 'google', { clientSecret: ClientSecret.managedByAgentCore() }), { scopes: [GoogleScope.CALENDAR_READONLY], userIds, reason }));
  scheduler.invokedBy(
    FrontEnd.invokingForTrustedUserIds('Portal', host('portal'), { userIds, enforcedByApplication, reason }),
    FrontEnd.invokingForTrustedUserIds('Chat', host('chat'), { userIds, enforcedByApplication, endpoints: [live], webSocket: true, reason }),
  );
  scheduler.invokedBy(
    FrontEnd.invoking('Monitor', host('monitor'), { reason }),
    FrontEnd.invoking('Partner', AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'partner', PARTNER), { reason }), { reason }),
  );

  const payroll = new Agent(stack, 'Payroll', { owner, host: AgentHost.agentRuntime(runtime('payroll'), { role: role('payroll-execution') }) });
  payroll.onlyInvokedBy(FrontEnd.invoking('Clerk', host('clerk'), { reason }));

  // One agent on two runtimes: the second is set to work by the first.
  const onLedger = runtime('ledger');
  const onWorker = runtime('worker');
  const workedBy = role('ledger-execution');
  const ledger = new Agent(stack, 'Ledger', {
    owner,
    identity: AgentIdentity.named('ledger'),
    host: AgentHost.agentRuntime(onLedger, { role: workedBy }),
    parts: [AgentPart.vending('Worker', AgentHost.agentRuntime(onWorker, { role: role('worker-execution') }))],
  });
  ledger.onlyInvokedBy(
    FrontEnd.invoking('Auditor', host('auditor'), { reason }),
    FrontEnd.invoking('First', AgentHost.role(workedBy), { runtime: onWorker, reason }),
  );

  const notices = new Agent(stack, 'Notices', { owner, host: AgentHost.agentRuntime(runtime('notices'), { role: role('notices-execution') }) });
  notices.invokedBy(FrontEnd.invoking('Board', host('board'), { reason }));

  role('intruder').addToPolicy(new iam.PolicyStatement({ actions: ['bedrock-agentcore:InvokeAgentRuntime*'], resources: ['*'] }));
  role('administrator').addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
  return app;
}
