import { CheckSeverity } from '../check-severity';
import { foundIn, gatewayStates } from '../gateway-state';
import { Rule } from '../rule';

const KNOWN = ['AWS_IAM', 'CUSTOM_JWT', 'AUTHENTICATE_ONLY'];

export const GATEWAY_WITHOUT_AUTHORIZER: Rule = {
  id: 'gateway-without-authorizer',
  severity: CheckSeverity.ERROR,
  title: 'A gateway lets in anybody',
  why: 'Everybody who finds the address calls its tools, with the credentials of the gateway.',
  fix: '`new ToolGateway(this, \'...\', { inbound: GatewayInbound.jwt({...}) })` or `GatewayInbound.iam()`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html',
  trigger: '`Gateway` with `GatewayAuthorizer.withNoAuth()`, `CfnGateway` with `authorizerType: \'NONE\'`',
  find: (input) => gatewayStates(input)
    .filter(({ authorizer: { known, type } }) => known && !(type !== undefined && KNOWN.includes(type)))
    .map((gateway) => foundIn(gateway, 'AuthorizerType', `authorizer ${gateway.authorizer.type ?? 'missing'}`)),
};
