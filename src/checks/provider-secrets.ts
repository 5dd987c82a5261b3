import { CheckInput } from './check-input';
import { isKeptByAgentCore, referencedSecrets } from './provider-secret-source';
import { AgentCoreResource, agentCoreResources, attributeTexts } from '../synthesized/agentcore-resources';
import { asRecord } from '../synthesized/record';

/** How Secrets Manager ends an ARN: with six characters that only a deployment knows. */
const ENDING = '-AbCdEf';

const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', '${AWS::Partition}'];

/** What AgentCore calls the secrets that it keeps, by the kind of the provider. */
const KINDS: Record<string, string> = { OAuth2CredentialProvider: 'oauth2', ApiKeyCredentialProvider: 'apikey', PaymentCredentialProvider: 'payment' };

/** What the names of secrets that AgentCore keeps begin with. */
const KEPT_BY_AGENTCORE = 'bedrock-agentcore-identity!default';

/** Secrets of providers that nobody declared, as AgentCore names those that it keeps. */
export const STRANGER_SECRETS = ['oauth2', 'apikey'].map((kind) => `secret:${KEPT_BY_AGENTCORE}/${kind}/zz9-Nobody-7x-AbCdEf`);

/** Attributes of a provider that are the ARN of the secret behind it. */
const ARN_ATTRIBUTES = ['ClientSecretArn', 'ApiKeySecretArn'];

const SECRETS = new WeakMap<CheckInput, readonly string[]>();

/**
 * The secrets behind the providers of an app, as ARNs that a policy may cover: those that providers read, those that their values are filled
 * in from at deployment, and those that AgentCore keeps.
 */
export function providerSecrets(input: CheckInput): readonly string[] {
  const found = SECRETS.get(input) ?? [...new Set(agentCoreResources(input.app).filter(({ kind }) => kind in KINDS).flatMap((provider) => secretsOf(input, provider)))];
  SECRETS.set(input, found);
  return found;
}

function secretsOf({ app }: CheckInput, { resource, kind, forms }: AgentCoreResource): string[] {
  const named = forms.flatMap(({ value }) => [...referencedSecrets(value), ...filledIn(value)]).flatMap((id) => arnsOf(resource.stack, id));
  const kept = forms.filter(({ value }) => isKeptByAgentCore(value) && typeof value.Name === 'string')
    .flatMap(({ value }) => arnsOf(resource.stack, `${KEPT_BY_AGENTCORE}/${KINDS[kind]}/${value.Name as string}`));
  const attributes = ARN_ATTRIBUTES.flatMap((attribute) => [attribute, `${attribute}.SecretArn`]).flatMap((attribute) => attributeTexts(app, resource, attribute));
  return [...named, ...kept, ...attributes];
}

/** The secrets whose values CloudFormation writes into a provider. */
function filledIn(value: unknown): string[] {
  return typeof value === 'string'
    ? [...value.matchAll(/\{\{resolve:secretsmanager:(.+?)(?=:SecretString|:SecretBinary|\}\})/g)].map(([, id]) => id)
    : Object.values(asRecord(value)).flatMap(filledIn);
}

/** An ARN may lack its ending, and an id may be a name. What only a deployment knows is a whole ARN. */
function arnsOf({ account = '${AWS::AccountId}', region = '${AWS::Region}' }: AgentCoreResource['resource']['stack'], id: string): string[] {
  return id.startsWith('arn:') ? [id, `${id}${ENDING}`]
    : id.includes('${') ? [id]
      : PARTITIONS.map((partition) => `arn:${partition}:secretsmanager:${region}:${account}:secret:${id}${ENDING}`);
}
