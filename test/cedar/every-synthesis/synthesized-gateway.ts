import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import { policyJson } from '../cedar-engine';
import { gatewaySchema, JsonSchema, ListedTarget, listedTools, listsAllTools } from '../gateway-schema';
import { demandsOf, formulaOf } from './policy-expression';
import type { DeployedResource } from '../../simulation/deployed-resource';
import type { FakeAccount } from '../../simulation/fake-account';

/** A policy of a template. */
export interface SynthesizedPolicy {
  /** Stack and logical id. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly statement: string;
  /** Nothing where it does not parse. */
  readonly json?: PolicyJson;
}

/** A gateway of a template with its policies, in whichever stack they stand, and its Cedar schema. */
export interface SynthesizedGateway {
  readonly path: string;
  readonly arn: string;
  /** Whether callers come with tokens; else with IAM. */
  readonly users: boolean;
  readonly targets: readonly ListedTarget[];
  readonly schema: string;
  readonly policies: readonly SynthesizedPolicy[];
}

/** The gateways that have Cedar policies, and policies that belong to none. */
export function synthesizedGateways(account: FakeAccount): { readonly gateways: SynthesizedGateway[]; readonly homeless: SynthesizedPolicy[] } {
  const ofType = (type: string) => account.resourcesOfType(`AWS::BedrockAgentCore::${type}`);
  const engines = ofType('PolicyEngine').map((engine) => ({ id: engine.attribute('PolicyEngineId', engine.path), arn: engine.attribute('PolicyEngineArn', engine.path) }));
  const policies = ofType('Policy').filter((policy) => policy.property('Definition').Cedar !== undefined)
    .map((policy) => ({ engineId: policy.property('PolicyEngineId'), policy: read(policy) }));
  const served = new Set<SynthesizedPolicy>();
  const gateways = ofType('Gateway').flatMap((gateway): SynthesizedGateway[] => {
    const arn = String(gateway.attribute('GatewayArn', gateway.path));
    const engineArn = gateway.property('PolicyEngineConfiguration')?.Arn;
    const engine = engines.find((each) => each.arn === engineArn);
    const own = policies.filter(({ engineId, policy }) => engineId === engine?.id && speaksOf(policy, arn)).map(({ policy }) => policy);
    own.forEach((policy) => served.add(policy));
    if (own.length === 0) return [];
    const id = gateway.attribute('GatewayIdentifier', gateway.path);
    const users = gateway.property('AuthorizerType') === 'CUSTOM_JWT';
    const targets = ofType('GatewayTarget').filter((target) => target.property('GatewayIdentifier') === id).map((target) => listed(target, own));
    return [{ path: gateway.path, arn, users, targets, schema: gatewaySchema(users, targets), policies: own }];
  });
  return { gateways, homeless: policies.map(({ policy }) => policy).filter((policy) => !served.has(policy)) };
}

function read(resource: DeployedResource): SynthesizedPolicy {
  const statement: string = resource.property('Definition').Cedar.Statement;
  return { path: resource.path, name: resource.property('Name'), description: resource.property('Description') ?? '', statement, json: policyJson(statement) };
}

/** Whether it is about the gateway, or about any; one that cannot be read may be. */
function speaksOf({ json }: SynthesizedPolicy, arn: string): boolean {
  const { resource } = json ?? {};
  return resource === undefined || resource.op !== '==' || !('entity' in resource) || ('id' in resource.entity && resource.entity.id === arn);
}

/** A target with its tools. Where the template does not list them all: with those that policies name, and one that none names. */
function listed(target: DeployedResource, policies: readonly SynthesizedPolicy[]): ListedTarget {
  const name: string = target.property('Name');
  const configuration = toolParts(target);
  const tools = listedTools(configuration);
  if (listsAllTools(configuration)) return { name, tools };
  const inputs = (tool: string) => inputSchema(policies.filter(({ json }) => actionsOf(json).some((action) => action === `${name}___${tool}` || action === name)));
  const named = policies.flatMap(({ json }) => actionsOf(json)).filter((action) => action.startsWith(`${name}___`)).map((action) => action.slice(name.length + 3));
  const others = [...new Set([...named, 'unnamed'])].filter((tool) => !tools.some((each) => each.name === tool));
  return { name, tools: [...tools, ...others.map((tool) => ({ name: tool, input: inputs(tool) }))] };
}

/** Of a target's configuration what says its tools: the rest may hold values that only deployment knows. */
function toolParts(target: DeployedResource): object {
  const { stack, logicalId, path } = target;
  const raw = (stack.template.Resources?.[logicalId].Properties?.TargetConfiguration as any)?.Mcp ?? {};
  return stack.evaluate({
    Mcp: {
      Lambda: { ToolSchema: { InlinePayload: raw.Lambda?.ToolSchema?.InlinePayload } },
      McpServer: { McpToolSchema: { InlinePayload: raw.McpServer?.McpToolSchema?.InlinePayload } },
      ApiGateway: { ApiGatewayToolConfiguration: { ToolOverrides: raw.ApiGateway?.ApiGatewayToolConfiguration?.ToolOverrides } },
    },
  }, path) as object;
}

/** The actions, and groups of actions, that a policy names. */
export function actionsOf(json: PolicyJson | undefined): string[] {
  const { action } = json ?? {};
  const entities = action === undefined || action.op === 'All' || 'slot' in action ? [] : 'entities' in action ? action.entities : [action.entity];
  return entities.map((entity) => ('__entity' in entity ? entity.__entity.id : entity.id));
}

/** An input in which each argument that a policy tests has the type of the test. */
function inputSchema(policies: readonly SynthesizedPolicy[]): JsonSchema {
  const root: { properties: Record<string, any> } = { properties: {} };
  for (const { of, path, test } of policies.flatMap(({ json }) => demandsOf(formulaOf(json!)))) {
    if (of !== 'input' || test.kind === 'present') continue;
    let at: Record<string, any> = root.properties;
    path.slice(0, -1).forEach((step) => { at = (at[step] ??= { type: 'object', properties: {} }).properties; });
    at[path[path.length - 1]] ??= { type: { text: 'string', flag: 'boolean', integer: 'integer', decimal: 'number' }[test.kind] };
  }
  return root;
}
