import { CheckOptions } from './check-options';
import { matches, mayMeet } from './pattern';
import { PolicyStatement } from '../containment/policy-statement';
import { AppPolicies, appPolicies } from '../synthesized/app-policies';
import { PlacedStatement } from '../synthesized/policy-document';
import { PrincipalPolicies } from '../synthesized/principal-policies';
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

/** Whether a statement is about a resource, or about all that a pattern covers. */
export function namesResource({ resources, notResources }: PolicyStatement, resource: string): boolean {
  const covered = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, resource));
  return resources !== undefined ? covered(resources) : notResources === undefined || !covered(notResources);
}

/** Whether a statement may be about some of what a pattern covers. */
function mayNameSome(statement: PolicyStatement, resource: string): boolean {
  return statement.resources !== undefined ? statement.resources.some((pattern) => mayMeet(pattern, resource)) : namesResource(statement, resource);
}

/**
 * Whether a principal is kept from an action on a resource, or on all that a pattern covers, for certain: by a Deny without conditions, or by
 * a permissions boundary of this app that allows none of it. A Deny that stands under a condition of the template may not be there.
 */
export function isDenied({ statements, boundary }: PrincipalPolicies, action: string, resource: string): boolean {
  const denied = [...statements, ...boundary?.statements ?? []].some((placed) => placed.statement.effect === 'Deny'
    && placed.statement.conditions.length === 0 && placed.onlyIf.length === 0 && namesAction(placed.statement, action) && namesResource(placed.statement, resource));
  const limits = boundary?.statements;
  return denied || (limits !== undefined && !limits.some(({ statement }) => statement.effect === 'Allow' && namesAction(statement, action) && mayNameSome(statement, resource)));
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
