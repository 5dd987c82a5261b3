import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps, aws_iam as iam, aws_secretsmanager as secretsmanager, CfnParameter, Environment, Lazy, Stack, Token } from 'aws-cdk-lib';
import {
  Agent, AgentHost, AgentOwner, AgentProps, ApiKey, ApiKeyProvider, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope, IApiKeyProvider,
  IOAuth2Provider, OAuth2Provider, TokenIssuer, TrustedUserIds, Users,
} from '../../src';

export const ENV: Environment = { account: '111111111111', region: 'eu-west-1' };
export const REASON = 'Books meetings for account managers';
export const SCOPES = [GoogleScope.CALENDAR_READONLY];
export const GOOGLE_SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-app-AbCdEf';

/** One output folder for all apps of a test file: hundreds of temporary ones would stay behind. */
const OUTPUT = mkdtempSync(join(tmpdir(), 'errors-'));
afterAll(() => rmSync(OUTPUT, { recursive: true }));

export function emptyApp(props: AppProps = {}): App {
  return new App({ outdir: OUTPUT, ...props });
}

/** A stack named Sales, in an app of its own. */
export function salesStack(env: Environment = ENV, props: AppProps = {}): Stack {
  return new Stack(emptyApp(props), 'Sales', { env });
}

export function appOf(stack: Stack): App {
  return stack.node.root as App;
}

/** What only deployment knows. */
export function parameter(stack: Stack, id = 'Parameter'): string {
  return new CfnParameter(stack, id).valueAsString;
}

export function lazy(value: string): string {
  return Lazy.string({ produce: () => value });
}

export function role(stack: Stack, id = 'Role'): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

export function hostedBy(stack: Stack, id = 'Role'): AgentHost {
  return AgentHost.role(role(stack, id));
}

export function issuer(): TokenIssuer {
  return TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['agents'] });
}

export function owner(): AgentOwner {
  return AgentOwner.team('sales-tools', 'sales-tools@example.com');
}

/** An agent with everything that acting as a user needs. */
export function agentIn(stack: Stack, id: string, props: Partial<AgentProps> = {}): Agent {
  const host = props.parts === undefined && props.host === undefined ? { host: hostedBy(stack, `${id}Role`) } : {};
  return new Agent(stack, id, { owner: owner(), callers: [issuer()], returnUrls: ['https://app.example.com/return'], ...host, ...props });
}

export function importedSecret(stack: Stack, id = 'GoogleApp', arn = GOOGLE_SECRET): secretsmanager.ISecret {
  return secretsmanager.Secret.fromSecretCompleteArn(stack, id, arn);
}

/** Kept in the stack's own account, where that is known. */
export function clientSecret(stack: Stack, id?: string): ClientSecret {
  const arn = Token.isUnresolved(stack.account) ? GOOGLE_SECRET : GOOGLE_SECRET.replace('111111111111', stack.account);
  return ClientSecret.fromSecretsManager(importedSecret(stack, id, arn), 'client_secret');
}

/** A Google client that is made here. */
export function google(stack: Stack, id = 'Google', providerName?: string): GoogleOAuth2Provider {
  return new GoogleOAuth2Provider(stack, id, { clientId: '1234', clientSecret: clientSecret(stack, `${id}App`), providerName });
}

/** A provider that exists already, with a secret that AgentCore keeps. */
export function imported(stack: Stack, name: string, id = name, vendor?: string): IOAuth2Provider {
  return OAuth2Provider.fromProviderName(stack, id, name, { clientSecret: ClientSecret.managedByAgentCore(), vendor });
}

export function importedKey(stack: Stack, name: string, id = name): IApiKeyProvider {
  return ApiKeyProvider.fromProviderName(stack, id, name, { apiKey: ApiKey.managedByAgentCore() });
}

export function asUser(provider: IOAuth2Provider, users: Users = Users.anyOfTheIssuer({ reason: REASON }), enforcedByApplication?: string): Capability {
  return Capability.actAsUser(provider, { scopes: SCOPES, users, reason: REASON, enforcedByApplication });
}

export function asTrustedUserId(provider: IOAuth2Provider, userIds: TrustedUserIds = TrustedUserIds.withPrefix('cognito+')): Capability {
  return Capability.actAsTrustedUserId(provider, { scopes: SCOPES, userIds, reason: REASON });
}

export function asItself(provider: IOAuth2Provider, scopes: GoogleScope[] = SCOPES, enforcedByApplication?: string): Capability {
  return Capability.actAsItself(provider, { scopes, reason: REASON, enforcedByApplication });
}

/** Texts that are no reason, and how a message shows them. */
export const NO_REASONS: [string, unknown, string][] = [
  ['missing', undefined, 'nothing'],
  ['null', null, 'null'],
  ['empty', '', '""'],
  ['blank', '            ', '"            "'],
  ['one word', 'Calendar', '"Calendar"'],
  ['501 characters long', 'x'.repeat(501), `"${'x'.repeat(159)}…`],
  ['a number', 42, '42'],
  ['an object', { reason: REASON }, 'an object of class Object'],
];
