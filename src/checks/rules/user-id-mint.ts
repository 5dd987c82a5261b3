import { PolicyStatement } from '../../containment/policy-statement';
import { grants, grantText, isDenied, namesAction, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { canCover, isAnything, splitArn, strangerArn } from '../pattern';
import { Rule } from '../rule';
import { AGENTCORE_ARN_SHAPES } from '../service-reference';
import { IDENTITY_PATH, MINT_FOR_USER_ID, shortAction } from '../token-actions';

export const USER_ID_MINT: Rule = {
  id: 'user-id-mint',
  severity: CheckSeverity.ERROR,
  title: 'A token may be made for any user id',
  why: 'AgentCore does not verify the user id: whoever runs with this role gets the stored tokens of every user that they name.',
  fix: 'Use `Capability.actAsUser(...)`, which needs a token of the user. Where there is none, `Capability.actAsTrustedUserId(...)` limits the ids with `bedrock-agentcore:userid`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/get-workload-access-token.html',
  trigger: '`WorkloadIdentity.grantUse`, every `Runtime`, targets with `fromOauthIdentity`',
  find: (input) => grants(input)
    .filter(({ statement, principal }) => namesAction(statement, MINT_FOR_USER_ID) && !limitsUser(statement)
      && resourceTexts(statement).some((pattern) => mayBeIdentity(pattern) && !isDenied(principal, MINT_FOR_USER_ID, identityOf(pattern))))
    .map((grant) => ({
      resource: grant.place.resource,
      location: grant.place.location,
      detail: grantText(grant, [shortAction(MINT_FOR_USER_ID)], resourceTexts(grant.statement).filter(mayBeIdentity)),
    })),
};

/** A condition that has to hold, on a value that is not just anything. */
function limitsUser({ conditions }: PolicyStatement): boolean {
  return conditions.some(({ operator, key, values }) => key.toLowerCase() === 'bedrock-agentcore:userid'
    && /^(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/.test(operator) && !values.some(isAnything));
}

/** Leaves out what has to stand beside the identity: the directory, the vault, providers. */
function mayBeIdentity(pattern: string): boolean {
  const parts = splitArn(pattern);
  return parts.length < 6 || canCover(parts[5], AGENTCORE_ARN_SHAPES['workload-identity']);
}

function identityOf(pattern: string): string {
  return /workload-identity\/[^*?]+$/.test(pattern) ? pattern : strangerArn(pattern, 'bedrock-agentcore', `${IDENTITY_PATH}zz9-Nobody.7x`);
}
