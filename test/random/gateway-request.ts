import { type AppDescription, ORGANIZATIONS, type Region, VPC_ENDPOINTS } from './description';
import { Landscape, regionOf } from './landscape';
import { apiArn, functionArn } from './name';
import type { AppRequest, Question } from './request';

/** What a role could ask of gateways, of what stands behind them, and of their keys. */
export function gatewayRequests(app: AppDescription, { gateways, keys }: Landscape): AppRequest[] {
  return [...gateways].flatMap(([name, { arn, engine }], index) => [
    ...['AuthorizeAction', 'PartiallyAuthorizeActions'].flatMap((operation) => [...gateways].map(([about, { arn: otherArn }]): AppRequest => ({
      line: `${operation} of the engine of ${name} about ${about}`, action: `bedrock-agentcore:${operation}`, resources: [engine, otherArn], question: { ask: 'ask policy engine', gateway: name, about },
    }))),
    { line: `GetPolicyEngine of ${name}`, action: 'bedrock-agentcore:GetPolicyEngine', resources: [engine], question: { ask: 'read policy engine', gateway: name } },
    ...['UpdatePolicyEngine', 'DeletePolicyEngine'].map((operation) => other(operation, name, engine)),
    ...invocations(name, arn), ...invocations(`neighbour of ${name}`, `${arn.slice(0, -1)}${arn.endsWith('0') ? '1' : '0'}`),
    ...['UpdateGateway', 'DeleteGateway'].map((operation) => other(operation, name, arn)),
    ...targetRequests(app, index, regionOf(arn) as Region),
    ...[...keys].flatMap(([key, keyArn]) => keyRequests(key, keyArn, name, arn)),
  ]);
}

/** By anybody, by a member of each organization, and through each VPC endpoint. */
function invocations(gateway: string, arn: string): AppRequest[] {
  const ask = (how: string, context: Record<string, string>, question: { organization?: string; vpcEndpoint?: string }): AppRequest => (
    { line: `InvokeGateway of ${gateway}${how}`, action: 'bedrock-agentcore:InvokeGateway', resources: [arn], context, question: { ask: 'invoke gateway', gateway, ...question } });
  return [
    ask('', {}, {}),
    ...ORGANIZATIONS.map((organization) => ask(` from ${organization}`, { 'aws:PrincipalOrgID': organization }, { organization })),
    ...VPC_ENDPOINTS.map((vpcEndpoint) => ask(` through ${vpcEndpoint}`, { 'aws:SourceVpce': vpcEndpoint }, { vpcEndpoint })),
  ];
}

function targetRequests(app: AppDescription, gateway: number, region: Region): AppRequest[] {
  return app.gateways[gateway].targets.flatMap((_target, target) => {
    const ask = (line: string, action: string, resource: string, question: Question): AppRequest => ({ line: `${line} of target ${target} of gateway ${gateway}`, action, resources: [resource], question });
    return [
      ask('invoke function', 'lambda:InvokeFunction', functionArn(region, gateway, target), { ask: 'call target', gateway, target, by: 'function' }),
      ask('invoke neighbour of function', 'lambda:InvokeFunction', `${functionArn(region, gateway, target)}-2`, { ask: 'anything else' }),
      ask('call API', 'execute-api:Invoke', apiArn(region, gateway, target), { ask: 'call target', gateway, target, by: 'API' }),
      ask('post to API', 'execute-api:Invoke', apiArn(region, gateway, target, 'POST'), { ask: 'anything else' }),
    ];
  });
}

/** The key of a gateway is used with the gateway as encryption context. */
function keyRequests(key: string, keyArn: string, name: string, arn: string): AppRequest[] {
  const region = regionOf(keyArn);
  return ['CreateGrant', 'Decrypt', 'GenerateDataKey', 'DescribeKey', 'Encrypt'].flatMap((action) => [arn, ...(action === 'DescribeKey' ? [] : [undefined])].map((gateway): AppRequest => ({
    line: `${action} with ${key} via bedrock-agentcore.${region}${gateway === undefined ? '' : ` for ${name}`}`,
    action: `kms:${action}`,
    resources: [keyArn],
    context: {
      'aws:ViaAWSService': 'true',
      'kms:ViaService': `bedrock-agentcore.${region}.amazonaws.com`,
      ...(gateway === undefined || action === 'DescribeKey' ? {} : { 'kms:EncryptionContext:aws:bedrock-agentcore-gateway:arn': gateway }),
    },
    question: { ask: 'use key of gateway', key, action, gateway: gateway === undefined ? undefined : name },
  })));
}

function other(operation: string, name: string, resource: string): AppRequest {
  return { line: `${operation} of ${name}`, action: `bedrock-agentcore:${operation}`, resources: [resource], question: { ask: 'anything else' } };
}
