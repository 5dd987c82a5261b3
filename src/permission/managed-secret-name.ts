import { ArnScope } from './arn-scope';

/** Which kind of provider a service-managed secret belongs to, as it stands in the secret's name. */
export enum ManagedSecretKind {
  OAUTH2 = 'oauth2',
  API_KEY = 'apikey',
}

/** Secrets Manager's own suffix, and the longer one that AgentCore's secrets were also seen with. */
const SUFFIXES = ['-??????', '-????????-??????'];

/**
 * The ARNs that the service-managed secret of a provider may have.
 *
 * AgentCore names it after the provider (`bedrock-agentcore-identity!default/oauth2/<provider>`), and only the suffix is
 * unknown before the provider exists. Suffixes of 6 characters, and of 8 hexadecimal digits plus 6 characters, have both
 * been seen, so both are covered and nothing longer is.
 */
export function managedSecretArns(scope: ArnScope, kind: ManagedSecretKind, providerName: string): string[] {
  const name = `bedrock-agentcore-identity!default/${kind}/${providerName}`;
  return SUFFIXES.map((suffix) => `arn:${scope.partition}:secretsmanager:${scope.region}:${scope.account}:secret:${name}${suffix}`);
}

/**
 * The ARNs that the service-managed secrets of providers have whose names begin alike.
 *
 * Behind the name there is a hyphen and six characters at least, so `okta-*-??????` does not cover `okta-AbCdEf`, which is the secret of
 * a provider `okta`.
 */
export function managedSecretArnOfPrefix(scope: ArnScope, kind: ManagedSecretKind, prefix: string): string {
  return `arn:${scope.partition}:secretsmanager:${scope.region}:${scope.account}:secret:bedrock-agentcore-identity!default/${kind}/${prefix}*-??????`;
}

/**
 * Whether the patterns of one provider's managed secret would also cover another's.
 *
 * `?` stands for exactly one character, so only a name that adds one hyphen and eight characters collides: `okta` and
 * `okta-european`, but not `okta` and `okta-eu`.
 */
export function managedSecretPatternCovers(providerName: string, otherName: string): boolean {
  const rest = otherName.slice(providerName.length);
  return otherName.startsWith(`${providerName}-`) && rest.length === '-????????'.length;
}
