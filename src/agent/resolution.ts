import { accessEntry } from './access-entry';
import type { Agent } from './agent';
import { AgentPart } from './agent-part';
import { capabilityRules } from './capability-rules';
import { rightsOf } from './part-rights';
import { partRules } from './part-rules';
import { authorizerRules } from './runtime-authorizer';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { frontEndRules } from '../front-end/front-end-rules';
import { Statement } from '../permission/statement';
import { statementsFor } from '../permission/statements';
import { AgentAccess } from '../review/access-model';

/** A part with the statements that its role needs. */
export interface ResolvedPart {
  readonly part: AgentPart;
  readonly statements: readonly Statement[];
}

/** An agent with everything that follows from its declaration. */
export interface ResolvedAgent {
  readonly access: AgentAccess;
  readonly parts: readonly ResolvedPart[];
  readonly problems: Problems;
}

/**
 * From what an agent declares to what it gets: the statements of each part, the agent's entry in the access model, and the
 * problems that only show when everything is declared. Changes nothing, so it may run at any time.
 */
export function resolveAgent(agent: Agent): ResolvedAgent {
  const ledger = Ledger.of(agent);
  const problems = new Problems(agent.node.path);
  capabilityRules(problems, agent, ledger);
  partRules(problems, agent, ledger);
  authorizerRules(problems, agent);
  frontEndRules(problems, agent);
  const parts = agent.parts.map((part) => ({ part, statements: statementsFor(rightsOf(agent, part)) }));
  return { parts, problems, access: accessEntry(agent, parts) };
}
