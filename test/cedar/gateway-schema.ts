/** JSON schema of a tool's input, with the names of a template or of a tool list. */
export interface JsonSchema {
  readonly Type?: string;
  readonly Properties?: Record<string, JsonSchema>;
  readonly Items?: JsonSchema;
  readonly Required?: string[];
  readonly type?: string;
  readonly properties?: Record<string, JsonSchema>;
  readonly items?: JsonSchema;
  readonly required?: string[];
}

/** A tool and what it takes. */
export interface ListedTool {
  readonly name: string;
  readonly input: JsonSchema;
}

/** A target and its tools. */
export interface ListedTarget {
  readonly name: string;
  readonly tools: readonly ListedTool[];
}

/** The Cedar schema of a gateway, made from its targets as AgentCore makes it. */
export function gatewaySchema(users: boolean, targets: readonly ListedTarget[]): string {
  const principal = users ? 'OAuthUser' : 'IamEntity';
  const actions = targets.flatMap(({ name, tools }) => [
    `  action "${name}" in ["CallTool"];`,
    ...tools.map((tool) => `  action "${name}___${tool.name}" in ["${name}"] appliesTo { principal: [${principal}], resource: [Gateway], context: { input: ${cedarType({ type: 'object', ...tool.input })} } };`),
  ]);
  return [
    'namespace AgentCore {', '  entity OAuthUser tags String;', '  entity IamEntity { id: String };', '  entity Gateway;',
    '  action "Mcp";', '  action "CallTool" in ["Mcp"];', ...actions, '}',
  ].join('\n');
}

/** The tools that a target's configuration lists itself. */
export function listedTools(configuration: any): ListedTool[] {
  const lambda = configuration.Mcp?.Lambda?.ToolSchema?.InlinePayload ?? [];
  const server = JSON.parse(configuration.Mcp?.McpServer?.McpToolSchema?.InlinePayload ?? '{"tools":[]}').tools;
  const overrides = configuration.Mcp?.ApiGateway?.ApiGatewayToolConfiguration?.ToolOverrides ?? [];
  return [...lambda, ...server, ...overrides].map((tool) => ({ name: tool.Name ?? tool.name, input: tool.InputSchema ?? tool.inputSchema ?? {} }));
}

/** Whether these are all of its tools. Other targets have more, which their APIs and servers list elsewhere. */
export function listsAllTools(configuration: any): boolean {
  return configuration.Mcp?.Lambda?.ToolSchema?.InlinePayload !== undefined || configuration.Mcp?.McpServer?.McpToolSchema?.InlinePayload !== undefined;
}

/** The members of an object, whichever names the schema has. */
export function membersOf(schema: JsonSchema): Record<string, JsonSchema> {
  return schema.Properties ?? schema.properties ?? {};
}

/** Whether calls must have the member. */
export function requires(schema: JsonSchema, member: string): boolean {
  return (schema.Required ?? schema.required ?? []).includes(member);
}

/** JSON schema's word for what it is. */
export function typeOf(schema: JsonSchema): string | undefined {
  return schema.Type ?? schema.type;
}

function cedarType(schema: JsonSchema): string {
  const type = typeOf(schema);
  switch (type) {
    case 'string': return 'String';
    case 'integer': return 'Long';
    case 'number': return 'decimal';
    case 'boolean': return 'Bool';
    case 'array': return `Set<${cedarType(schema.Items ?? schema.items ?? { type: 'string' })}>`;
    case 'object': {
      const members = Object.entries(membersOf(schema)).map(([name, member]) => `${JSON.stringify(name)}${requires(schema, name) ? '' : '?'}: ${cedarType(member)}`);
      return `{ ${members.join(', ')} }`;
    }
    default: throw new Error(`no Cedar type for ${type}`);
  }
}
