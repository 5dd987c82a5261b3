import type { RateLimitOptions } from './rate-limit';
import { readable } from '../declaration/readable';

/** How often callers are served. AWS lets calls through where it cannot count. */
export interface RateLimitAccess {
  /** What is counted by. */
  readonly dimensions: readonly string[];
  /** The limits. */
  readonly rules: readonly RateRuleAccess[];
}

/** A limit of a rate. */
export interface RateRuleAccess {
  /** Values of the dimensions that it is for; `*` for each. */
  readonly values: readonly string[];
  /** How much. */
  readonly limit: string;
}

/** A rate limit in the access model. */
export function rateLimitAccess({ dimensions, rules }: RateLimitOptions): RateLimitAccess {
  return {
    dimensions: dimensions.map(({ key }) => key),
    rules: rules.map(({ values = [], ...limits }) => ({
      values: dimensions.map((_dimension, index) => (values[index] === undefined ? '*' : readable(values[index], '(known at deployment)'))),
      limit: Object.entries(limits).filter(([, rate]) => rate !== undefined).map(([name, rate]) => `${name} ${rate}`).join(', '),
    })),
  };
}
