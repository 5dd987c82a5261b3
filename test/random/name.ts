import type { AppDescription, ProviderDescription, ProviderFamily, Region } from './description';

/*
 * The names that are chosen in an app, and the ARNs that follow from them: written here from AWS's service authorization
 * reference, and not taken from the library.
 */
export const ACCOUNT = '111111111111';

export function identityName(agent: number): string {
  return `agent-${agent}`;
}

export function identityArn(region: Region, name: string): string {
  return `arn:aws:bedrock-agentcore:${region}:${ACCOUNT}:workload-identity-directory/default/workload-identity/${name}`;
}

/** Neighbours of different families have one name, so that nothing but the family tells them apart. */
export function providerName(app: AppDescription, index: number): string {
  const before = app.providers[index - 1];
  return `service-${before !== undefined && before.family !== app.providers[index].family && index % 2 === 1 ? index - 1 : index}`;
}

export function providerArn({ family, region }: Pick<ProviderDescription, 'family' | 'region'>, name: string): string {
  return `arn:aws:bedrock-agentcore:${region}:${ACCOUNT}:token-vault/default/${{ 'OAuth2': 'oauth2', 'API key': 'apikey' }[family]}credentialprovider/${name}`;
}

/** The name of a secret that exists already. Each is the beginning of the next. */
export function secretName(index: number): string {
  return `agents/client${'-x'.repeat(index)}`;
}

export function secretArn(region: Region, name: string, suffix = 'aB3dE5'): string {
  return `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${name}-${suffix}`;
}

/** The secret that AgentCore makes for a provider. */
export function keptSecretArn({ family, region }: { family: ProviderFamily; region: Region }, name: string): string {
  return secretArn(region, `bedrock-agentcore-identity!default/${{ 'OAuth2': 'oauth2', 'API key': 'apikey' }[family]}/${name}`);
}

export function keyArn(region: Region, index: number): string {
  return `arn:aws:kms:${region}:${ACCOUNT}:key/00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

export function roleName(host: string): string {
  return host.replace(/[^A-Za-z0-9]+/g, '-');
}

export function roleArn(host: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${roleName(host)}`;
}

/** A role of an account that is not the app's. */
export function outsiderArn(name: string, account = '222222222222'): string {
  return `arn:aws:iam::${account}:role/${roleName(name)}`;
}

export function gatewayName(index: number, capitals: boolean): string {
  return capitals ? `Tools-${index}` : `tools-${index}`;
}

export function functionArn(region: Region, gateway: number, target: number): string {
  return `arn:aws:lambda:${region}:${ACCOUNT}:function:tools-${gateway}-${target}`;
}

/** What a target that signs its requests is allowed: one method of an API. */
export function apiArn(region: Region, gateway: number, target: number, method = 'GET'): string {
  return `arn:aws:execute-api:${region}:${ACCOUNT}:${apiId(gateway, target)}/prod/${method}/items`;
}

export function apiId(gateway: number, target: number): string {
  return `api${gateway}x${target}`.padEnd(10, '0');
}

/** What is passed through by HTTP. */
export function passthroughAddress(gateway: number, target: number): string {
  return `https://orders-${gateway}-${target}.example.com`;
}

export function runtimeArn(region: Region, host: string): string {
  return `arn:aws:bedrock-agentcore:${region}:${ACCOUNT}:runtime/${runtimeId(host)}`;
}

export function runtimeId(host: string): string {
  return `${roleName(host).replace(/-/g, '_')}-a1B2c3D4e5`;
}

/** Whom a token that AWS issues for a role is for: a client's authorization server, or that of an actor. */
export function tokenAudience(provider: number, whose: 'client' | 'actor'): string {
  return `https://${whose}-${provider}.example.com/token`;
}
