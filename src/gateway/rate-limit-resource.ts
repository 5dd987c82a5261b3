import { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import { EVERY_VALUE, expectRateLimit, RateDimension, RateLimitOptions, RateRule } from './rate-limit';
import type { ToolGateway } from './tool-gateway';
import { declareResource } from '../declaration/declared-properties';
import { Problems } from '../declaration/problems';

/** One rule as the L1 takes it. */
interface RateEntry {
  readonly dimensions: { [key: string]: string };
  readonly requests?: { readonly rate: number; readonly period: string }[];
  readonly tokens?: { readonly rate: number; readonly period: string }[];
  readonly connections?: { readonly rate: number; readonly period: string }[];
}

/** Puts a rate limit on a gateway. */
export function addRateLimit(gateway: ToolGateway, id: string, options: RateLimitOptions): void {
  const problems = new Problems(gateway.node.path);
  expectRateLimit(problems, options, gateway, gateway._rateLimits.map(({ dimensions }) => dimensions.map(({ key }) => key).join()));
  problems.raise();
  gateway._rateLimits.push(options);
  const limits = {
    gatewayIdentifier: gateway.gatewayId,
    dimensionKeys: options.dimensions.map(({ key }) => key),
    entries: options.rules.map((rule) => rateEntry(options.dimensions, rule)),
  };
  declareResource(gateway, new agentcore.CfnGatewayRateLimit(gateway, `RateLimit-${id}`, { ...limits, description: options.description }), limits);
}

/** The rule with all dimensions. */
function rateEntry(dimensions: readonly RateDimension[], rule: RateRule): RateEntry {
  const { values = [], requestsPerSecond, requestsPerMinute, tokensPerMinute, connectionsPerSecond } = rule;
  const limit = (rate: number | undefined, period: string) => (rate === undefined ? [] : [{ rate, period }]);
  const requests = [...limit(requestsPerSecond, 'second'), ...limit(requestsPerMinute, 'minute')];
  const some = <T>(list: T[]) => (list.length > 0 ? list : undefined);
  return {
    dimensions: Object.fromEntries(dimensions.map(({ key }, index) => [key, values[index] ?? EVERY_VALUE])),
    requests: some(requests),
    tokens: some(limit(tokensPerMinute, 'minute')),
    connections: some(limit(connectionsPerSecond, 'second')),
  };
}
