/** Something that may be done: each of the actions on each of the resources, while all conditions hold. */
export interface AccessRight {
  /** Actions with their service, such as `bedrock-agentcore:GetResourceOauth2Token`. `*` and `?` stand for any text and any character. */
  readonly actions: string[];

  /**
   * ARNs, with `*` and `?` as in IAM. What only deployment knows is written as `AccessAssertions.toText()` shows it, `${...}` included.
   *
   * @default - every resource
   */
  readonly resources?: string[];

  /**
   * Conditions of the request, as IAM writes them.
   *
   * @default - none: in any context
   */
  readonly conditions?: AccessRightCondition[];
}

/** A condition, as IAM writes it: `StringEquals bedrock-agentcore:InboundJwtClaim/iss: https://…`. */
export interface AccessRightCondition {
  /** Operator, such as `StringEquals` or `ForAnyValue:StringEquals`. */
  readonly conditionOperator: string;

  /** Key, such as `kms:ViaService`. */
  readonly key: string;

  /** Values, of which one has to match. */
  readonly values: string[];
}
