import type { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { schemaObjectLocation } from './schema-object';
import { shownEndpoint } from './shown-endpoint';
import { TargetForm } from './target-form';
import { TargetKind } from './target-kind';
import { ToolSchema } from './tool-schema';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { expectWebAddress } from '../declaration/web-address';

/** When the gateway learns the tools of an MCP server. */
export enum McpListing {
  /** Once, when the target is made or synchronized. The tools are kept in the gateway. */
  CACHED = 'DEFAULT',
  /** Whenever a caller lists tools. Works neither with semantic search nor with user consent, and a token exchange that fails lists no tools, without an error. */
  DYNAMIC = 'DYNAMIC',
}

/** How the gateway uses an MCP server. */
export interface McpServerOptions {
  /**
   * When the gateway learns the tools.
   *
   * @default McpListing.CACHED
   */
  readonly listing?: McpListing;

  /**
   * The tools, written down: nothing is listed by the server then. Needed by targets with user consent, which would otherwise wait
   * for an administrator during the deployment. A tool that is not here cannot be called.
   *
   * @default - the server lists its tools
   */
  readonly tools?: ToolSchema;

  /**
   * Which server answers where several have a resource of one address: the lowest number.
   *
   * @default 1000
   */
  readonly resourcePriority?: number;
}

/** An MCP server by its address. */
export function mcpServerTarget(endpoint: string, options: McpServerOptions): TargetForm {
  const problems = new Problems();
  expectKnownFields(problems, options, ['listing', 'tools', 'resourcePriority'], 'An MCP server', 'GatewayTarget/UnknownField');
  expectWebAddress(problems, endpoint, { name: 'endpoint', code: 'GatewayTarget/Endpoint', fix: 'Give the address of the MCP server.' });
  problems.expect(options.tools === undefined || options.tools instanceof ToolSchema, {
    code: 'GatewayTarget/ToolSchema', what: 'tools takes a tool schema', received: options.tools, fix: 'Write ToolSchema.inline(Tool.named(...)), .fromFile(path) or .fromS3(bucket, key).',
  });
  problems.expect(options.listing !== McpListing.DYNAMIC || options.tools === undefined, {
    code: 'GatewayTarget/Listing', what: 'tools are written down and listed dynamically at the same time', fix: 'Leave out listing, or tools.',
  });
  problems.expect(options.resourcePriority === undefined || (Number.isInteger(options.resourcePriority) && options.resourcePriority >= 0), {
    code: 'GatewayTarget/Priority', what: 'resourcePriority is not valid', received: options.resourcePriority, allowed: 'a whole number from 0', fix: 'Correct it.',
  });
  problems.raise();
  const { tools, listing, resourcePriority } = options;
  return {
    kind: TargetKind.MCP_SERVER,
    backend: () => shownEndpoint(endpoint),
    configuration: (consumer) => ({ mcp: { mcpServer: { endpoint, listingMode: listing, resourcePriority, mcpToolSchema: toolSchema(consumer, tools) } } }),
    schemaObject: tools?._object,
    toolNames: tools?.toolNames,
    tools: tools?._tools,
    mcp: { dynamic: listing === McpListing.DYNAMIC, staticTools: tools !== undefined },
  };
}

/** In the form in which an MCP server answers `tools/list`. */
function toolSchema(consumer: Stack, tools: ToolSchema | undefined): agentcore.CfnGatewayTarget.McpToolSchemaConfigurationProperty | undefined {
  if (tools === undefined) {
    return undefined;
  }
  return tools._object !== undefined ? { s3: schemaObjectLocation(consumer, tools._object) } : { inlinePayload: JSON.stringify({ tools: tools._definitions }) };
}
