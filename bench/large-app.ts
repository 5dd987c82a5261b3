import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_iam as iam, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKey, ApiKeyAuthority, ApiKeyProvider, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope, TokenIssuer, Users } from '../src';
import type { ComparedApp } from '../src/comparison/compared-app';
import { comparedAppOf } from '../src/comparison/compared-app-of-synthesized';
import { readSynthesizedApp } from '../src/synthesized/read-synthesized-app';

/** What is read of a synthesized app with one agent, as often as one likes, under as many names. */
export function largeApp(agents: number): ComparedApp {
  const folder = mkdtempSync(join(tmpdir(), 'comparison-'));
  try {
    oneAgent(folder).synth();
    const one = comparedAppOf(readSynthesizedApp(folder));
    const text = JSON.stringify(one);
    const all = Array.from({ length: agents }, (_each, index) => JSON.parse(named(text, index)) as ComparedApp);
    return {
      model: {
        ...one.model!,
        agents: all.flatMap(({ model }) => model!.agents),
        providers: all.flatMap(({ model }) => model!.providers),
      },
      policies: {
        ...one.policies!,
        principals: all.flatMap(({ policies }) => policies!.principals),
        resourcePolicies: all.flatMap(({ policies }) => policies!.resourcePolicies),
        settings: all.flatMap(({ policies }) => policies!.settings!),
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function named(text: string, index: number): string {
  return text.replace(/(Agent|agent-|calendar-|weather-)0/g, `$1${index}`);
}

/** An agent with a page of its own, that acts as its user and uses an API key. */
function oneAgent(outdir: string): App {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Fleet', { env: { account: '111111111111', region: 'eu-west-1' } });
  const role = (id: string) => new iam.Role(stack, id, { roleName: id, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const secret = (id: string) => secretsmanager.Secret.fromSecretCompleteArn(stack, id, `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${id}-a1B2c3`);
  const reason = 'Stands in the benchmark';
  const calendar = new GoogleOAuth2Provider(stack, 'calendar-0', { providerName: 'calendar-0', clientId: 'client', clientSecret: ClientSecret.fromSecretsManager(secret('agent-0-google'), 'client_secret') });
  const weather = new ApiKeyProvider(stack, 'weather-0', { providerName: 'weather-0', apiKey: ApiKey.fromSecretsManager(secret('agent-0-weather'), 'api_key') });
  new Agent(stack, 'Agent0', {
    owner: AgentOwner.team('team', 'team@example.com'),
    identity: AgentIdentity.named('agent-0'),
    host: AgentHost.role(role('agent-0-role')),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.role(role('agent-0-page')))],
    callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })],
    returnUrls: ['https://agents.example.com/return'],
  }).may(
    Capability.actAsUser(calendar, { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer({ reason }), reason }),
    Capability.useApiKey(weather, { authority: ApiKeyAuthority.USER_SESSION, reason }),
  );
  return app;
}
