import { aws_iam as iam } from 'aws-cdk-lib';
import type { Agent } from './agent';
import type { AgentPart } from './agent-part';
import { l1Role, nameOf, sameRoleAs } from './role-key';
import { Ledger } from '../declaration/ledger';

/** A part of some agent, and what its role is known by. */
interface PlacedPart {
  readonly agent: Agent;
  readonly part: AgentPart;
}

/** The parts of all agents by role, so that not every part has to be compared with every other. */
class RoleIndex {
  /** The L1s with the names that they had. */
  private readonly given: readonly (readonly [l1: iam.CfnRole, name: string | undefined])[];
  private readonly found = new Map<unknown, PlacedPart[]>();

  constructor(agents: readonly Agent[]) {
    const entries = agents.flatMap((agent) => agent.parts.map((part) => ({ agent, part, l1: l1Role(part.host.iamRole) })));
    this.given = entries.flatMap(({ l1 }) => (l1 === undefined ? [] : [[l1, l1.roleName] as const]));
    for (const entry of entries) {
      const role = entry.part.host.iamRole;
      const name = nameOf(role, entry.l1);
      for (const key of [entry.l1 ?? role, ...(name !== undefined ? [name] : [])]) {
        const some = this.found.get(key) ?? [];
        this.found.set(key, some);
        some.push(entry);
      }
    }
  }

  /** Whoever has the L1 of a role may still rename it. */
  public get isCurrent(): boolean {
    for (const [l1, name] of this.given) {
      if (l1.roleName !== name) {
        return false;
      }
    }
    return true;
  }

  public withRole(role: iam.IRoleRef): PlacedPart[] {
    const l1 = l1Role(role);
    const name = nameOf(role, l1);
    const some = new Set([...this.found.get(l1 ?? role) ?? [], ...(name === undefined ? [] : this.found.get(name) ?? [])]);
    const isSame = sameRoleAs(role);
    return [...some].filter(({ part }) => isSame(part.host.iamRole));
  }
}

/** The other agents that have a part with this role, by their paths. */
export function otherAgentsWithRole(agent: Agent, role: iam.IRoleRef): Agent[] {
  const found = new Set(partsWithRole(Ledger.of(agent), role).map(({ agent: other }) => other));
  return Ledger.of(agent).agents.filter((other) => other !== agent && found.has(other));
}

/** The parts that have this role. */
export function partsWithRole(ledger: Ledger, role: iam.IRoleRef): readonly PlacedPart[] {
  const index = () => ledger.remember('roles', () => new RoleIndex(ledger.agents));
  if (!index().isCurrent) {
    ledger.changed();
  }
  return index().withRole(role);
}
