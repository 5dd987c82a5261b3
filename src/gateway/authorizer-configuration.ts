import type { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import { GatewayInbound, GatewayInboundKind } from './gateway-inbound';
import { InboundClaim } from './inbound-claim';

/** The authorizer as the L1 takes it. A list that is not limited stays out: AWS refuses an empty one. */
export function authorizerConfiguration(inbound: GatewayInbound): agentcore.CfnGateway.AuthorizerConfigurationProperty | undefined {
  if (inbound.kind !== GatewayInboundKind.JWT) {
    return undefined;
  }
  const limited = (values: string[]) => (values.length > 0 ? values : undefined);
  return {
    customJwtAuthorizer: {
      discoveryUrl: inbound.discoveryUrl!,
      allowedAudience: limited(inbound.audiences),
      allowedClients: limited(inbound.clients),
      allowedScopes: limited(inbound.scopes),
      customClaims: inbound.claims.length > 0 ? inbound.claims.map(customClaim) : undefined,
      privateEndpoint: inbound._privateEndpoint?._configuration,
    },
  };
}

function customClaim({ name, valueType, matchOperator: operator, values }: InboundClaim): agentcore.CfnGateway.CustomClaimValidationTypeProperty {
  return {
    inboundTokenClaimName: name,
    inboundTokenClaimValueType: valueType,
    authorizingClaimMatchValue: {
      claimMatchOperator: operator,
      claimMatchValue: operator === 'CONTAINS_ANY' ? { matchValueStringList: values } : { matchValueString: values[0] },
    },
  };
}
