import { CheckOptions } from './check-options';
import { matches } from './pattern';
import { PolicyStatement } from '../containment/policy-statement';
import { AppPolicies, appPolicies, PrincipalPolicies } from '../synthesized/app-policies';
import { PlacedStatement } from '../synthesized/policy-document';
import { SynthesizedApp } from '../synthesized/synthesized-app';

/** What rules look at. */
export interface CheckInput {
  readonly app: SynthesizedApp;
  readonly policies: AppPolicies;
  readonly options: CheckOptions;
}

/** A statement that allows something, and whom. */
export interface Grant extends PlacedStatement {
  readonly principal: PrincipalPolicies;
}

/** Collects the policies of an app once for all rules. */
export function checkInput(app: SynthesizedApp, options: CheckOptions): CheckInput {
  return { app, options, policies: appPolicies(app) };
}

const GRANTS = new WeakMap<CheckInput, readonly Grant[]>();

/** Every Allow of every principal. */
export function grants(input: CheckInput): readonly Grant[] {
  const found = GRANTS.get(input) ?? grantsIn(input);
  GRANTS.set(input, found);
  return found;
}

function grantsIn({ policies }: CheckInput): Grant[] {
  return policies.principals.flatMap((principal) => principal.statements
    .filter(({ statement }) => statement.effect === 'Allow')
    .map((placed) => ({ ...placed, principal })));
}

/** Whether a statement is about an action. */
export function namesAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  return actions !== undefined ? actions.some((pattern) => matches(pattern, action, true)) : !(notActions ?? []).some((pattern) => matches(pattern, action, true));
}

/** Whether a statement is about a resource, given in full. */
export function namesResource({ resources, notResources }: PolicyStatement, resource: string): boolean {
  const covered = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, resource));
  return resources !== undefined ? covered(resources) : notResources === undefined || !covered(notResources);
}

/**
 * Whether a principal is kept from an action on a resource, for certain: by a Deny without conditions, or by a permissions boundary of this app
 * that does not allow it. A Deny that stands under a condition of the template may not be there.
 */
export function isDenied({ statements, boundary }: PrincipalPolicies, action: string, resource: string): boolean {
  const about = ({ statement }: PlacedStatement) => namesAction(statement, action) && namesResource(statement, resource);
  const denied = [...statements, ...boundary?.statements ?? []].some((placed) => placed.statement.effect === 'Deny'
    && placed.statement.conditions.length === 0 && placed.onlyIf.length === 0 && about(placed));
  const limits = boundary?.statements;
  return denied || (limits !== undefined && !limits.some((placed) => placed.statement.effect === 'Allow' && about(placed)));
}

/** The given actions that a grant allows on a resource and nothing denies. */
export function allowedActions({ statement, principal }: Grant, actions: readonly string[], resource: string): string[] {
  return namesResource(statement, resource)
    ? actions.filter((action) => namesAction(statement, action) && !isDenied(principal, action, resource))
    : [];
}

/** A statement in a few words: what is allowed, on what. */
export function grantText({ statement }: PlacedStatement, actions: readonly string[], resources: readonly string[] = resourceTexts(statement)): string {
  return `${actions.join(',')} on ${resources.join(',')}`;
}

export function resourceTexts({ resources, notResources }: PolicyStatement): readonly string[] {
  return resources ?? [`all but ${(notResources ?? []).join(',')}`];
}
