import { IConstruct } from 'constructs';
import { Problems } from '../declaration/problems';

/** AWS's quota for each kind of provider, per account and region. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html */
const DEFAULT_QUOTA = 50;

/** How many providers of a kind an account and region may have, and the context key that says otherwise. */
export function providerQuota(scope: IConstruct, kind: 'OAuth2' | 'API-key'): { readonly limit: number; readonly contextKey: string } {
  const contextKey = `cdk-agentcore-identity:${kind === 'OAuth2' ? 'oauth2' : 'apiKey'}ProviderQuota`;
  const given: unknown = scope.node.tryGetContext(contextKey);
  if (given === undefined) {
    return { limit: DEFAULT_QUOTA, contextKey };
  }
  const limit = Number(given);
  const problems = new Problems(scope.node.path);
  problems.expect(Number.isInteger(limit) && limit > 0, {
    code: 'Provider/QuotaContext', what: `context "${contextKey}" is not a number of providers`, received: given, allowed: 'a positive whole number', fix: 'Set it to the quota that AWS has granted.',
  });
  problems.raise();
  return { limit, contextKey };
}
