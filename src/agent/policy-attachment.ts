import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Agent } from './agent';
import { AgentHost } from './agent-host';
import { estimatedLengthIn } from './estimated-length';
import { expectedLengthIn } from './expected-length';
import type { ResolvedAgent } from './resolution';
import { isMadeInApp, l1Role } from './role-key';
import { RolePolicy } from './role-policy';
import { MOST_MANAGED_POLICIES, RoleSpace, spaceOf } from './role-space';
import { writtenDocument } from './written-document';
import { declarePolicy } from '../declaration/declared-policy';
import { declareProperties } from '../declaration/declared-properties';
import { derivedName } from '../declaration/derived-name';
import { refuse } from '../declaration/problems';
import { documentLength, policyDocuments } from '../permission/policy-documents';
import { Statement, statementJson } from '../permission/statement';

/** What fits in a document beside its frame. */
const LONGEST_STATEMENT = 6100;

/** IAM's limit for the name of a policy. */
const LONGEST_POLICY_NAME = 128;

const POLICY_FIX = 'Declare what is to be allowed: may() on an agent, invokedBy() and commandsRunBy() for what sets it to work; what is to be allowed no more, declare no longer, or suspend it. '
  + 'What else the role does, allow it in a policy of your own, and let overrides and aspects spare this one.';

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

/** What a policy is attached to: a part of the agent, something that invokes it, or a page of a gateway. */
interface RoleUser {
  readonly name: string;
  readonly host: AgentHost;
  /** Who checks that the policy stays as it is, unless it is the agent. */
  readonly owner?: Construct;
  /** How errors speak of it, unless it belongs to an agent: the area of their codes, what it is, and what can be divided. */
  readonly words?: { readonly area: string; readonly part: string; readonly whole: string };
}

const OF_AGENT = { area: 'Agent', part: 'part', whole: 'agent' };

/** Writes statements onto the role of a part of an agent, of a front end, or of a page. */
export function attachPart(user: Construct, part: RoleUser, statements: readonly Statement[]): void {
  const scope = policyScope(user, part);
  const stack = Stack.of(scope);
  const lengths = new Map<Statement, number>();
  const length = (statement: Statement) => {
    const known = lengths.get(statement) ?? estimatedLengthIn(stack, statementJson(statement));
    lengths.set(statement, known);
    return known;
  };
  const documents = policyDocuments(statements, length);
  expectDivisible(user, part, documents.flat().filter((statement) => length(statement) > LONGEST_STATEMENT));
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
  const words = part.words ?? OF_AGENT;
  if (!policy.isOnRole) {
    refuse({
      code: `${words.area}/RoleImmutable`,
      what: `nothing can be attached to the role of ${words.part} ${part.name}: it was imported as immutable, or belongs to another account`,
      received: part.host.iamRole.node.path,
      fix: 'Import it as mutable, or write AgentHost.roleManagedElsewhere(role, { reason }): the access report then holds the policy for the role\'s owner to attach.',
    }, user.node.path);
  }
  const owner = part.owner ?? user;
  if (!fits) {
    // It only told that the role takes policies.
    scope.node.tryRemoveChild('Access');
  } else if (documents.length > 0) {
    declarePolicy(owner, policy, POLICY_FIX);
  }
  expectRoom(user, part, space, more.length);
  more.forEach((document, index) => {
    const managed = new iam.ManagedPolicy(scope, `Access${index + (fits ? 2 : 1)}`, { document, description: `Access of ${words.whole} ${user.node.path}, continued` });
    role.addManagedPolicy(managed);
    declarePolicy(owner, managed, POLICY_FIX);
  });
  const l1 = l1Role(part.host.iamRole);
  if (more.length > 0 && l1 !== undefined) {
    declareProperties(owner, l1, { managedPolicyArns: l1.managedPolicyArns });
  }
}

/** A role carries so many managed policies, whoever of this app wrote them. */
function expectRoom(user: Construct, part: RoleUser, space: RoleSpace, count: number): void {
  const words = part.words ?? OF_AGENT;
  const before = space.managed;
  space.managed += count;
  if (count === 0 || space.managed <= MOST_MANAGED_POLICIES) {
    return;
  }
  refuse({
    code: `${words.area}/PolicyTooLarge`,
    what: before === 0
      ? `the access of ${words.part} ${part.name} needs ${count} managed policies beside the inline one`
      : `the access of ${words.part} ${part.name} needs ${count} managed policies on a role on which other agents have written ${before}`,
    received: space.managed,
    allowed: `at most ${MOST_MANAGED_POLICIES}; a role carries 10`,
    fix: before === 0
      ? `Divide the ${words.whole}: so many providers in one role are too much for one ${words.whole}, too.`
      : 'Divide the agents among several roles: a front end or a return page for so many of them is too much for one role, too.',
  }, user.node.path);
}

/** Conditions cannot be divided as resources can: a statement that is too long for a policy has too many of them. */
function expectDivisible(user: Construct, part: RoleUser, tooLong: readonly Statement[]): void {
  if (tooLong.length > 0) {
    const words = part.words ?? OF_AGENT;
    refuse({
      code: `${words.area}/PolicyTooLarge`,
      what: `a single statement of ${words.part} ${part.name} is longer than a policy may be, because of its conditions`,
      received: tooLong.map(({ sid }) => sid),
      allowed: `${LONGEST_STATEMENT} characters`,
      fix: `Give fewer audiences, clients, scopes, subjects or user ids, or divide the ${words.whole}.`,
    }, user.node.path);
  }
}

/**
 * Under the agent; in the role's stack where that is another one of the app, so that no name has to be exported. Never under the
 * role: whatever depends on the role would depend on the policy, and the policy may name what depends on the role.
 */
function policyScope(user: Construct, part: RoleUser): Construct {
  const role = part.host.iamRole;
  return isMadeInApp(role) && Stack.of(role) !== Stack.of(user)
    ? new Construct(Stack.of(role), `${user.node.id}-${user.node.addr.slice(-8)}-${part.name}`)
    : new Construct(user, part.name);
}

/** The role as CDK changes it. An L1, or a bare reference, is addressed by its name. */
function mutable(scope: Construct, part: RoleUser): iam.IRole {
  const role = part.host.iamRole as iam.IRoleRef & Partial<iam.IRole>;
  return role.attachInlinePolicy !== undefined ? role as iam.IRole : iam.Role.fromRoleName(scope, 'Role', role.roleRef.roleName);
}
