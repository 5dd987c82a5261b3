import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Agent } from './agent';
import { AgentHost } from './agent-host';
import { estimatedLengthIn } from './estimated-length';
import { expectedLengthIn } from './expected-length';
import type { ResolvedAgent } from './resolution';
import { isMadeInApp } from './role-key';
import { RolePolicy } from './role-policy';
import { MOST_MANAGED_POLICIES, RoleSpace, spaceOf } from './role-space';
import { writtenDocument } from './written-document';
import { derivedName } from '../declaration/derived-name';
import { refuse } from '../declaration/problems';
import { documentLength, policyDocuments } from '../permission/policy-documents';
import { Statement, statementJson } from '../permission/statement';

/** What fits in a document beside its frame. */
const LONGEST_STATEMENT = 6100;

/** IAM's limit for the name of a policy. */
const LONGEST_POLICY_NAME = 128;

/** Writes the policies of each part onto its role. A part that has problems, or whose role is managed elsewhere, gets none. */
export function attachPolicies(agent: Agent, resolved: ResolvedAgent): void {
  if (resolved.problems.any) {
    return;
  }
  for (const { part, statements } of resolved.parts) {
    if (part.host.managedElsewhereReason === undefined) {
      attachPart(agent, part, statements);
    }
  }
}

/** What a policy is attached to: a part of the agent, or something that invokes it. */
interface RoleUser {
  readonly name: string;
  readonly host: AgentHost;
}

/** Writes statements onto the role of a part, or of a front end. */
export function attachPart(agent: Agent, part: RoleUser, statements: readonly Statement[]): void {
  const scope = policyScope(agent, part);
  const stack = Stack.of(scope);
  const lengths = new Map<Statement, number>();
  const length = (statement: Statement) => {
    const known = lengths.get(statement) ?? estimatedLengthIn(stack, statementJson(statement));
    lengths.set(statement, known);
    return known;
  };
  const documents = policyDocuments(statements, length);
  expectDivisible(agent, part, documents.flat().filter((statement) => length(statement) > LONGEST_STATEMENT));
  const space = spaceOf(part.host.iamRole);
  const fits = documents.length === 0 || space.takesInline({
    atMost: documentLength(documents[0], length),
    closer: () => documentLength(documents[0], (statement) => expectedLengthIn(stack, statementJson(statement))),
  });
  const [inline, ...more] = [...(fits ? [] : [[]]), ...documents].map((document) => writtenDocument(stack, document));
  const role = mutable(scope, part);
  const policy = new RolePolicy(scope, 'Access', {
    document: inline,
    // An imported role may carry policies of several stacks, in which equal paths would give equal names.
    policyName: isMadeInApp(part.host.iamRole) ? undefined : derivedName(scope, LONGEST_POLICY_NAME),
  });
  role.attachInlinePolicy(policy);
  if (!policy.isOnRole) {
    refuse({
      code: 'Agent/RoleImmutable',
      what: `nothing can be attached to the role of part ${part.name}: it was imported as immutable, or belongs to another account`,
      received: part.host.iamRole.node.path,
      fix: 'Import it as mutable, or write AgentHost.roleManagedElsewhere(role, { reason }): the access report then holds the policy for the role\'s owner to attach.',
    }, agent.node.path);
  }
  if (!fits) {
    // It only told that the role takes policies.
    scope.node.tryRemoveChild('Access');
  }
  expectRoom(agent, part, space, more.length);
  more.forEach((document, index) => {
    role.addManagedPolicy(new iam.ManagedPolicy(scope, `Access${index + (fits ? 2 : 1)}`, { document, description: `Access of agent ${agent.node.path}, continued` }));
  });
}

/** A role carries so many managed policies, whoever of this app wrote them. */
function expectRoom(agent: Agent, part: RoleUser, space: RoleSpace, count: number): void {
  const before = space.managed;
  space.managed += count;
  if (count === 0 || space.managed <= MOST_MANAGED_POLICIES) {
    return;
  }
  refuse({
    code: 'Agent/PolicyTooLarge',
    what: before === 0
      ? `the access of part ${part.name} needs ${count} managed policies beside the inline one`
      : `the access of part ${part.name} needs ${count} managed policies on a role on which other agents have written ${before}`,
    received: space.managed,
    allowed: `at most ${MOST_MANAGED_POLICIES}; a role carries 10`,
    fix: before === 0
      ? 'Divide the agent: so many providers in one role are too much for one agent, too.'
      : 'Divide the agents among several roles: a front end or a return page for so many of them is too much for one role, too.',
  }, agent.node.path);
}

/** Conditions cannot be divided as resources can: a statement that is too long for a policy has too many of them. */
function expectDivisible(agent: Agent, part: RoleUser, tooLong: readonly Statement[]): void {
  if (tooLong.length > 0) {
    refuse({
      code: 'Agent/PolicyTooLarge',
      what: `a single statement of part ${part.name} is longer than a policy may be, because of its conditions`,
      received: tooLong.map(({ sid }) => sid),
      allowed: `${LONGEST_STATEMENT} characters`,
      fix: 'Give fewer audiences, clients, scopes, subjects or user ids, or divide the agent.',
    }, agent.node.path);
  }
}

/**
 * Under the agent; in the role's stack where that is another one of the app, so that no name has to be exported. Never under the
 * role: whatever depends on the role would depend on the policy, and the policy may name what depends on the role.
 */
function policyScope(agent: Agent, part: RoleUser): Construct {
  const role = part.host.iamRole;
  return isMadeInApp(role) && Stack.of(role) !== Stack.of(agent)
    ? new Construct(Stack.of(role), `${agent.node.id}-${agent.node.addr.slice(-8)}-${part.name}`)
    : new Construct(agent, part.name);
}

/** The role as CDK changes it. An L1, or a bare reference, is addressed by its name. */
function mutable(scope: Construct, part: RoleUser): iam.IRole {
  const role = part.host.iamRole as iam.IRoleRef & Partial<iam.IRole>;
  return role.attachInlinePolicy !== undefined ? role as iam.IRole : iam.Role.fromRoleName(scope, 'Role', role.roleRef.roleName);
}
