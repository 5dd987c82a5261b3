import { Annotations } from 'aws-cdk-lib';
import { lacksClientId, writesCognitoGroups } from './inbound-fit';
import type { ToolGateway } from './tool-gateway';
import { CedarCondition } from '../cedar/cedar-condition';
import { warn } from '../declaration/acknowledgeable-warning';
import { readable } from '../declaration/readable';

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

/** Warns of rules that look for groups where the issuer's tokens have none, once all rules are declared. */
export function warnOfGroups(gateway: ToolGateway): void {
  const issuer = gateway.inbound.issuers.find(writesCognitoGroups);
  const rules = gateway.targets.flatMap(({ _tools }) => _tools).flatMap(({ _rules }) => _rules);
  if (issuer !== undefined && rules.some(({ access }) => access._condition !== undefined && asksForGroups(access._condition))) {
    warn(gateway, 'cdk-agentcore-identity:gatewayGroupsNeverMatch', 'NO CALLER IS IN ANY GROUP: rules of this gateway\'s tools look for groups in the claim groups, and tokens of '
      + `${readable(issuer, 'its user pool')} name them in cognito:groups. Write ToolAccess.group('...', { claim: 'cognito:groups' })`);
  }
}

function asksForGroups(condition: CedarCondition): boolean {
  switch (condition.kind) {
    case 'claim': return condition.claim === 'groups';
    case 'not': return asksForGroups(condition.of);
    case 'all':
    case 'any': return condition.of.some(asksForGroups);
    default: return false;
  }
}
