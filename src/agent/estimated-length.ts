import { Stack, Token } from 'aws-cdk-lib';

/** The longest values that pseudo parameters take: partition `aws-us-gov`, region `ap-southeast-1`, an account, a URL suffix. */
const LONGEST: Record<string, number> = {
  'AWS::Partition': 10, 'AWS::Region': 14, 'AWS::AccountId': 12, 'AWS::URLSuffix': 16,
};

/** A value that only deployment knows: an ARN with a long name. */
const UNKNOWN = 150;

/**
 * How long a resolved value is as JSON without white space, once deployment has filled in what it knows. Too long rather
 * than too short.
 */
export function estimatedLength(resolved: unknown): number {
  return JSON.stringify(filledIn(resolved)).length;
}

/** The same of a value that a stack has still to resolve. Most statements hold no token, and are what they are. */
export function estimatedLengthIn(stack: Stack, value: unknown): number {
  const text = JSON.stringify(value);
  return Token.isUnresolved(text) || text.includes('#{Token[') ? estimatedLength(stack.resolve(value)) : text.length;
}

function filledIn(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(filledIn);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [key, argument] = entries[0];
    if (key === 'Ref') {
      return 'x'.repeat(LONGEST[argument as string] ?? UNKNOWN);
    }
    if (key === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => String(filledIn(part))).join(separator);
    }
    if (key.startsWith('Fn::')) {
      return 'x'.repeat(UNKNOWN);
    }
  }
  return Object.fromEntries(entries.map(([key, member]) => [key, filledIn(member)]));
}
