import { asRecord } from './record';

/** The document of an inline policy, which may stand under conditions as a whole, or be a macro's. */
export function documentOf(policy: unknown): unknown {
  const { 'Fn::If': choice, PolicyDocument: document, ...others } = asRecord(policy);
  if (Array.isArray(choice)) {
    return { 'Fn::If': [choice[0], documentOf(choice[1]), documentOf(choice[2])] };
  }
  return document ?? (Object.keys(others).some((name) => name.startsWith('Fn::')) ? policy : { Ref: 'AWS::NoValue' });
}

/** The name of an inline policy, in whichever branch has one. */
export function policyName(policy: unknown): unknown {
  const { 'Fn::If': choice, PolicyName: name } = asRecord(policy);
  return Array.isArray(choice) ? policyName(choice[1]) ?? policyName(choice[2]) : name;
}
