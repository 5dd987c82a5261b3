import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import {
  Agent, AgentHost, AgentIdentity, AgentOwner, ApiKey, ApiKeyProvider, Capability, ClientSecret, CustomOAuth2Provider, CustomScope, GatewayInbound, GatewayTarget,
  GitHubOAuth2Provider, GoogleOAuth2Provider, GoogleScope, Interceptor, MachineClients, OAuth2Discovery, OAuth2Provider, OAuthGrantType, RateDimension, RateRule,
  TargetCredentials, TokenIssuer, TokenVaultEncryption, Tool, ToolAccess, ToolGateway, ToolSchema, Users,
} from '../../src';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';

/* An app with an agent, a gateway, machine clients and a token vault, of which much may be declared otherwise. */
const folder = mkdtempSync(join(tmpdir(), 'declared-'));
afterAll(() => rmSync(folder, { recursive: true }));

export const ISSUER = 'https://acme.okta.com/oauth2/default';
const REASON = { reason: 'Needed by the test of this situation' };
const OWNER = AgentOwner.team('team', 'team@example.com');

/** What may be declared otherwise. */
export interface Declared {
  readonly agentId?: string;
  readonly identity?: string;
  readonly gatewayId?: string;
  readonly owner?: AgentOwner;
  readonly identityUrls?: string[];
  readonly clientId?: string;
  readonly secretId?: string;
  readonly jsonKey?: string;
  readonly gitHub?: boolean;
  readonly keySecretId?: string;
  readonly inbound?: Parameters<typeof GatewayInbound.jwt>[0];
  readonly anyErrors?: boolean;
  readonly gatewayKey?: boolean;
  readonly interceptor?: string;
  readonly limits?: Record<string, RateRule>;
  readonly targets?: string[];
  readonly tools?: Tool[];
  readonly functionId?: string;
  readonly target?: 'gatewayRole' | 'clientCredentials';
  readonly targetScopes?: string[];
  readonly clientScopes?: string[];
  readonly clients?: string[];
  readonly vaultKey?: string;
}

export const LIST = Tool.named('list', { description: 'Lists' });
export const CLOSE = Tool.named('close', { description: 'Closes' });

/** The app as its report and its templates have it, and what its template says after the report was written. */
export function declaredApp(declared: Declared = {}, change: (resources: Record<string, any>) => void = () => undefined): ComparedApp {
  const outdir = mkdtempSync(join(folder, 'app-'));
  const root = new App({ outdir });
  const stack = new Stack(root, 'S', { env: { account: '111111111111', region: 'eu-west-1' } });
  const owner = declared.owner ?? OWNER;
  const fn = (id: string) => new lambda.Function(stack, id, { code: lambda.Code.fromInline('x'), handler: 'index.h', runtime: lambda.Runtime.NODEJS_22_X });
  const secrets = Object.fromEntries(['GoogleSecret', 'OtherSecret'].map((id) => [id, new secretsmanager.Secret(stack, id)]));
  const functions = Object.fromEntries(['Crm', 'Other'].map((id) => [id, fn(id)]));
  const keys = Object.fromEntries(['VaultKey', 'OtherKey', 'GatewayKey'].map((id) => [id, new kms.Key(stack, id)]));

  const client = { clientId: declared.clientId ?? 'client', clientSecret: ClientSecret.fromSecretsManager(secrets[declared.secretId ?? 'GoogleSecret'], declared.jsonKey ?? 'client_secret') };
  const provider: OAuth2Provider = declared.gitHub === true ? new GitHubOAuth2Provider(stack, 'Google', client) : new GoogleOAuth2Provider(stack, 'Google', client);
  new ApiKeyProvider(stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(secrets[declared.keySecretId ?? 'GoogleSecret'], 'api_key') });
  new Agent(stack, declared.agentId ?? 'Agent', {
    owner,
    identity: AgentIdentity.named(declared.identity ?? 'agent'),
    host: AgentHost.role(new iam.Role(stack, 'AgentRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
    callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents'] })],
    returnUrls: declared.identityUrls ?? ['https://a.example/return'],
  }).may(Capability.actAsUser(provider, { scopes: [declared.gitHub === true ? CustomScope.of('Mail.Read') : GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));

  const machines = new MachineClients(stack, 'Machines', { owner, domainPrefix: 'acme-agents' });
  const scopes = Object.fromEntries(['read', 'write'].map((name) => [name, machines.addScope(name, name)]));
  (declared.clients ?? ['Reader']).forEach((id) => machines.addClient(id, { owner, scopes: (declared.clientScopes ?? ['read']).map((each) => scopes[each]), ...REASON }));
  new TokenVaultEncryption(stack, 'Vault', { key: keys[declared.vaultKey ?? 'VaultKey'] });

  const gateway = new ToolGateway(stack, declared.gatewayId ?? 'Gateway', {
    owner,
    gatewayName: 'tools',
    inbound: GatewayInbound.jwt(declared.inbound ?? { issuer: ISSUER, audiences: ['gateway'] }),
    ...(declared.anyErrors === true ? { errorDetailsForCallers: REASON } : {}),
    ...(declared.gatewayKey === true ? { encryptionKey: keys.GatewayKey } : {}),
  });
  if (declared.interceptor !== undefined) {
    gateway.addInterceptor(Interceptor.request(functions[declared.interceptor]));
  }
  Object.entries(declared.limits ?? { base: { requestsPerSecond: 10 } }).forEach(([id, rule]) => gateway.addRateLimit(id, { dimensions: [id === 'base' ? RateDimension.TARGET : RateDimension.TOOL], rules: [rule] }));
  const crm = new CustomOAuth2Provider(stack, 'CrmProvider', {
    providerName: 'crm-provider', clientId: 'crm', clientSecret: ClientSecret.fromSecretsManager(secrets.GoogleSecret, 'crm'), discovery: OAuth2Discovery.url(`${ISSUER}/.well-known/openid-configuration`),
  });
  const tools = declared.tools ?? [LIST];
  (declared.targets ?? ['crm']).forEach((name) => {
    const credentials = declared.target === 'clientCredentials'
      ? TargetCredentials.oauth2(crm, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: (declared.targetScopes ?? ['a']).map((each) => CustomScope.of(each)) })
      : TargetCredentials.gatewayRole();
    const target = gateway.addTarget(name, declared.target === 'clientCredentials' ? GatewayTarget.mcpServer('https://crm.example/mcp', { tools: ToolSchema.inline(LIST) }) : GatewayTarget.lambdaFunction(functions[declared.functionId ?? 'Crm'], ToolSchema.inline(...tools)), { credentials });
    tools.forEach((tool) => target.tool(tool.name).requires(ToolAccess.allScopes(tool.name)));
  });
  root.synth();
  const file = join(outdir, 'S.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  // Where CDK notes paths elsewhere, the template has them too.
  readSynthesizedApp(outdir).stacks[0].resources.forEach(({ logicalId, path }) => { template.Resources[logicalId].Metadata = { 'aws:cdk:path': path }; });
  change(template.Resources);
  writeFileSync(file, JSON.stringify(template));
  return comparedAppOf(readSynthesizedApp(outdir));
}
