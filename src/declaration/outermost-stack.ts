import { NestedStack, Stack } from 'aws-cdk-lib';

/** The stack itself, or for a nested stack the one that is deployed with it. */
export function outermostStack(stack: Stack): Stack {
  let current = stack;
  while (NestedStack.isNestedStack(current) && current.nestedStackParent !== undefined) {
    current = current.nestedStackParent;
  }
  return current;
}
