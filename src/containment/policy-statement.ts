/**
 * A policy statement as it stands in a template, with every field that IAM knows.
 *
 * Texts are as they are written, but for what CloudFormation fills in at deployment: that stands as `${...}`, the same text for the same
 * value wherever it is used. A single value and a list of one are the same; an absent field is absent.
 */
export interface PolicyStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** In trust and resource policies only. */
  readonly principals?: readonly PolicyPrincipal[];
  readonly notPrincipals?: readonly PolicyPrincipal[];
  readonly conditions: readonly PolicyCondition[];
}

export interface PolicyPrincipal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for everybody. */
  readonly type: string;
  readonly value: string;
}

/** All conditions of a statement have to hold; of the values of one, any. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}
