import { PolicyStatement } from '../containment/policy-statement';
import { AccessModel } from '../review/access-model';

/** One side of a comparison, as plain data: what the app's report says, and what its templates say. */
export interface ComparedApp {
  /** The report that this library writes; absent for an app without it. */
  readonly model?: AccessModel;
  /** Absent: nothing is known but the report, whose statements name resources by labels. */
  readonly policies?: ComparedPolicies;
}

export interface ComparedPolicies {
  readonly principals: readonly ComparedPrincipal[];
  readonly resourcePolicies: readonly ComparedResourcePolicy[];
  readonly cedarPolicies: readonly ComparedCedarPolicy[];
  readonly gateways: readonly ComparedGateway[];
  /** Where a policy stands that could not be read. */
  readonly unread: readonly string[];
}

/** A role, user or group. */
export interface ComparedPrincipal {
  /** The same for the same one: its construct path, or its name where it is not made here. */
  readonly id: string;
  /** Other words for it, such as its ARN. */
  readonly aliases: readonly string[];
  /** All statements of all policies that are attached to it. */
  readonly statements: readonly PolicyStatement[];
  /** ARNs of attached policies whose statements are not known. */
  readonly foreignPolicies: readonly string[];
  /** Absent: there is none. Without statements: they are not known. */
  readonly boundary?: { readonly arn: string; readonly statements?: readonly PolicyStatement[] };
  readonly trust: readonly PolicyStatement[];
}

export interface ComparedResourcePolicy {
  readonly id: string;
  readonly statements: readonly PolicyStatement[];
  /** Whether the resource cannot be without one, as a key. Then a new policy is one of a new resource. */
  readonly comesWithResource: boolean;
}

export interface ComparedCedarPolicy {
  readonly id: string;
  readonly engine: string;
  readonly statement: string;
  /** `ACTIVE`, or `LOG_ONLY`. */
  readonly mode: string;
}

/** A gateway as a template has it, with or without this library. */
export interface ComparedGateway {
  readonly id: string;
  readonly authorizer: string;
  /** The authorizer's configuration, in the same words for the same. */
  readonly authorizerDetails: string;
  /** `ENFORCE`, `LOG_ONLY`, or `none`. */
  readonly policyMode: string;
  readonly targets: readonly { readonly id: string; readonly credentials: string }[];
}
