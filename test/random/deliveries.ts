import type { BuiltApp } from './built-app';
import { type AppDescription, invokedBy, partName, type TargetDescription } from './description';
import type { Landscape } from './landscape';
import { apiId, functionArn, passthroughAddress } from './name';
import type { FakeAccount } from '../simulation/fake-account';

/*
 * Where a gateway sends a call, and with whose credentials.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-gatewaytarget.html
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html
 */
export interface Delivery {
  readonly to: string;
  readonly endpoint?: string;
  readonly speaks?: string;
  readonly as: string;
  readonly grant?: string;
  readonly provider?: string;
}

/** Differences, and how many targets were looked at. */
export interface JudgedDeliveries {
  readonly surplus: string[];
  readonly missing: string[];
  readonly targets: number;
}

/** Each target of the templates, against the description. */
export function judgedDeliveries(app: AppDescription, built: BuiltApp, landscape: Landscape, account: FakeAccount): JudgedDeliveries {
  const [surplus, missing]: string[][] = [[], []];
  let targets = 0;
  app.gateways.forEach((gateway, index) => gateway.targets.forEach((_target, place) => {
    const line = (delivery: Delivery | undefined) => `target ${place} of gateway ${index} | ${JSON.stringify(delivery, Object.keys(delivery ?? {}).sort())}`;
    const [expected, found] = [line(expectedDelivery(app, landscape, index, place)), line(foundDelivery(built, index, place, account))];
    targets += 1;
    if (expected !== found) {
      surplus.push(found);
      missing.push(expected);
    }
  }));
  return { surplus, missing, targets };
}

const CREDENTIALS: Record<TargetDescription['way'], string> = {
  'none': 'none',
  'role': 'GATEWAY_IAM_ROLE',
  'caller': 'CALLER_IAM_CREDENTIALS',
  'token': 'JWT_PASSTHROUGH',
  'key': 'API_KEY',
  'client credentials': 'OAUTH',
  'consent': 'OAUTH',
  'exchange': 'OAUTH',
};

const GRANTS: Partial<Record<TargetDescription['way'], string>> = { 'client credentials': 'CLIENT_CREDENTIALS', 'consent': 'AUTHORIZATION_CODE', 'exchange': 'TOKEN_EXCHANGE' };

function expectedDelivery(app: AppDescription, { runtimes, oauth2Providers, apiKeyProviders }: Landscape, gateway: number, place: number): Delivery {
  const { stack, targets } = app.gateways[gateway];
  const { way, provider, endpoint, kind, speaks, ...target } = targets[place];
  const { region } = app.stacks[stack];
  const to = () => {
    switch (kind) {
      case 'agent': return runtimes.get(`agent ${target.agent} ${partName(app.agents[target.agent!], invokedBy(app.agents[target.agent!], target))}`)!.arn;
      case 'passthrough': return passthroughAddress(gateway, place);
      case 'Lambda': return functionArn(region, gateway, place);
      case 'API Gateway': return apiId(gateway, place);
      case 'MCP server': return 'https://mcp.example.com/mcp';
      case 'OpenAPI': return '{"openapi":"3.0.0"}';
      case 'Smithy': return '{"smithy":"2.0"}';
    }
  };
  return given({
    to: to(),
    endpoint,
    speaks,
    as: CREDENTIALS[way],
    grant: GRANTS[way],
    provider: provider === undefined ? undefined : (way === 'key' ? apiKeyProviders : oauth2Providers).get(`provider ${provider}`),
  });
}

/** As the template has it. */
export function foundDelivery({ gateways }: BuiltApp, gateway: number, place: number, account: FakeAccount): Delivery | undefined {
  const { stack, gateway: built } = gateways[gateway];
  const id = account.valueOf(stack, built.gatewayId) as string;
  const resource = account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget').find((each) => each.property('GatewayIdentifier') === id && each.property('Name') === `T${place}`);
  if (resource === undefined) return undefined;
  const { Mcp: mcp = {}, Http: http = {} } = resource.property('TargetConfiguration');
  const [credentials = {}, ...more] = resource.property('CredentialProviderConfigurations') ?? [];
  const provider = credentials.CredentialProvider?.OauthCredentialProvider ?? credentials.CredentialProvider?.ApiKeyCredentialProvider;
  const schema = mcp.OpenApiSchema ?? mcp.SmithyModel;
  return given({
    to: http.AgentcoreRuntime?.Arn ?? http.Passthrough?.Endpoint
      ?? mcp.Lambda?.LambdaArn ?? mcp.ApiGateway?.RestApiId ?? mcp.McpServer?.Endpoint ?? schema?.InlinePayload,
    endpoint: http.AgentcoreRuntime?.Qualifier,
    speaks: http.Passthrough?.ProtocolType,
    as: [credentials.CredentialProviderType ?? 'none', ...more.map((each: unknown) => JSON.stringify(each))].join(),
    grant: provider?.GrantType,
    provider: provider?.ProviderArn,
  });
}

function given(delivery: Delivery): Delivery {
  return JSON.parse(JSON.stringify(delivery)) as Delivery;
}
