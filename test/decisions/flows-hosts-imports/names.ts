import { Stack } from 'aws-cdk-lib';
import { AgentOwner, TokenIssuer } from '../../../src';

/** The names that cells are made of and asked for. */
export const ENV = { account: '111111111111', region: 'eu-west-1' };
export const OWNER = AgentOwner.team('team', 'team@example.com');
export const REASON = { reason: 'Stands in the decision tables' };
export const ISSUER = 'https://acme.okta.com/oauth2/default';
/** Where the clients of the providers are registered. */
export const PROVIDERS_ISSUER = 'https://login.example.com';
export const EMPLOYEES = TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents'] });

const AC = `arn:aws:bedrock-agentcore:${ENV.region}:${ENV.account}`;
export const DIRECTORY = `${AC}:workload-identity-directory/default`;
export const VAULT = `${AC}:token-vault/default`;
export const VAULT_KEY = `arn:aws:kms:${ENV.region}:${ENV.account}:key/11111111-2222-3333-4444-555555555555`;
export const SECRETS_KEY = `arn:aws:kms:${ENV.region}:${ENV.account}:key/66666666-7777-8888-9999-000000000000`;
export const OTHER_KEY = `arn:aws:kms:${ENV.region}:${ENV.account}:key/99999999-0000-1111-2222-333333333333`;
export const identityArn = (name: string) => `${DIRECTORY}/workload-identity/${name}`;
export const providerArn = (family: Family, name: string) => `${VAULT}/${family === 'OAuth2' ? 'oauth2' : 'apikey'}credentialprovider/${name}`;
export const gatewayArn = (id: string) => `${AC}:gateway/${id}`;

/** A secret of the team that owns the provider. */
export const secretArn = (provider: string) => `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:clients/${provider}-a1B2c3`;

/** The secret that AgentCore makes for a provider, as facts and documentation show it. */
export const managedSecretArn = (family: Family, provider: string) =>
  `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:bedrock-agentcore-identity!default/${family === 'OAuth2' ? 'oauth2' : 'apikey'}/${provider}-Xy9Zz1`;

export type Family = 'OAuth2' | 'API key';

/** A value that only deployment knows, in the stack that it is a value of. */
export interface AtDeployment { readonly stack: Stack; readonly value: string }
