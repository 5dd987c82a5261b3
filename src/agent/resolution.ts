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
import { Rights } from '../permission/rights';
import { Statement } from '../permission/statement';
import { statementsFor } from '../permission/statements';
import { AgentAccess } from '../review/access-model';

/** A part with what its role is to be allowed, and the statements that it needs for this. */
export interface ResolvedPart {
  readonly part: AgentPart;
  readonly rights: Rights;
  readonly statements: readonly Statement[];
}

/** An agent with everything that follows from its declaration, each when somebody asks for it: no reader needs all of it. */
export class ResolvedAgent {
  private foundProblems?: Problems;
  private resolvedParts?: readonly ResolvedPart[];

  constructor(private readonly agent: Agent) {}

  public get problems(): Problems {
    return this.foundProblems ??= problemsOf(this.agent);
  }

  public get parts(): readonly ResolvedPart[] {
    return this.resolvedParts ??= this.agent.parts.map((part) => {
      const rights = rightsOf(this.agent, part);
      return { part, rights, statements: statementsFor(rights) };
    });
  }

  public get access(): AgentAccess {
    return accessEntry(this.agent, this.parts);
  }
}

/**
 * From what an agent declares to what it gets: the statements of each part, the agent's entry in the access model, and the
 * problems that only show when everything is declared. Changes nothing, so it may run at any time.
 */
export function resolveAgent(agent: Agent): ResolvedAgent {
  return new ResolvedAgent(agent);
}

function problemsOf(agent: Agent): Problems {
  const ledger = Ledger.of(agent);
  const problems = new Problems(agent.node.path);
  capabilityRules(problems, agent, ledger);
  partRules(problems, agent, ledger);
  authorizerRules(problems, agent);
  frontEndRules(problems, agent);
  return problems;
}
