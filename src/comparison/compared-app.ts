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
  /** Absent: none. */
  readonly routingRules?: readonly ComparedRoutingRule[];
  /** Where a policy stands that could not be read. */
  readonly unread: readonly string[];
  /** By what stands in `unread`: the same text for a policy that surely is the same. */
  readonly unreadTexts?: Readonly<Record<string, string>>;
  /** All resources of the app, as `<type> <path>`. */
  readonly resources?: readonly string[];
  /** What statements rest on without saying it. */
  readonly premises?: readonly ComparedPremise[];
  /** What runs with roles of others, of which the app has no policy. */
  readonly foreignRoles?: readonly ComparedForeignRole[];
  /** AgentCore's resources, and others that decide about tokens, as the templates have them. */
  readonly settings?: readonly ComparedSettings[];
}

/** What policies depend on: a condition, parameter or mapping of a template, or a custom resource whose values stand in statements. */
export interface ComparedPremise {
  readonly name: string;
  /** The same for the same; never shown. */
  readonly words: string;
}

/** A resource of AgentCore, or another that decides about tokens. */
export interface ComparedSettings {
  readonly id: string;
  readonly kind: string;
  /** By property: a JSON list of the values that it has under some condition or other, in the same words for the same. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether it is told among gateways that it comes or goes. */
  readonly withGateway?: boolean;
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
  /** Of those that are attached only under conditions of CloudFormation: the branches. */
  readonly foreignOnlyIf?: Readonly<Record<string, readonly string[]>>;
  /** Absent: there is none. Without statements: they are not known. */
  readonly boundary?: { readonly arn: string; readonly statements?: readonly PolicyStatement[] };
  readonly trust: readonly PolicyStatement[];
  /** What runs with the role. Absent: nothing does. */
  readonly users?: readonly ComparedRoleUser[];
}

/** A resource that is given a role. */
export interface ComparedRoleUser {
  readonly id: string;
  readonly type: string;
  /** Whether it surely runs with the role; else it names the role for a purpose that is not known. */
  readonly runs: boolean;
  /** What a deployment has to be for that, such as `Stack IsProd and not Stack HasKey`. Absent: any. */
  readonly onlyIf?: string;
}

/** A role that is not made here, by its ARN or by words for what only deployment knows. */
export interface ComparedForeignRole {
  readonly id: string;
  readonly users: readonly ComparedRoleUser[];
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
  /** The branches of CloudFormation's conditions that it stands in. Absent: it always does. */
  readonly onlyIf?: string;
}

/** A gateway as a template has it, with or without this library. */
export interface ComparedGateway {
  readonly id: string;
  readonly authorizer: string;
  /** The authorizer's configuration, in the same words for the same. */
  readonly authorizerDetails: string;
  /** `ENFORCE`, `LOG_ONLY`, or `none`; several with `or` between them under conditions. */
  readonly policyMode: string;
  /** ARN of the policy engine. */
  readonly engine?: string;
  readonly targets: readonly ComparedTarget[];
}

/** A gateway rule: which target serves a call. */
export interface ComparedRoutingRule {
  readonly id: string;
  /** Path of the gateway, or in other words where it is not made here. */
  readonly gateway: string;
  readonly text: string;
}

export interface ComparedTarget {
  readonly id: string;
  readonly credentials: string;
}
