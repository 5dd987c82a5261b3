import { Token, TokenComparison } from 'aws-cdk-lib';

/** Whether two values are known and differ. Values known only at deployment are never said to differ. */
export function knownToDiffer(a: string, b: string): boolean {
  const compared = Token.compareStrings(a, b);
  return compared === TokenComparison.DIFFERENT && !Token.isUnresolved(a) && !Token.isUnresolved(b);
}
