import { alternativesOf, CedarCondition, cedarExpression } from './cedar-condition';
import { cedarString } from './cedar-text';

/** One rule of a gateway as plain data. */
export interface CedarPolicy {
  readonly effect: 'permit' | 'forbid';
  /** Who calls: users with a token, IAM roles, or whoever where the gateway asks nobody. */
  readonly principal?: 'OAuthUser' | 'IamEntity';
  readonly action: CedarActionScope;
  readonly gatewayArn: string;
  readonly condition: CedarCondition;
}

/** One action, or all of a target. */
export interface CedarActionScope {
  readonly id: string;
  readonly group: boolean;
}

/** The name of the Cedar action for a tool of a target. Three underscores, which no target's name can hold. */
export function toolAction(target: string, tool: string): CedarActionScope {
  return { id: `${target}___${tool}`, group: false };
}

/** The name of the Cedar action group that holds all actions of a target. */
export function targetActions(target: string): CedarActionScope {
  return { id: target, group: true };
}

/** The policy as Cedar source: one statement, as AgentCore wants it. */
export function cedarText({ effect, principal, action, gatewayArn, condition }: CedarPolicy): string {
  const head = [
    principal !== undefined ? `principal is AgentCore::${principal}` : 'principal',
    `action ${action.group ? 'in' : '=='} AgentCore::Action::${cedarString(action.id)}`,
    `resource == AgentCore::Gateway::${cedarString(gatewayArn)}`,
  ];
  const body = condition.kind === 'always' ? '' : ` when {\n  ${cedarExpression(condition)}\n}`;
  return `${effect}(\n  ${head.join(',\n  ')}\n)${body};`;
}

/**
 * Divides a policy whose text is too long into several that together say the same: each holds for some of the alternatives.
 * A policy without alternatives stays as it is, too long or not.
 */
export function dividedPolicy(policy: CedarPolicy, fits: (text: string) => boolean): CedarPolicy[] {
  if (fits(cedarText(policy))) {
    return [policy];
  }
  const pieces: CedarCondition[][] = [];
  const withCondition = (of: readonly CedarCondition[]): CedarPolicy => ({ ...policy, condition: of.length === 1 ? of[0] : { kind: 'any', of } });
  for (const alternative of alternativesOf(policy.condition)) {
    const current = pieces[pieces.length - 1];
    if (current !== undefined && fits(cedarText(withCondition([...current, alternative])))) {
      current.push(alternative);
    } else {
      pieces.push([alternative]);
    }
  }
  return pieces.map(withCondition);
}
