import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { GatewayInbound, GatewayInboundKind } from './gateway-inbound';
import { GatewayProtocol } from './gateway-protocol';
import { expectInTime } from '../declaration/in-time';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { overQuota, quotaOf } from '../quota/quota';

/** By what a gateway tells calls apart when it counts them. */
export class RateDimension {
  /** The target. */
  public static readonly TARGET = new RateDimension('targetName');
  /** The tool, with its target in front: `Calendar___list_events`. */
  public static readonly TOOL = new RateDimension('toolName');
  /** The model of an inference target. */
  public static readonly MODEL = new RateDimension('qualifiedModelId');
  /** The ARN of the calling IAM principal. */
  public static readonly IAM_PRINCIPAL = new RateDimension('$.context.iam.principal');
  /** The source identity that the caller set when it assumed its role. */
  public static readonly IAM_SOURCE_IDENTITY = new RateDimension('$.context.iam.sourceIdentity');

  /**
   * A claim of the caller's token: `sub` for each user.
   *
   * @throws [RateDimension/Claim] when the name is not valid
   */
  public static claim(name: string): RateDimension {
    const problems = new Problems();
    problems.expect(typeof name === 'string' && !Token.isUnresolved(name) && /^[a-zA-Z_](?:[a-zA-Z0-9_.-]{0,61}[a-zA-Z0-9_])$/.test(name), {
      code: 'RateDimension/Claim', what: 'name of the claim is not valid', received: name, allowed: '2 to 63 letters, digits and _ . -', fix: 'Give the name as it stands in the token.',
    });
    problems.raise();
    return new RateDimension(`$.context.jwt.${name}`);
  }

  private constructor(
    /** The key as AWS spells it. */
    public readonly key: string,
  ) {}
}

/** How much is let through. At least one of the limits is needed; 0 shuts. */
export interface RateRule {
  /**
   * The values of the dimensions that the rule is for, in their order. Dimensions at the end that are left out stand for every
   * value, each counted by itself. The rule with the most values counts.
   *
   * @default - every value of every dimension
   */
  readonly values?: string[];

  /**
   * Calls in a second.
   *
   * @default - not limited
   */
  readonly requestsPerSecond?: number;

  /**
   * Calls in a minute. Not together with `requestsPerSecond`.
   *
   * @default - not limited
   */
  readonly requestsPerMinute?: number;

  /**
   * Tokens of a model in a minute.
   *
   * @default - not limited
   */
  readonly tokensPerMinute?: number;

  /**
   * New connections in a second.
   *
   * @default - not limited
   */
  readonly connectionsPerSecond?: number;
}

/** How calls are counted, and how many are let through. */
export interface RateLimitOptions {
  /** By what calls are told apart: 1 to 10, which cannot be changed later. No two limits of a gateway may have the same. */
  readonly dimensions: RateDimension[];

  /** The rules: 1 to 1,000, none for the same values as another. */
  readonly rules: RateRule[];

  /**
   * What the limit is for.
   *
   * @default - nothing
   */
  readonly description?: string;
}

const LIMITS = ['requestsPerSecond', 'requestsPerMinute', 'tokensPerMinute', 'connectionsPerSecond'] as const;

/** Stands for every value, each counted by itself. */
export const EVERY_VALUE = '*';

/** Which dimensions a way in or a protocol has. */
const NEEDS: [RegExp, string, (inbound: GatewayInbound, protocol: GatewayProtocol) => boolean][] = [
  [/^\$\.context\.jwt\./, 'callers with a JWT', (inbound) => inbound.kind === GatewayInboundKind.JWT],
  [/^\$\.context\.iam\./, 'callers with IAM', (inbound) => inbound.kind === GatewayInboundKind.IAM || inbound.kind === GatewayInboundKind.AUTHENTICATE_ONLY],
  [/^toolName$/, 'a gateway that speaks MCP', (_inbound, protocol) => protocol === GatewayProtocol.MCP],
  [/^qualifiedModelId$/, 'a gateway that speaks HTTP', (_inbound, protocol) => protocol === GatewayProtocol.HTTP],
];

/** What is wrong with a rate limit on a gateway that has these already. */
export function expectRateLimit(
  problems: Problems, options: RateLimitOptions, gateway: IConstruct & { readonly inbound: GatewayInbound; readonly protocol: GatewayProtocol },
  others: readonly string[],
): void {
  expectInTime(problems, gateway, 'addRateLimit()', 'ToolGateway/TooLate');
  expectKnownFields(problems, options, ['dimensions', 'rules', 'description'], 'A rate limit', 'RateLimit/UnknownField');
  const dimensions = Array.isArray(options?.dimensions) ? options.dimensions : [];
  const rules = Array.isArray(options?.rules) ? options.rules : [];
  const keys = dimensions.map((dimension) => dimension?.key);
  problems.expect(dimensions.length >= 1 && dimensions.length <= 10 && dimensions.every((each) => each instanceof RateDimension) && new Set(keys).size === keys.length, {
    code: 'RateLimit/Dimensions', what: 'dimensions are not valid', received: keys, allowed: '1 to 10, each once', fix: 'Write dimensions: [RateDimension.claim(\'sub\')].',
  });
  for (const [pattern, needed, has] of NEEDS) {
    problems.expect(!keys.some((key) => pattern.test(String(key))) || has(gateway.inbound, gateway.protocol), {
      code: 'RateLimit/DimensionMissing', what: `a dimension needs ${needed}: here it would never have a value, and nothing would be limited`, received: keys, fix: 'Use another dimension.',
    });
  }
  problems.expect(!others.includes(keys.join()), {
    code: 'RateLimit/DimensionsTwice', what: 'another rate limit of the gateway has the same dimensions', received: keys, fix: 'Put all rules into one limit.',
  });
  const quota = quotaOf(gateway, 'gatewayRateLimit');
  problems.expect(others.length < quota.limit, overQuota(quota, others.length + 1, {
    code: 'RateLimit/TooMany', what: 'the gateway has too many rate limits', fix: 'Join limits of like dimensions.',
  }));
  const values = rules.map((rule) => JSON.stringify(rule?.values ?? []));
  problems.expect(rules.length >= 1 && rules.length <= 1000 && new Set(values).size === values.length, {
    code: 'RateLimit/Rules', what: 'rules are not valid', received: rules.length, allowed: '1 to 1000, none for the same values as another', fix: 'Give each combination of values one rule.',
  });
  rules.forEach((rule) => expectRule(problems, rule, dimensions.length));
}

function expectRule(problems: Problems, rule: RateRule, dimensions: number): void {
  expectKnownFields(problems, rule, ['values', ...LIMITS], 'A rule of a rate limit', 'RateLimit/UnknownField');
  const values = rule?.values ?? [];
  problems.expect(Array.isArray(values) && values.length <= dimensions && values.every((value) => typeof value === 'string' && value !== EVERY_VALUE && value.length >= 1 && value.length <= 256), {
    code: 'RateLimit/Values', what: 'values of a rule are not valid', received: values, allowed: 'at most one for each dimension, in their order, 1 to 256 characters', fix: 'Leave out the last ones where every value is meant.',
  });
  const given = LIMITS.map((name) => rule?.[name]).filter((rate): rate is number => rate !== undefined);
  const good = given.length > 0 && given.every((rate) => Token.isUnresolved(rate) || (Number.isInteger(rate) && rate >= 0));
  problems.expect(good && (rule?.requestsPerSecond === undefined || rule.requestsPerMinute === undefined), {
    code: 'RateLimit/Rate', what: 'a rule has no valid limit', received: given, allowed: `whole numbers from 0 for at least one of ${LIMITS.join(', ')}; calls by second or by minute, not both`, fix: 'Correct the rule.',
  });
}
