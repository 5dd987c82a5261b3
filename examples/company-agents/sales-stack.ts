import {
  Agent,
  AgentHost,
  AgentOwner,
  AgentPart,
  ApiKeyAuthority,
  Capability,
  GoogleScope,
  IApiKeyProvider,
  IOAuth2Provider,
  TokenIssuer,
  Users,
} from 'cdk-agentcore-identity';
import { join } from 'path';
import { aws_lambda as lambda, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface SalesStackProps extends StackProps {
  readonly google: IOAuth2Provider;
  readonly weather: IApiKeyProvider;
}

/** The sales team's scheduling agent: reads Google Calendar as the signed-in account manager. */
export class SalesStack extends Stack {
  constructor(scope: Construct, id: string, props: SalesStackProps) {
    super(scope, id, props);

    const schedulerFunction = this.lambda('SchedulerFunction', 'scheduler');
    const scheduler = new Agent(this, 'Scheduler', {
      owner: AgentOwner.team('sales-tools', 'sales-tools@example.com'),
      host: AgentHost.lambdaFunction(schedulerFunction),
      parts: [AgentPart.returnPage('ReturnPage', AgentHost.lambdaFunction(this.lambda('ReturnPageFunction', 'return-page')))],
      callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })],
      returnUrls: ['https://agents.acme.example/oauth/return'],
    });

    scheduler.may(
      Capability.actAsUser(props.google, {
        scopes: [GoogleScope.CALENDAR_READONLY],
        users: Users.inGroup('sales'),
        enforcedByApplication: 'The function refuses tokens whose groups claim lacks "sales" before it mints (scheduler/index.mjs)',
        reason: 'Finds free slots for account managers and their customers',
      }),
      Capability.useApiKey(props.weather, {
        authority: ApiKeyAuthority.USER_SESSION,
        reason: 'Adds the forecast to invitations for visits on site',
      }),
    );

    schedulerFunction.addEnvironment('AGENT', scheduler.manifest);
  }

  private lambda(id: string, folder: string): lambda.Function {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(__dirname, folder)),
    });
  }
}
