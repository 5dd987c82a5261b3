import { CheckSeverity } from '../check-severity';
import { foundIn, gatewayStates } from '../gateway-state';
import { Rule } from '../rule';

export const GATEWAY_AUTHENTICATE_ONLY: Rule = {
  id: 'gateway-authenticate-only',
  severity: CheckSeverity.ERROR,
  title: 'A gateway lets in every signed caller, and nothing decides who may call what',
  why: 'AUTHENTICATE_ONLY checks the signature, not the permission: any principal of AWS gets through, and no policy engine refuses it.',
  fix: '`new ToolGateway(this, \'...\', { inbound: GatewayInbound.iam() })`, or give it `access` and leave its policy engine in ENFORCE.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html',
  trigger: '`CfnGateway` with `authorizerType: \'AUTHENTICATE_ONLY\'`',
  find: (input) => gatewayStates(input)
    .filter(({ authorizer, hasEngine, mode }) => authorizer.type === 'AUTHENTICATE_ONLY' && !(hasEngine && mode === 'ENFORCE'))
    .map((gateway) => foundIn(gateway, 'AuthorizerType', `AUTHENTICATE_ONLY with ${gateway.hasEngine ? `a policy engine in ${gateway.mode ?? 'a mode known only at deployment'}` : 'no policy engine'}`)),
};
