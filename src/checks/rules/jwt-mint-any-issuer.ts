import { grants, grantText, isDenied, namesAction } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { ConditionFence, isFenced } from '../condition-fence';
import { namedIdentities } from '../named-identities';
import { Rule } from '../rule';
import { MINT_FOR_JWT, shortAction } from '../token-actions';

const ISSUER_KEY = 'bedrock-agentcore:inboundjwtclaim/iss';

/** A wildcard where the name of the issuer stands. Anybody has one that it covers. */
const ANY_HOST = /^(https?:\/\/)?[^/]*[*?]/;

const ISSUER: ConditionFence = {
  isAsked: ({ operator, key, values }) => key.toLowerCase() === ISSUER_KEY
    && /^(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/.test(operator) && areIssuers(operator, values),
  isRefused: ({ operator, key, values }) => key.toLowerCase() === ISSUER_KEY
    && /^StringNot(Equals|Like|EqualsIgnoreCase)$/.test(operator) && areIssuers(operator, values),
};

export const JWT_MINT_ANY_ISSUER: Rule = {
  id: 'jwt-mint-any-issuer',
  severity: CheckSeverity.WARNING,
  title: 'A token may be made for users of any issuer',
  why: 'AgentCore takes any JWT that verifies, and an identity keeps no list of issuers: whoever runs with this role brings tokens of a sign-in of their own, with any subject in them.',
  fix: 'Say whose tokens count: `callers: [TokenIssuer.oidc({ issuer, audiences })]` on the `Agent`; or add `StringEquals` on `bedrock-agentcore:InboundJwtClaim/iss`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/get-workload-access-token.html',
  trigger: '`WorkloadIdentity.grantUse`, every `Runtime`, targets with `fromOauthIdentity`',
  find: (input) => grants(input).filter(({ statement }) => namesAction(statement, MINT_FOR_JWT)).flatMap((grant) => {
    const open = namedIdentities(grant.statement)
      .filter(({ probe }) => !isDenied(grant.principal, MINT_FOR_JWT, probe) && !isFenced(grant, MINT_FOR_JWT, probe, ISSUER));
    const { resource, location } = grant.place;
    return open.length === 0 ? [] : [{ resource, location, detail: grantText(grant, [shortAction(MINT_FOR_JWT)], open.map(({ text }) => text)) }];
  }),
};

function areIssuers(operator: string, values: readonly string[]): boolean {
  return values.length > 0 && !(operator.endsWith('Like') && values.some((value) => ANY_HOST.test(value)));
}
