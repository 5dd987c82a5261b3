import { createHash } from 'crypto';
import { GatewayInboundKind } from './gateway-inbound';
import { GatewayTool, ToolRule } from './gateway-tool';
import { CedarCondition } from '../cedar/cedar-condition';
import { CedarPolicy, cedarText, dividedPolicy } from '../cedar/cedar-policy';

/** A policy of the engine: one Cedar statement with its name. */
export interface ToolPolicy {
  readonly name: string;
  readonly statement: string;
  /** Which of the tool's rules it comes from. */
  readonly rule: number;
  readonly description: string;
  /** Whether it says on purpose what AWS's analysis objects to: all callers, or none. */
  readonly deliberatelyBroad: boolean;
}

/** AWS allows 10 KB. */
export const LONGEST_POLICY = 10_000;

/** How long the gateway's ARN may become: it is known only at deployment. */
const GATEWAY_ARN_LENGTH = 140;

const LONGEST_NAME = 48;

/** The policies that one tool's rules come to. `gatewayArn` may be a token. `origin` keeps rules apart that others than the gateway say. */
export function toolPolicies(target: string, tool: GatewayTool, inbound: GatewayInboundKind, gatewayArn: string, origin = ''): ToolPolicy[] {
  return tool._rules.flatMap((rule, index) => {
    const condition = conditionOf(rule);
    const policy: CedarPolicy = {
      effect: rule.access._condition === undefined ? 'forbid' : rule.effect,
      principal: principalOf(inbound),
      action: tool._action,
      gatewayArn,
      condition,
    };
    const pieces = dividedPolicy(policy, (text) => policyLength(text, gatewayArn) <= LONGEST_POLICY);
    return pieces.map((piece, part) => ({
      name: policyName(target, tool.name, piece.effect, `${origin}${index}/${part}`),
      statement: cedarText(piece),
      rule: index,
      description: describe(target, tool, rule, pieces.length > 1 ? ` (${part + 1} of ${pieces.length})` : ''),
      deliberatelyBroad: condition.kind === 'always',
    }));
  });
}

/** Bytes of a policy once deployment has filled in the gateway's ARN. */
export function policyLength(statement: string, gatewayArn: string): number {
  return Buffer.byteLength(statement.split(gatewayArn).join('x'.repeat(GATEWAY_ARN_LENGTH)), 'utf-8');
}

/** Nobody is a forbid, so that a rule for the whole target does not open the tool again. */
function conditionOf({ access, unless }: ToolRule): CedarCondition {
  const condition: CedarCondition = access._condition ?? { kind: 'always' };
  return unless ? { kind: 'not', of: condition } : condition;
}

function principalOf(inbound: GatewayInboundKind): CedarPolicy['principal'] {
  switch (inbound) {
    case GatewayInboundKind.JWT: return 'OAuthUser';
    case GatewayInboundKind.IAM:
    case GatewayInboundKind.AUTHENTICATE_ONLY: return 'IamEntity';
    case GatewayInboundKind.NONE: return undefined;
  }
}

/** Letters, digits and underscores, a letter first; the digits at the end keep two names apart that are cut alike. */
function policyName(target: string, tool: string, effect: string, place: string): string {
  const hash = createHash('sha256').update(JSON.stringify([target, tool, effect, place])).digest('hex').slice(0, 8);
  const words = `${effect}_${target}_${tool === '*' ? 'all' : tool}`.replace(/[^A-Za-z0-9]+/g, '_').slice(0, LONGEST_NAME - hash.length - 1);
  return `${words.replace(/_$/, '')}_${hash}`;
}

function describe(target: string, tool: GatewayTool, { effect, access, unless, reason }: ToolRule, part: string): string {
  const who = `${effect === 'permit' ? '' : unless ? 'refused unless ' : 'refused: '}${access.description}`;
  return `${target} ${tool.name}: ${who}${reason !== undefined ? ` (${reason})` : ''}${part}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);
}
