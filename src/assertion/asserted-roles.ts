import type { AccessModel, AgentAccess, PartAccess } from '../review/access-model';
import { appPolicies } from '../synthesized/app-policies';
import { PrincipalPolicies } from '../synthesized/principal-policies';
import { SynthesizedApp } from '../synthesized/synthesized-app';
import { UnreadableAppError } from '../synthesized/unreadable-app-error';

/** An agent by its construct path, the end of it, or the name of its identity. */
export function agentNamed(app: SynthesizedApp, name: string): AgentAccess {
  const agents = (app.access as AccessModel | undefined)?.agents ?? [];
  const exact = agents.filter(({ path, identity }) => path === name || identity.name === name);
  const found = exact.length > 0 ? exact : agents.filter(({ path }) => path.endsWith(`/${name}`));
  if (found.length !== 1) {
    throw new UnreadableAppError(
      'AccessAssertions/Agent',
      `${found.length === 0 ? `The app has no agent ${name}` : `Several agents of the app end in ${name}`}; allowed: ${listed((found.length === 0 ? agents : found).map(({ path }) => path))}`,
      'Give the construct path of the agent, or the name of its workload identity',
    );
  }
  return found[0];
}

/** The role of a part, with its policies. */
export interface PartRole {
  readonly part: PartAccess;
  readonly role: PrincipalPolicies;
}

/** The roles of an agent, or of one of its parts. */
export function rolesOfAgent(app: SynthesizedApp, agent: AgentAccess, partName?: string): PartRole[] {
  return partsOf(agent, partName).map((part) => {
    const [role, ...others] = rolesAt(app, part.role);
    if (role === undefined || others.length > 0) {
      throw new UnreadableAppError(
        'AccessAssertions/Agent',
        `No policy of the app is attached to the role ${part.role} of part ${part.name} of agent ${agent.path}, so there is nothing to judge`,
        'Where the role is managed elsewhere, judge the policy that its owner attaches: it is in the access report',
      );
    }
    return { part, role };
  });
}

/** A role by its construct path or name. */
export function roleAt(app: SynthesizedApp, role: string): PrincipalPolicies {
  const [found, ...others] = typeof role === 'string' ? rolesAt(app, role) : [];
  if (found === undefined || others.length > 0) {
    throw new UnreadableAppError(
      'AccessAssertions/Role',
      `${found === undefined ? `No role ${role} has a policy in the app` : `Several roles are called ${role}`}; allowed: ${listed(rolesOf(app).map(roleName))}`,
      'Give the construct path of the role, such as MyStack/Function/ServiceRole',
    );
  }
  return found;
}

/** What a role is called: its construct path if it is made in the app, or its name. */
export function roleName({ resource, name }: PrincipalPolicies): string {
  return resource?.path.replace(/\/Resource$/, '') ?? name;
}

function partsOf(agent: AgentAccess, partName: string | undefined): readonly PartAccess[] {
  const parts = agent.parts.filter(({ name }) => partName === undefined || name === partName);
  if (parts.length === 0) {
    throw new UnreadableAppError(
      'AccessAssertions/Agent',
      `The agent ${agent.path} has no part ${partName}; allowed: ${listed(agent.parts.map(({ name }) => name))}`,
      'Give the name of one of its parts',
    );
  }
  return parts;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

function rolesAt(app: SynthesizedApp, role: string): PrincipalPolicies[] {
  const name = role.startsWith('arn:') ? role.split('/').pop()! : role;
  return rolesOf(app).filter((each) => each.resource?.path === role || each.resource?.path === `${role}/Resource` || each.arn === role || each.name === name);
}

function rolesOf(app: SynthesizedApp): PrincipalPolicies[] {
  return appPolicies(app).principals.filter(({ kind }) => kind === 'role');
}
