import { Annotations } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { warn } from '../declaration/acknowledgeable-warning';
import { readable } from '../declaration/readable';
import { lacksClientId, writesCognitoGroups } from '../gateway/inbound-fit';

/** Warns of a limit that lets nobody in: IAM and AgentCore know a client by the claim `client_id` only. */
export function warnOfCallers(agent: Agent): void {
  for (const { issuer } of agent.callers.filter(({ clients, issuer: address }) => clients.length > 0 && lacksClientId(address))) {
    Annotations.of(agent).addWarningV2('cdk-agentcore-identity:agentClientsNeverMatch', `NO USER MAY BE ACTED FOR: this agent's callers are compared by the claim client_id, which access tokens of ${issuer} usually `
      + 'do not have (Okta writes cid, Entra azp or appid). Limit them by audiences: TokenIssuer.oidc({ issuer, audiences })');
  }
}

/** Warns of groups that are looked for where the issuer's tokens have none, once all capabilities are declared. */
export function warnOfGroups(agent: Agent): void {
  const issuer = agent.callers.map((caller) => caller.issuer).find(writesCognitoGroups);
  const users = agent.capabilities.map((capability) => capability.users).find((each) => each?._claim?.name === 'groups');
  if (issuer !== undefined && users !== undefined) {
    warn(agent, 'cdk-agentcore-identity:agentGroupsNeverMatch', `NO USER IS IN THE GROUP: this agent acts for ${users.description}, and tokens of ${readable(issuer, 'the user pool')} name groups in cognito:groups. `
      + `Write Users.inGroup('${users._claim!.values[0]}', { claim: 'cognito:groups' })`);
  }
}
