import { Grant, namesAction, namesResource } from './check-input';
import { PolicyCondition } from '../containment/policy-statement';

/** What has to be known of a request, in the two ways in which policies ask for it. */
export interface ConditionFence {
  /** A condition of an Allow, which only requests of the right kind meet. */
  isAsked(condition: PolicyCondition): boolean;
  /** The only condition of a Deny, which all others meet. */
  isRefused(condition: PolicyCondition): boolean;
}

/** Whether an action on a resource, or on all that a pattern covers, is held by a condition: of the grant itself, or of a Deny of the rest that is there for certain. */
export function isFenced({ statement, principal }: Grant, action: string, resource: string, { isAsked, isRefused }: ConditionFence): boolean {
  return statement.conditions.some(isAsked) || [...principal.statements, ...principal.boundary?.statements ?? []].some(({ statement: deny, onlyIf }) => deny.effect === 'Deny'
    && onlyIf.length === 0 && deny.conditions.length === 1 && isRefused(deny.conditions[0]) && namesAction(deny, action) && namesResource(deny, resource));
}
