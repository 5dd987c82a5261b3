import {
  Agent,
  AgentHost,
  AgentOwner,
  Capability,
  ClientSecret,
  CustomOAuth2Provider,
  CustomScope,
  OAuth2Discovery,
  TokenIssuer,
  ToolCallAuthority,
  ToolGateway,
  Users,
} from 'cdk-agentcore-identity';
import { aws_kms as kms, aws_lambda as lambda, aws_secretsmanager as secretsmanager, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CALL, MARKET_ISSUER } from './calendar-stack';

const LIST = 'MarketCalendar___list_market_days';
const PROPOSE = 'MarketCalendar___propose_holiday';

export interface AgentsStackProps extends StackProps {
  readonly tools: ToolGateway;
  readonly inside: ToolGateway;
}

/** Three agents, each with another authority: a machine client, the user's own token, the agent's role. */
export class AgentsStack extends Stack {
  constructor(scope: Construct, id: string, props: AgentsStackProps) {
    super(scope, id, props);
    const owner = AgentOwner.team('trading-tools', 'trading-tools@example.com');
    const client = new CustomOAuth2Provider(this, 'SchedulerClient', {
      providerName: 'market-scheduler',
      clientId: 'scheduler',
      clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(this, 'SchedulerClientSecret', {
        encryptionKey: new kms.Key(this, 'SecretsKey', { description: 'Protects the secret of the scheduler\'s client', enableKeyRotation: true }),
        generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' },
      }), 'client_secret'),
      discovery: OAuth2Discovery.url(`${MARKET_ISSUER}/.well-known/openid-configuration`),
    });

    this.agent('Scheduler', (host) => new Agent(this, 'Scheduler', { owner, host }), Capability.callTools(props.tools, {
      tools: [LIST],
      authority: ToolCallAuthority.machineClient(client, { scopes: [CustomScope.of(CALL)], audiences: ['market-tools'] }),
      reason: 'Plans nightly jobs around the days on which markets are closed',
    }));

    const desk = { owner, callers: [TokenIssuer.oidc({ issuer: MARKET_ISSUER, audiences: ['market-tools'] })] };
    this.agent('Desk', (host) => new Agent(this, 'Desk', { ...desk, host }), Capability.callTools(props.tools, {
      tools: [LIST, PROPOSE],
      authority: ToolCallAuthority.userToken({ users: Users.anyOfTheIssuer({ reason: 'The calendar\'s scopes decide what a user may do, not the agent' }) }),
      reason: 'Answers traders, and hands in the holidays that they propose',
    }));

    this.agent('Reporter', (host) => new Agent(this, 'Reporter', { owner, host }), Capability.callTools(props.inside, {
      tools: [LIST],
      authority: ToolCallAuthority.agentRole(),
      reason: 'Marks closed days in the monthly report',
    }));
  }

  /** The function reads from its environment where the gateway is, which tools it may call, and how it gets in. */
  private agent(name: string, make: (host: AgentHost) => Agent, capability: Capability): void {
    const fn = new lambda.Function(this, `${name}Function`, {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => JSON.parse(process.env.AGENT).capabilities.map(({ gatewayUrl, tools }) => ({ gatewayUrl, tools }));'),
    });
    const agent = make(AgentHost.lambdaFunction(fn));
    agent.may(capability);
    fn.addEnvironment('AGENT', agent.manifest);
  }
}
