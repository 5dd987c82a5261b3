/** What stands behind a gateway. */
export enum TargetKind {
  /** A Lambda function with tools. */
  LAMBDA = 'Lambda function',
  /** An HTTP API with an OpenAPI description. */
  OPEN_API = 'OpenAPI',
  /** An AWS service or other API with a Smithy model. */
  SMITHY = 'Smithy model',
  /** An MCP server. */
  MCP_SERVER = 'MCP server',
  /** A stage of an API Gateway REST API. */
  API_GATEWAY = 'API Gateway stage',
  /** An AgentCore Runtime, by HTTP. */
  RUNTIME = 'AgentCore Runtime',
  /** Any HTTP endpoint, passed through. */
  HTTP_PASSTHROUGH = 'HTTP passthrough',
}

/** Whether the target belongs on a gateway that speaks HTTP rather than MCP. */
export function speaksHttp(kind: TargetKind): boolean {
  return kind === TargetKind.RUNTIME || kind === TargetKind.HTTP_PASSTHROUGH;
}
