import type { Agent } from './agent';
import { AgentVerb } from './agent-verb';
import { suspensionOf } from './part-rights';
import { needsConsent } from '../capability/user-token';
import { warn } from '../declaration/acknowledgeable-warning';

const WHAT = 'NOBODY OF THIS APP COMPLETES CONSENTS:';

/** Told to whoever reads the report, where users would consent and nobody ends the session that this begins. */
export function consentNotices(agent: Agent): string[] {
  const providers = unfinished(agent);
  return providers.length === 0 ? [] : [`${WHAT} whoever else acts for the identity of ${agent.node.path} ends the sessions of ${providers.join(' and ')} (CompleteResourceTokenAuth). A return page of the agent would: AgentPart.returnPage.`];
}

/** Warns of the same at synthesis. */
export function warnOfConsents(agent: Agent): void {
  const providers = unfinished(agent);
  if (providers.length > 0) {
    warn(agent, 'cdk-agentcore-identity:agentConsentsNeverComplete', `${WHAT} users consent to what this agent does as them with ${providers.join(' and ')}, and no part of it may end `
      + 'the session that this begins, so it never gets a token. Add AgentPart.returnPage(name, host) to its parts, or AgentPart.sharedReturnPage(name, host, { reason }) where several agents have one page');
  }
}

/** The providers that users consent to, as long as nothing cuts them off and no part of the agent completes sessions. */
function unfinished(agent: Agent): string[] {
  if (agent.suspendedReason !== undefined || agent.parts.some(({ verbs }) => verbs.includes(AgentVerb.COMPLETE))) {
    return [];
  }
  const active = agent.capabilities.filter((capability) => needsConsent(capability) && suspensionOf(capability) === undefined);
  return [...new Set(active.map(({ provider }) => provider!.node.path))].sort();
}
