/** A statement as a reviewer reads it: resources by what they are, not by their ARNs' tokens. */
export interface StatementAccess {
  /** Statement id, the same in the template. */
  readonly sid: string;
  /** Whether it allows or denies. */
  readonly effect: 'Allow' | 'Deny';
  /** Actions, with the prefix of their service. */
  readonly actions: readonly string[];
  /** The resources that it is about. Either these are there, or `notResources`. */
  readonly resources?: readonly string[];
  /** It is about all resources but these. */
  readonly notResources?: readonly string[];
  /** The ARNs of `resources`, or of `notResources`, in the same order. What only deployment knows is named in words. */
  readonly arns: readonly string[];
  /** All of them have to hold. */
  readonly conditions: readonly ConditionAccess[];
}

/** A condition of a statement. */
export interface ConditionAccess {
  /** IAM's operator. */
  readonly operator: string;
  /** IAM's condition key. */
  readonly key: string;
  /** Values, any of which is enough. */
  readonly values: readonly string[];
}

/** A resource that could not be named exactly. */
export interface WildcardAccess {
  /** The resource with its wildcard. */
  readonly resource: string;
  /** Why it could not be named exactly. */
  readonly reason: string;
}
