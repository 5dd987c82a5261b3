import { Pattern, readPattern } from './pattern';
import { PolicyPrincipal } from './policy-statement';
import type { Universe } from './text-constraint';

/** Everybody, as `type:value`. */
export const ANY_PRINCIPAL: Universe = {
  patterns: ['AWS:arn:*:iam::*:*', 'AWS:arn:*:sts::*:*', 'Service:?*', 'Federated:?*', 'CanonicalUser:?*', 'Anonymous:'].map((text) => readPattern(text, { wildcards: true })),
  holds: ({ tokens, unsure }) => unsure === undefined && tokens[0]?.kind === 'text',
};

const EVERYBODY = readPattern('*', { wildcards: true });
const ACCOUNT_ROOT = /^arn:[^:]+(?::[^:]+)*?:iam::(\d{12}|\$\{[^}]*\}):root$/;

/** Whom a principal of a policy stands for. */
export interface PrincipalReach {
  readonly pattern: Pattern;
  /**
   * An account: whoever of it its own policies allow to. A role that is named itself needs no policy of its own, in the same account
   * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
   */
  readonly account: boolean;
}

export function principalReach({ type, value }: PolicyPrincipal): PrincipalReach {
  if (type === '*' || (type === 'AWS' && value === '*')) {
    return { pattern: EVERYBODY, account: false };
  }
  const account = type === 'AWS' ? /^\d{12}$/.exec(value)?.[0] ?? ACCOUNT_ROOT.exec(value)?.[1] ?? (value === '${AWS::AccountId}' ? value : undefined) : undefined;
  if (account !== undefined) {
    return { pattern: readPattern(`AWS:arn:*:iam::${account}:*`, { wildcards: true }), account: true };
  }
  const pattern = readPattern(`${type}:${value}`, { wildcards: false });
  // A session is one of its role, and a role is named without its path: which is which does not show. A wildcard in a name is refused by AWS.
  const vague = type === 'AWS' && (/:sts::/.test(value) || /[*?]/.test(value) || !value.includes(':iam::'));
  return { pattern: vague ? { ...readPattern('AWS:*', { wildcards: true }), unsure: `principal ${value}` } : pattern, account: false };
}

/** Everybody but some: IAM has rules of its own for who that is. */
export function allPrincipalsBut(principals: readonly PolicyPrincipal[]): Pattern {
  const words = principals.map(({ type, value }) => `${type}:${value}`).sort().join(' ');
  return { ...EVERYBODY, unsure: `all principals but ${words}` };
}
