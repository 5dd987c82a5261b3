import type { aws_apigateway as apigateway, aws_bedrockagentcore as agentcore, aws_lambda as lambda } from 'aws-cdk-lib';
import { ApiGatewayOperation } from './api-gateway-operation';
import { apiGatewayTarget } from './api-gateway-target';
import { ApiSchema } from './api-schema';
import { apiTarget } from './api-target';
import { passthroughTarget, runtimeTarget } from './http-target';
import { lambdaTarget } from './lambda-target';
import { McpServerOptions, mcpServerTarget } from './mcp-server-target';
import { TargetForm } from './target-form';
import { TargetKind } from './target-kind';
import { ToolSchema } from './tool-schema';

/** Which part of a REST API becomes tools. */
export interface ApiGatewayTargetOptions {
  /** Name of the stage. */
  readonly stage: string;
  /** The operations: at least one. Nothing else of the stage can be invoked. */
  readonly operations: ApiGatewayOperation[];
}

/** Which endpoint of a runtime is called. */
export interface RuntimeTargetOptions {
  /**
   * Name of the endpoint.
   *
   * @default - the runtime's own, DEFAULT
   */
  readonly endpoint?: string;
}

/** What an HTTP endpoint speaks. */
export enum PassthroughProtocol {
  /** Model Context Protocol. */
  MCP = 'MCP',
  /** Agent to Agent. */
  A2A = 'A2A',
  /** Requests to a model. */
  INFERENCE = 'INFERENCE',
  /** Anything else. */
  CUSTOM = 'CUSTOM',
}

/** How an HTTP endpoint is passed through. */
export interface HttpPassthroughOptions {
  /** What the endpoint speaks. */
  readonly protocol: PassthroughProtocol;
  /**
   * Description of its operations.
   *
   * @default - none
   */
  readonly schema?: ApiSchema;
}

/**
 * What stands behind a gateway. Give it to `gateway.addTarget`, with the credentials to call it.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-supported-targets.html
 */
export class GatewayTarget {
  /**
   * A Lambda function, called with the gateway's role, which may invoke this function (or alias, or version) and no other.
   *
   * @throws [GatewayTarget/Function] when it is no function
   * @throws [GatewayTarget/ToolSchema] when the tools are missing
   */
  public static lambdaFunction(fn: lambda.IFunction, tools: ToolSchema): GatewayTarget {
    return new GatewayTarget(lambdaTarget(fn, tools));
  }

  /**
   * An HTTP API with an OpenAPI description. Its tools are named by the `operationId`s.
   *
   * @throws [GatewayTarget/ApiSchema] when the schema is missing
   */
  public static openApi(schema: ApiSchema): GatewayTarget {
    return new GatewayTarget(apiTarget(TargetKind.OPEN_API, schema));
  }

  /**
   * An API with a Smithy model, such as an AWS service.
   *
   * @throws [GatewayTarget/ApiSchema] when the schema is missing
   */
  public static smithy(schema: ApiSchema): GatewayTarget {
    return new GatewayTarget(apiTarget(TargetKind.SMITHY, schema));
  }

  /**
   * An MCP server.
   *
   * @throws [GatewayTarget/Endpoint] when the address is not https
   * @throws [GatewayTarget/Listing] when tools are written down and listed dynamically at the same time
   */
  public static mcpServer(endpoint: string, options: McpServerOptions = {}): GatewayTarget {
    return new GatewayTarget(mcpServerTarget(endpoint, options));
  }

  /**
   * Some operations of a stage of an API Gateway REST API. With the gateway's role, `execute-api:Invoke` is allowed on these
   * methods and paths only.
   *
   * @throws [GatewayTarget/...] when the API, the stage or the operations are missing, or a path is given twice
   */
  public static apiGateway(restApi: apigateway.IRestApi, options: ApiGatewayTargetOptions): GatewayTarget {
    return new GatewayTarget(apiGatewayTarget(restApi, options.stage, options.operations));
  }

  /**
   * An AgentCore Runtime, by HTTP. Only on a gateway with `GatewayProtocol.HTTP`. With the gateway's role,
   * `InvokeAgentRuntime` is allowed on this runtime and endpoint only.
   *
   * @throws [GatewayTarget/Runtime] when it is no runtime, or the endpoint's name is not valid
   */
  public static agentRuntime(runtime: agentcore.IRuntimeRef, options: RuntimeTargetOptions = {}): GatewayTarget {
    return new GatewayTarget(runtimeTarget(runtime, options.endpoint));
  }

  /**
   * Any HTTP endpoint, passed through with its paths. Only on a gateway with `GatewayProtocol.HTTP`.
   *
   * @throws [GatewayTarget/Endpoint] when the address is not https
   */
  public static httpPassthrough(endpoint: string, options: HttpPassthroughOptions): GatewayTarget {
    return new GatewayTarget(passthroughTarget(endpoint, options));
  }

  private constructor(
    /** @internal */
    public readonly _form: TargetForm,
  ) {}

  /** What stands behind the gateway. */
  public get kind(): TargetKind {
    return this._form.kind;
  }
}
