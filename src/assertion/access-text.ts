import { AccessRule, accessRules } from './access-rules';
import { roleName } from './asserted-roles';
import { appPolicies } from '../synthesized/app-policies';
import { PlacedStatement } from '../synthesized/policy-document';
import { PrincipalPolicies } from '../synthesized/principal-policies';
import { ResourcePolicy } from '../synthesized/resource-policies';
import { SynthesizedApp } from '../synthesized/synthesized-app';

/** How the access in some of an app's stacks is written out. */
export interface AccessTextOptions {
  /** Construct paths of the stacks; those below them count too. Absent: all. */
  readonly stacks?: readonly string[];
}

/**
 * The IAM of an app as lines to read and to compare: one block per role, user, group and resource policy, sorted by name, without
 * logical ids, Sids, or traces of how statements are divided.
 */
export function accessText(app: SynthesizedApp, { stacks }: AccessTextOptions = {}): string {
  const { principals, resourcePolicies, unread } = appPolicies(app);
  const isAsked = (path: string) => stacks === undefined || stacks.some((stack) => path === stack || path.startsWith(`${stack}/`));
  const here = (statements: readonly PlacedStatement[]) => statements.filter(({ place }) => isAsked(place.resource.stack.path));
  const blocks = [
    ...principals.map((principal) => principalBlock({ ...principal, statements: here(principal.statements), trust: here(principal.trust) })),
    ...resourcePolicies.map((policy) => resourceBlock({ ...policy, statements: here(policy.statements) })),
    ...unread.filter(({ place }) => isAsked(place.resource.stack.path))
      .map(({ place, why }) => [`NOT READ: ${place.resource.path} ${place.location}: ${why}`]),
  ].filter((lines) => lines.length > 0);
  return blocks.map((lines) => `${lines.join('\n')}\n`).sort().join('\n');
}

function principalBlock(principal: PrincipalPolicies): string[] {
  const { kind, statements, trust, foreignPolicies, boundary } = principal;
  const lines = [
    ...accessRules(trust).flatMap((rule) => ruleLines(rule, rule.effect === 'Allow' ? 'may be assumed' : 'MAY NOT be assumed')),
    ...(statements.length > 0 || trust.length > 0 ? foreignPolicies.map((arn) => `  has the policy ${arn}`).sort() : []),
    ...(boundary === undefined || statements.length + trust.length === 0 ? [] : [`  within the boundary ${boundary.arn}`]),
    ...accessRules(statements).flatMap((rule) => ruleLines(rule)),
  ];
  return lines.length === 0 ? [] : [`${kind} ${roleName(principal)}`, ...lines];
}

function resourceBlock({ protects, type, statements }: ResourcePolicy): string[] {
  const [holder] = statements;
  const name = protects.length > 0 ? protects.join(', ') : holder?.place.resource.path;
  return holder === undefined ? [] : [`policy of ${type} ${name}`, ...accessRules(statements).flatMap((rule) => ruleLines(rule))];
}

function ruleLines(rule: AccessRule, verb: string = rule.effect === 'Allow' ? 'allow' : 'DENY'): string[] {
  const listed = (word: string, values: readonly string[], indent = '    ') =>
    values.map((value, index) => `${indent}${index === 0 ? word : ' '.repeat(word.length)} ${value}`);
  const isAssumed = verb.includes('assumed');
  return [
    ...isAssumed ? [`  ${verb}`] : listed(`${verb}${rule.allActionsBut ? ' all but' : ''}`, rule.actions, '  '),
    ...listed(rule.effect === 'Allow' && isAssumed ? 'by' : 'to', rule.principals),
    ...listed(rule.allResourcesBut ? 'on all but' : 'on', rule.resources),
    ...listed('if', rule.conditions),
    ...listed('only in', rule.onlyIf),
  ];
}
