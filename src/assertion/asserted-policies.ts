import { AccessRight } from './access-right';
import { roleName } from './asserted-roles';
import { AssertionError } from './assertion-error';
import { Containment, isContained, PolicySet } from '../containment/containment';
import { ExampleRequest } from '../containment/example-request';
import { PolicyStatement } from '../containment/policy-statement';
import { PrincipalPolicies } from '../synthesized/app-policies';

/** Roles to judge, and what to call them. */
export interface AssertedRoles {
  readonly name: string;
  readonly roles: readonly PrincipalPolicies[];
}

/** Expects that one role of these may do each of the rights. */
export function expectMay({ name, roles }: AssertedRoles, rights: readonly AccessRight[]): void {
  raise(name, rights.flatMap((right) => {
    const outcomes = roles.map((role) => outcome(isContained({ statements: [allow(right)] }, policySet(role)), {
      found: (example) => `may not ${rightText(right)}: ${requestText(example)} is refused`,
      undecided: (why) => `may ${rightText(right)} or not, which cannot be decided: ${why}`,
    }));
    return outcomes.some((findings) => findings.length === 0) ? [] : outcomes[0];
  }));
}

/** Expects that none of the roles may do any of these, in no context. */
export function expectMayNot({ name, roles }: AssertedRoles, rights: readonly AccessRight[]): void {
  raise(name, roles.flatMap((role) => rights.flatMap((right) => outcome(isContained(policySet(role), allBut(right)), {
    found: (example) => `may ${rightText(right)}: ${requestText(example)} is allowed${byRole(role, roles)}`,
    undecided: (why) => `may ${rightText(right)} or not, which cannot be decided: ${why}${byRole(role, roles)}`,
  }))));
}

/** Expects that the roles together may do all of these, and none of them anything else. */
export function expectMayOnly(asserted: AssertedRoles, rights: readonly AccessRight[], foreignPolicies: readonly string[]): void {
  const { name, roles } = asserted;
  raise(name, roles.flatMap((role) => [
    ...outcome(isContained(policySet(role), { statements: rights.map(allow) }), {
      found: (example) => `may do more: ${requestText(example)} is allowed${byRole(role, roles)}`,
      undecided: (why) => `may do more or not, which cannot be decided: ${why}${byRole(role, roles)}`,
    }),
    ...role.foreignPolicies
      .filter((arn) => !foreignPolicies.some((accepted) => arn === accepted || arn.endsWith(`:policy/${accepted}`)))
      .map((arn) => `has the policy ${arn}, whose text is not in the app: name it in foreignPolicies to accept it unread${byRole(role, roles)}`),
  ]));
  expectMay(asserted, rights);
}

const EVERYTHING: PolicyStatement = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] };

/** A Deny that may be absent protects nothing. */
function policySet({ statements, boundary }: PrincipalPolicies): PolicySet {
  const certain = (placed: PrincipalPolicies['statements']) =>
    placed.filter(({ statement, onlyIf }) => statement.effect === 'Allow' || onlyIf.length === 0).map(({ statement }) => statement);
  return { statements: certain(statements), ...(boundary?.statements !== undefined ? { boundary: certain(boundary.statements) } : {}) };
}

function allBut(right: AccessRight): PolicySet {
  return { statements: [EVERYTHING, { ...allow(right), effect: 'Deny' }] };
}

function byRole(role: PrincipalPolicies, roles: readonly PrincipalPolicies[]): string {
  return roles.length === 1 ? '' : ` to role ${roleName(role)}`;
}

function allow({ actions, resources = ['*'], conditions = [] }: AccessRight): PolicyStatement {
  return { effect: 'Allow', actions, resources, conditions: conditions.map(({ conditionOperator: operator, key, values }) => ({ operator, key, values })) };
}

interface Words {
  readonly found: (example: ExampleRequest) => string;
  readonly undecided: (why: string) => string;
}

function outcome(containment: Containment, words: Words): string[] {
  switch (containment.verdict) {
    case 'contained': return [];
    case 'not contained': return [words.found(containment.example)];
    default: return [words.undecided(containment.why)];
  }
}

function rightText({ actions, resources = ['*'], conditions = [] }: AccessRight): string {
  return `${actions.join(', ')} on ${resources.join(', ')}${conditions.map(({ conditionOperator, key, values }) => ` if ${conditionOperator} ${key}: ${values.join(' or ')}`).join('')}`;
}

function requestText({ action, resource, context, without }: ExampleRequest): string {
  const keys = Object.entries(context).map(([key, value]) => `${key} ${[value].flat().join(' and ')}`);
  const words = [...keys, ...without.map((key) => `no ${key}`)];
  return `${action} on ${resource}${words.length === 0 ? '' : ` with ${words.join(', ')}`}`;
}

function raise(who: string, findings: readonly string[]): void {
  if (findings.length > 0) {
    throw new AssertionError([...new Set(findings)].map((finding) => `${who} ${finding}`).join('\n'));
  }
}
