import { resourceTexts } from './check-input';
import { canCover, hasWildcard, matches, splitArn, strangerArn } from './pattern';
import { AGENTCORE_ARN_SHAPES } from './service-reference';
import { PolicyStatement } from '../containment/policy-statement';

/** Workload identities that a statement is about. */
export interface NamedIdentities {
  /** As the statement has them. */
  readonly text: string;
  /** What has to be denied so that none of them is left: an identity that nobody declared where all are covered, or else what is written. */
  readonly probe: string;
  /** All of them, or one, or those whose names are alike. */
  readonly reach: 'all' | 'one' | 'alike';
}

/** The workload identities that a statement is about, leaving out what has to stand beside them: the directory, the vault, providers. */
export function namedIdentities(statement: PolicyStatement): NamedIdentities[] {
  if (statement.resources === undefined) {
    const probe = strangerIdentity('');
    return (statement.notResources ?? []).some((pattern) => matches(pattern, probe)) ? [] : [{ text: resourceTexts(statement)[0], probe, reach: 'all' }];
  }
  return statement.resources.filter(mayBeIdentity).map((text) => {
    const stranger = strangerIdentity(text);
    return matches(text, stranger) ? { text, probe: stranger, reach: 'all' } : { text, probe: text, reach: hasWildcard(nameIn(text)) ? 'alike' : 'one' };
  });
}

/** The ARN of an identity that nobody declared, in the accounts and regions that a pattern is about. */
export function strangerIdentity(pattern: string): string {
  return strangerArn(pattern, 'bedrock-agentcore', 'workload-identity-directory/default/workload-identity/zz9-Nobody.7x');
}

/** What stands for the name in the ARN of identities, or all that may hold it. */
export function nameIn(arn: string): string {
  const rest = splitArn(arn)[5] ?? arn;
  return /^[^/]*\/[^/]*\/workload-identity\/(.+)$/.exec(rest)?.[1] ?? rest;
}

function mayBeIdentity(pattern: string): boolean {
  const parts = splitArn(pattern);
  return parts.length < 6 || canCover(parts[5], AGENTCORE_ARN_SHAPES['workload-identity']);
}
