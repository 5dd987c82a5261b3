/** What callers of a gateway speak. It cannot be changed later. */
export enum GatewayProtocol {
  /** Model Context Protocol: targets become tools. */
  MCP = 'MCP',
  /** HTTP: targets are runtimes and other endpoints, each below its own path. */
  HTTP = 'HTTP',
}
