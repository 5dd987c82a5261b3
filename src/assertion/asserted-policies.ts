import { AccessRight } from './access-right';
import { roleName } from './asserted-roles';
import { AssertionError } from './assertion-error';
import { foreignStatements, knownActions } from '../comparison/aws-managed-policies';
import { Containment, isContained, PolicySet } from '../containment/containment';
import { ExampleRequest } from '../containment/example-request';
import { PolicyStatement } from '../containment/policy-statement';
import { PrincipalPolicies } from '../synthesized/principal-policies';

/** Roles to judge, and what to call them. */
export interface AssertedRoles {
  readonly name: string;
  readonly roles: readonly PrincipalPolicies[];
}

/** Expects that one role of these may do each of the rights. */
export function expectMay({ name, roles }: AssertedRoles, rights: readonly AccessRight[]): void {
  raise(name, rights.flatMap((right) => {
    const outcomes = roles.map((role) => outcome(isContained({ statements: [allow(right)] }, atLeast(role)), {
      found: (example) => `may not ${rightText(right)}: ${requestText(example)} is refused`,
      undecided: (why) => `may ${rightText(right)} or not, which cannot be decided: ${why}`,
    }));
    return outcomes.some((findings) => findings.length === 0) ? [] : outcomes[0];
  }));
}

/** Expects that none of the roles may do any of these, in no context. */
export function expectMayNot({ name, roles }: AssertedRoles, rights: readonly AccessRight[], foreignPolicies: readonly string[]): void {
  raise(name, roles.flatMap((role) => [
    ...rights.flatMap((right) => outcome(isContained(atMost(role), allBut(right)), {
      found: (example) => `may ${rightText(right)}: ${requestText(example)} is allowed${byRole(role, roles)}`,
      undecided: (why) => `may ${rightText(right)} or not, which cannot be decided: ${why}${byRole(role, roles)}`,
    })),
    ...unjudged(role, roles, foreignPolicies),
  ]));
}

/** Expects that the roles together may do all of these, and none of them anything else. */
export function expectMayOnly(asserted: AssertedRoles, rights: readonly AccessRight[], foreignPolicies: readonly string[]): void {
  const { name, roles } = asserted;
  raise(name, roles.flatMap((role) => [
    ...outcome(isContained(atMost({ ...role, foreignPolicies: [] }), { statements: rights.map(allow) }), {
      found: (example) => `may do more: ${requestText(example)} is allowed${byRole(role, roles)}`,
      undecided: (why) => `may do more or not, which cannot be decided: ${why}${byRole(role, roles)}`,
    }),
    ...unjudged({ ...role, foreignPolicies: [] }, roles, []),
    ...role.foreignPolicies.filter((arn) => !isAccepted(arn, foreignPolicies)).map((arn) => unreadText(arn, role, roles)),
  ]));
  expectMay(asserted, rights);
}

const EVERYTHING: PolicyStatement = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] };

/** What a role may do at most: a Deny that may be absent protects nothing. Policies of AWS are in it as far as their text is known. */
function atMost({ statements, boundary, foreignPolicies }: PrincipalPolicies): PolicySet {
  const foreign = foreignPolicies.filter((arn) => knownActions(arn) !== undefined).flatMap(foreignStatements);
  return { statements: [...where(statements, 'Deny'), ...foreign], ...(boundary?.statements !== undefined ? { boundary: where(boundary.statements, 'Deny') } : {}) };
}

/** What it may do for certain: an Allow that may be absent allows nothing, and a boundary that is not known may allow nothing either. */
function atLeast({ statements, boundary }: PrincipalPolicies): PolicySet {
  return {
    statements: where(statements, 'Allow'),
    ...(boundary !== undefined ? { boundary: boundary.statements !== undefined ? where(boundary.statements, 'Allow') : foreignStatements(boundary.arn) } : {}),
  };
}

/** The statements without those of an effect that stand only under a condition of the template. */
function where(placed: PrincipalPolicies['statements'], uncertain: PolicyStatement['effect']): PolicyStatement[] {
  return placed.filter(({ statement, onlyIf }) => statement.effect !== uncertain || onlyIf.length === 0).map(({ statement }) => statement);
}

/** Policies that might allow anything: nobody can say what the role may not do. */
function unjudged(role: PrincipalPolicies, roles: readonly PrincipalPolicies[], accepted: readonly string[]): string[] {
  return [
    ...role.foreignPolicies.filter((arn) => knownActions(arn) === undefined && !isAccepted(arn, accepted)).map((arn) => unreadText(arn, role, roles)),
    ...role.unread.map(({ place, why }) => `has a policy that cannot be read, in ${place.resource.path} ${place.location}: ${why}${byRole(role, roles)}`),
  ];
}

function isAccepted(arn: string, foreignPolicies: readonly string[]): boolean {
  return foreignPolicies.some((accepted) => arn === accepted || arn.endsWith(`:policy/${accepted}`));
}

function unreadText(arn: string, role: PrincipalPolicies, roles: readonly PrincipalPolicies[]): string {
  return `has the policy ${arn}, whose text is not in the app: name it in foreignPolicies to accept it unread${byRole(role, roles)}`;
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
