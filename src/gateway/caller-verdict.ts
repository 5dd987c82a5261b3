import type { GatewayTool } from './gateway-tool';
import { CedarCondition } from '../cedar/cedar-condition';

/** What is known of a caller at synthesis. What is left out is not known. */
export interface KnownCaller {
  /** All scopes of its tokens. */
  readonly scopes?: readonly string[];
  /** Its assumed-role ARN. */
  readonly role?: string;
}

/** Whether a condition holds, as far as that is known. */
export type Verdict = 'yes' | 'no' | 'maybe';

/** Whether a caller fulfils a condition of a tool. */
export function verdictOf(condition: CedarCondition, caller: KnownCaller): Verdict {
  switch (condition.kind) {
    case 'always': return 'yes';
    case 'claim': return condition.claim !== 'scope' || caller.scopes === undefined ? 'maybe' : caller.scopes.includes(condition.value) ? 'yes' : 'no';
    case 'principal': return condition.type !== 'IamEntity' || caller.role === undefined ? 'maybe' : condition.id === caller.role ? 'yes' : 'no';
    case 'input': return 'maybe';
    case 'not': return ({ yes: 'no', no: 'yes', maybe: 'maybe' } as const)[verdictOf(condition.of, caller)];
    case 'all': return strongest(condition.of, caller, 'no', 'yes');
    case 'any': return strongest(condition.of, caller, 'yes', 'no');
  }
}

/**
 * Why the rules of a tool, and those of all tools of its target, never let this caller in; nothing if they may. Where none permits,
 * agents that declare the tool are let in, unless it is forbidden.
 */
export function whyRefused(tools: readonly GatewayTool[], caller: KnownCaller): string | undefined {
  const rules = tools.flatMap(({ _rules }) => _rules);
  const shut = rules.find(({ effect, access, unless }) => (access._condition === undefined
    || (effect === 'forbid' && verdictOf(unless ? { kind: 'not', of: access._condition } : access._condition, caller) === 'yes')));
  if (shut !== undefined) {
    return shut.access._condition === undefined ? 'nobody may call it' : `it is forbidden: ${shut.unless ? 'all but ' : ''}${shut.access.description}`;
  }
  const permits = rules.filter(({ effect }) => effect === 'permit');
  return permits.length === 0 || permits.some(({ access }) => verdictOf(access._condition!, caller) !== 'no') ? undefined
    : `it needs ${permits.map(({ access }) => access.description).join(', or ')}`;
}

function strongest(conditions: readonly CedarCondition[], caller: KnownCaller, decides: Verdict, otherwise: Verdict): Verdict {
  const verdicts = conditions.map((each) => verdictOf(each, caller));
  return verdicts.includes(decides) ? decides : verdicts.includes('maybe') ? 'maybe' : otherwise;
}
