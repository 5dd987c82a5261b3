import { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import type { ToolGatewayProps } from './tool-gateway-props';

/** What callers speak, where more is said than MCP. */
export function mcpConfiguration({ mcpVersions, semanticSearch }: ToolGatewayProps): agentcore.CfnGateway.GatewayProtocolConfigurationProperty | undefined {
  return mcpVersions === undefined && semanticSearch !== true
    ? undefined
    : { mcp: { supportedVersions: mcpVersions, searchType: semanticSearch === true ? 'SEMANTIC' : undefined } };
}
