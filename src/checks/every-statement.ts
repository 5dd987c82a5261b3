import { CheckInput } from './check-input';
import { PlacedStatement } from '../synthesized/policy-document';

/** Every statement of every policy: of principals, of what they trust, of resources. One that several principals share stands once. */
export function allStatements({ policies }: CheckInput): PlacedStatement[] {
  return [...new Set([
    ...policies.principals.flatMap(({ statements, trust, boundary }) => [...statements, ...trust, ...boundary?.statements ?? []]),
    ...policies.resourcePolicies.flatMap(({ statements }) => statements),
  ])];
}
