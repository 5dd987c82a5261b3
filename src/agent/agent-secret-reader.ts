import type { Agent } from './agent';
import { AgentVerb } from './agent-verb';
import { needsConsent } from '../capability/user-token';
import { ReferencedSecret, SecretReader } from '../provider/secret-reader';

/** The agent as a reader of secrets: with the roles that get tokens, and with those that complete users' sessions. */
export function secretReaderOf(agent: Agent): SecretReader {
  return {
    kind: 'Agent',
    scope: agent._identity.scope,
    roles: () => {
      const forUsers = agent.capabilities.some(needsConsent);
      return agent.parts
        .filter(({ verbs }) => verbs.includes(AgentVerb.VEND) || (forUsers && verbs.includes(AgentVerb.COMPLETE)))
        .map(({ host }) => host.iamRole);
    },
  };
}

/** The secrets behind the providers of its capabilities. */
export function secretsOfAgent(agent: Agent): ReferencedSecret[] {
  return agent.capabilities.flatMap(({ provider, apiKeyProvider }) => {
    const used = provider ?? apiKeyProvider;
    const kept = provider?.clientSecret ?? apiKeyProvider?.apiKey;
    return used === undefined || kept === undefined ? [] : [{ kept, account: used.env.account }];
  });
}
