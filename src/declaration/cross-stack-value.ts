import { CfnResource, Lazy, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { outermostStack } from './outermost-stack';

/**
 * An attribute of a resource for use in another stack: read from the owning stack's outputs at deployment
 * (`Fn::GetStackOutput`) rather than exported, so that a grant never locks the stack that owns a secret or a key. Within a
 * stack, and between a stack and its nested stacks, it is the plain reference.
 */
export function valueForStack(consumer: Stack, owner: CfnResource, attribute: string): string {
  return outermostStack(consumer) === outermostStack(owner.stack) ? attribute : Stack.consumeReference(attribute, ReferenceStrength.WEAK);
}

/** The same for a value that users hand on themselves: what it is depends on the stack in which it ends up. */
export function valueForAnyStack(valueFor: (consumer: Stack) => string): string {
  return Lazy.uncachedString({ produce: ({ scope }) => valueFor(Stack.of(scope)) });
}
