import type { PlacedStatement, UnreadPolicy } from './policy-document';
import type { SynthesizedResource } from './synthesized-app';

export type PrincipalKind = 'role' | 'user' | 'group';

/** A role, user or group, and all that the app says about its rights. */
export interface PrincipalPolicies {
  readonly kind: PrincipalKind;
  /** As IAM knows it, or `${AWS::IAM::Role <path>.Ref}`. */
  readonly name: string;
  readonly account: string;
  /** Of one that is made here. Of another, only the name is known: its path is not. */
  readonly arn?: string;
  /** Absent: it exists already, and policies are attached to it by name. */
  readonly resource?: SynthesizedResource;
  /** From all its inline and attached policies that stand in the app. */
  readonly statements: readonly PlacedStatement[];
  /** ARNs of attached policies that are not of this app, such as AWS's own. */
  readonly foreignPolicies: readonly string[];
  /** Of those that are attached only in some branches of CloudFormation's conditions: in which. */
  readonly foreignOnlyIf?: ReadonlyMap<string, readonly string[]>;
  readonly boundary?: PermissionsBoundary;
  /** Who may become it; empty where it is not made here. */
  readonly trust: readonly PlacedStatement[];
  /** What is attached to it as well, and cannot be read. */
  readonly unread: readonly UnreadPolicy[];
}

export interface PermissionsBoundary {
  readonly arn: string;
  /** Absent: the policy is not of this app, or it is not certain what it says. */
  readonly statements?: readonly PlacedStatement[];
}
