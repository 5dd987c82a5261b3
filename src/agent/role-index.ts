import { aws_iam as iam } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Agent } from './agent';
import type { AgentPart } from './agent-part';
import { finalName, roleKey, sameRoleAs } from './role-key';
import { Ledger } from '../declaration/ledger';

/** A part of some agent, and what its role is known by. */
interface PlacedPart {
  readonly agent: Agent;
  readonly part: AgentPart;
}

/** A role that a construct of this library made for itself. */
interface ServiceRole {
  /** What it is the role of, in words: `gateway Sales/Tools`. */
  readonly of: string;
  readonly role: iam.IRoleRef;
}

/** The parts of all agents by role, so that not every part has to be compared with every other. */
class RoleIndex {
  /** The L1s with the names that they had. */
  private readonly given = new Map<iam.CfnRole, string | undefined>();
  private readonly parts: ByRole<PlacedPart>;
  private readonly services: ByRole<ServiceRole>;
  private readonly pages: ByRole<ServiceRole>;
  private readonly asked = new Set<IConstruct>();

  constructor(ledger: Ledger) {
    const parts = ledger.agents.flatMap((agent) => agent.parts.map((part) => ({ agent, part })));
    const services: ServiceRole[] = ledger.gateways.flatMap(({ node, role, _portal: portal }) => [
      { of: `gateway ${node.path}`, role }, ...(portal !== undefined ? [{ of: `consent portal ${portal.node.path}`, role: portal.role }] : []),
    ]);
    this.parts = new ByRole(parts, ({ part }) => part.host.iamRole);
    this.services = new ByRole(services, ({ role }) => role);
    const pages = ledger.gateways.flatMap((gateway) => gateway._returnPages.map((page) => ({ of: pageWords(gateway, page), role: page.host.iamRole })));
    this.pages = new ByRole(pages, ({ role }) => role);
    for (const role of [...parts.map(({ part }) => part.host.iamRole), ...[...services, ...pages].map(({ role: each }) => each)]) {
      const { home } = roleKey(role);
      if (iam.CfnRole.isCfnRole(home)) {
        this.given.set(home, finalName(home));
      }
    }
  }

  /**
   * Whether the roles still have their names: whoever has an L1 may rename it. Agents and gateways ask in turns, when the policies are written and
   * when the app is validated, so looking once for each turn is enough.
   */
  public isCurrentFor(asking: IConstruct): boolean {
    if (this.asked.size > 0 && !this.asked.has(asking)) {
      this.asked.add(asking);
      return true;
    }
    this.asked.clear();
    this.asked.add(asking);
    for (const [l1, name] of this.given) {
      if (finalName(l1) !== name) {
        return false;
      }
    }
    return true;
  }

  public partsWith(role: iam.IRoleRef): PlacedPart[] {
    return this.parts.with(role);
  }

  public serviceWith(role: iam.IRoleRef): ServiceRole | undefined {
    return this.services.with(role)[0];
  }

  public pagesWith(role: iam.IRoleRef): ServiceRole[] {
    return this.pages.with(role);
  }
}

/** Things with a role, found by it. */
class ByRole<T> {
  private readonly found = new Map<unknown, T[]>();

  constructor(entries: readonly T[], private readonly roleOf: (entry: T) => iam.IRoleRef) {
    for (const entry of entries) {
      const { home, name } = roleKey(roleOf(entry));
      for (const key of [home, ...(name !== undefined ? [name] : [])]) {
        const some = this.found.get(key) ?? [];
        this.found.set(key, some);
        some.push(entry);
      }
    }
  }

  public with(role: iam.IRoleRef): T[] {
    const { home, name } = roleKey(role);
    const some = new Set([...this.found.get(home) ?? [], ...(name === undefined ? [] : this.found.get(name) ?? [])]);
    const isSame = sameRoleAs(role);
    return [...some].filter((entry) => isSame(this.roleOf(entry)));
  }
}

function indexOf(ledger: Ledger): RoleIndex {
  return ledger.remember('roles', () => new RoleIndex(ledger));
}

/** The other agents that have a part with this role, by their paths. */
export function otherAgentsWithRole(agent: Agent, role: iam.IRoleRef): Agent[] {
  const found = new Set(partsWithRole(Ledger.of(agent), role).map(({ agent: other }) => other));
  found.delete(agent);
  return [...found].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
}

/** The parts that have this role. */
export function partsWithRole(ledger: Ledger, role: iam.IRoleRef): readonly PlacedPart[] {
  return indexOf(ledger).partsWith(role);
}

/** What of this library made the role for itself, if anything did: `gateway Sales/Tools`. */
export function serviceWithRole(ledger: Ledger, role: iam.IRoleRef): string | undefined {
  return indexOf(ledger).serviceWith(role)?.of;
}

/** The return pages of gateways that have this role: `return page Consent of gateway Sales/Tools`. */
export function pagesWithRole(ledger: Ledger, role: iam.IRoleRef): string[] {
  return indexOf(ledger).pagesWith(role).map(({ of }) => of);
}

/** A return page of a gateway in words. */
export function pageWords(gateway: IConstruct, { name }: AgentPart): string {
  return `return page ${name} of gateway ${gateway.node.path}`;
}

/** Forgets what was found when a role has another name by now. To be called before the rules of an agent, or of a gateway. */
export function noticeRenamedRoles(ledger: Ledger, asking: IConstruct): void {
  if (!indexOf(ledger).isCurrentFor(asking)) {
    ledger.changed();
  }
}
