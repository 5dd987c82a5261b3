import type { Claims } from './request';
import type { Token } from './token';
import type { FakeAccount } from '../simulation/fake-account';

/** A token as an authorizer meets it, and through whom the call came: the ARN of a gateway, or the name of an identity. */
export interface Arrival {
  readonly claims: Claims;
  readonly token: Pick<Token, 'groups' | 'department'>;
  readonly through?: string;
}

interface CustomClaim {
  readonly InboundTokenClaimName: string;
  readonly InboundTokenClaimValueType: 'STRING' | 'STRING_ARRAY';
  readonly AuthorizingClaimMatchValue: {
    readonly ClaimMatchOperator: 'EQUALS' | 'CONTAINS' | 'CONTAINS_ANY';
    readonly ClaimMatchValue: { readonly MatchValueString?: string; readonly MatchValueStringList?: readonly string[] };
  };
}

/** The JWT authorizer of a runtime or of a gateway, as CloudFormation has it. */
export interface JwtAuthorizer {
  readonly DiscoveryUrl: string;
  readonly AllowedAudience?: readonly string[];
  readonly AllowedClients?: readonly string[];
  readonly AllowedScopes?: readonly string[];
  readonly CustomClaims?: readonly CustomClaim[];
  readonly AllowedWorkloadConfiguration?: { readonly HostingEnvironments?: readonly { readonly Arn: string }[]; readonly WorkloadIdentities?: readonly string[] };
}

/** The authorizer of the resource with this ARN, as the templates have it. */
export function authorizerOf(account: FakeAccount, type: 'Runtime' | 'Gateway', attribute: string, arn: string): JwtAuthorizer | undefined {
  return account.resourcesOfType(`AWS::BedrockAgentCore::${type}`).find((resource) => resource.attribute(attribute, 'its authorizer') === arn)
    ?.property('AuthorizerConfiguration')?.CustomJWTAuthorizer;
}

/**
 * What AgentCore would do: every filter that is there has to hold.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */
export function opensFor(authorizer: JwtAuthorizer, { claims, token, through }: Arrival): boolean {
  const { DiscoveryUrl, AllowedAudience, AllowedClients, AllowedScopes, CustomClaims = [], AllowedWorkloadConfiguration: workloads } = authorizer;
  const arns = workloads?.HostingEnvironments?.map(({ Arn }) => Arn) ?? [];
  const oneOf = (allowed: readonly string[] | undefined, given: readonly string[]) => allowed === undefined || given.some((value) => allowed.includes(value));
  return `${claims.iss}/.well-known/openid-configuration` === DiscoveryUrl
    && oneOf(AllowedAudience, claims.aud ?? [])
    && oneOf(AllowedClients, claims.client_id === undefined ? [] : [claims.client_id])
    && oneOf(AllowedScopes, claims.scope ?? [])
    && CustomClaims.every((claim) => holds(claim, { sub: claims.sub, ...token }))
    && (workloads === undefined || [...arns, ...workloads.WorkloadIdentities ?? []].some((allowed) => allowed === through));
}

function holds({ InboundTokenClaimName: name, InboundTokenClaimValueType: type, AuthorizingClaimMatchValue }: CustomClaim, claims: Record<string, unknown>): boolean {
  const { ClaimMatchOperator: operator, ClaimMatchValue: wanted } = AuthorizingClaimMatchValue;
  const given = claims[name];
  if (type === 'STRING') return operator === 'EQUALS' && typeof given === 'string' && given === wanted.MatchValueString;
  const values = operator === 'CONTAINS' ? [wanted.MatchValueString] : wanted.MatchValueStringList ?? [];
  return Array.isArray(given) && operator !== 'EQUALS' && values.some((value) => given.includes(value));
}
