import { Annotations } from 'aws-cdk-lib';
import { lacksClientId } from './inbound-fit';
import type { ToolGateway } from './tool-gateway';

/** Warns of what lets everybody through, and of what lets nobody in. */
export function warnOfInbound(gateway: ToolGateway): void {
  const { enforcement, inbound } = gateway;
  if (enforcement.logOnlyReason !== undefined) {
    Annotations.of(gateway).addWarningV2('cdk-agentcore-identity:gatewayLogOnly', 'NOTHING IS ENFORCED by the rules of this gateway\'s tools: PolicyEnforcement.logOnly');
  }
  const blind = inbound.clients.length > 0 ? inbound.issuers.find(lacksClientId) : undefined;
  if (blind !== undefined) {
    Annotations.of(gateway).addWarningV2('cdk-agentcore-identity:gatewayClientsNeverMatch', `NOBODY MAY GET IN: this gateway compares clients with the claim client_id, which access tokens of ${blind} usually `
      + 'do not have (Okta writes cid, Entra azp or appid). Limit it by audiences: GatewayInbound.jwt({ issuer, audiences })');
  }
}
