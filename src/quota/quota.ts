import { IConstruct } from 'constructs';
import { AWS_QUOTAS, QuotaDefinition, QuotaName } from './aws-quotas';
import { Problem } from '../declaration/problem';
import { Problems } from '../declaration/problems';

/** A quota as it is in force for this app. */
export interface Quota {
  readonly limit: number;
  /** The context key with which a raised quota is told: `cdk-agentcore-identity:oauth2ProviderQuota`. */
  readonly contextKey: string;
  /** What an error says is allowed. */
  readonly allowed: string;
  /** What an error says about the context. */
  readonly override: string;
}

/**
 * The quota: AWS's number, or what the context of the app says that AWS has granted.
 *
 * @throws [Quota/Context] when the context is not a positive whole number, as number or as text of the command line
 */
export function quotaOf(scope: IConstruct, name: QuotaName): Quota {
  const { limit: usual, of, contextCode = 'Quota/Context' }: QuotaDefinition = AWS_QUOTAS[name];
  const contextKey = `cdk-agentcore-identity:${name}Quota`;
  const given: unknown = scope.node.tryGetContext(contextKey);
  const problems = new Problems(scope.node.path);
  // Number() alone would also take true, [60] and ' 60 '.
  const good = given === undefined || (typeof given === 'number' && Number.isInteger(given) && given > 0) || (typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given));
  problems.expect(good, {
    code: contextCode, what: `context "${contextKey}" is not a number of ${of}`, received: given, allowed: 'a positive whole number', fix: 'Set it to the quota that AWS has granted.',
  });
  problems.raise();
  const limit = given === undefined ? usual : Number(given);
  return {
    limit,
    contextKey,
    allowed: `${limit}, AWS's quota unless it was raised for the account`,
    override: `if AWS has raised the quota, set the context "${contextKey}" to the new number`,
  };
}

/** The problem of being over a quota, with the numbers. */
export function overQuota(quota: Quota, count: number, problem: { readonly code: string; readonly what: string; readonly fix: string }): Problem {
  return { code: problem.code, what: problem.what, received: count, allowed: quota.allowed, fix: `${problem.fix} Or, ${quota.override}.` };
}
