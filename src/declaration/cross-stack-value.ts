import { CfnResource, Lazy, Reference, ReferenceStrength, Stack, Token, Tokenization } from 'aws-cdk-lib';
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

/**
 * A text in which every reference to another stack is read at deployment, whatever it refers to: a parameter that names an imported
 * secret, key or provider, as well as a resource.
 */
export function textForStack(consumer: Stack, text: string): string {
  return Tokenization.reverseString(text).tokens
    .filter((token): token is Reference => Reference.isReference(token))
    .reduce((weak, token) => weak.split(token.toString()).join(referenceForStack(consumer, token)), text);
}

function referenceForStack(consumer: Stack, reference: Reference): string {
  const value = Token.asString(reference);
  if (outermostStack(consumer) === outermostStack(Stack.of(reference.target))) {
    return value;
  }
  // What an L2 hands out is a text again, which depends on the account that reads it: the resource's attribute, or its physical name.
  const read: unknown = reference.resolve({ scope: consumer, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: (nested) => nested });
  return typeof read === 'string' ? textForStack(consumer, read) : Stack.consumeReference(value, ReferenceStrength.WEAK);
}
