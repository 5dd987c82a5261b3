import { App, aws_iam as iam, Environment, Stack } from 'aws-cdk-lib';

/*
 * One fleet, declared in several ways: each agent has an identity, an OAuth2 provider with which it acts as its user, an API
 * key that it uses in the user's session, a role, and a return page with a role of its own.
 */
export const ENV = { account: '111111111111', region: 'eu-west-1' };
export const ISSUER = 'https://acme.okta.com/oauth2/default';
export const AUDIENCE = 'api://agents';
export const RETURN_URL = 'https://agents.example.com/return';
export const AC = `arn:aws:bedrock-agentcore:${ENV.region}:${ENV.account}`;

/** CloudFormation takes 500 resources in a stack; an agent has seven or eight. */
const AGENTS_PER_STACK = 50;

/** Names of the things of one agent. */
export const namesOf = (index: number) => ({ identity: `agent-${index}`, oauth2: `calendar-${index}`, apiKey: `weather-${index}`, role: `agent-${index}`, page: `agent-${index}-page` });

export const DIRECTORY = `${AC}:workload-identity-directory/default`;
export const VAULT = `${AC}:token-vault/default`;
export const identityArn = (name: string) => `${DIRECTORY}/workload-identity/${name}`;
export const oauth2Arn = (name: string) => `${VAULT}/oauth2credentialprovider/${name}`;
export const apiKeyArn = (name: string) => `${VAULT}/apikeycredentialprovider/${name}`;

/** Where the secret behind a provider is. */
export type SecretArn = (kind: 'oauth2' | 'apikey', name: string) => string;

/** The secret is the company's own, and exists already. */
export const ownSecretArn: SecretArn = (kind, name) => `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:${kind}/${name}-a1B2c3`;

/** The secret is AgentCore's, made with the provider. */
export const managedSecretArn: SecretArn = (kind, name) => `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:bedrock-agentcore-identity!default/${kind}/${name}-AbCdEf`;

export interface Fleet {
  readonly title: string;
  readonly app: App;
  readonly secretArn: SecretArn;
}

export type FleetMaker = (size: number, outdir: string) => Fleet;

/** Calls for each agent, with the stack that it is in. Nothing is in a stack but agents. */
export function agentsIn(app: App, size: number, agent: (stack: Stack, index: number) => void, env: Environment = ENV): void {
  let stack: Stack;
  for (let index = 0; index < size; index += 1) {
    if (index % AGENTS_PER_STACK === 0) {
      stack = new Stack(app, index === 0 ? 'Fleet' : `Fleet${index / AGENTS_PER_STACK + 1}`, { env });
    }
    agent(stack!, index);
  }
}

export function lambdaRole(stack: Stack, name: string): iam.Role {
  return new iam.Role(stack, `${name}-role`, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}
