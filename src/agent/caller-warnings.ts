import { Annotations } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { lacksClientId } from '../gateway/inbound-fit';

/** Warns of a limit that lets nobody in: IAM and AgentCore know a client by the claim `client_id` only. */
export function warnOfCallers(agent: Agent): void {
  for (const { issuer } of agent.callers.filter(({ clients, issuer: address }) => clients.length > 0 && lacksClientId(address))) {
    Annotations.of(agent).addWarningV2('cdk-agentcore-identity:agentClientsNeverMatch', `NO USER MAY BE ACTED FOR: this agent's callers are compared by the claim client_id, which access tokens of ${issuer} usually `
      + 'do not have (Okta writes cid, Entra azp or appid). Limit them by audiences: TokenIssuer.oidc({ issuer, audiences })');
  }
}
