import { trusts } from './acting';
import type { AgentDescription, AppDescription, ToolCallDescription, UsersDescription } from './description';
import { everyToken, hasClaim, isOneOf, type Token } from './token';
import { rulesLetIn } from './tool-calls';

/*
 * A limit of users whose tokens an agent hands on to a gateway, and whose code does not look at them, has to be held by somebody: the
 * authorizer of the agent's runtime, that of the gateway, or the rules of the tools.
 */

/** Calls whose limit nobody holds: for each, a token of somebody else that gets through. */
export function unheldCalls(app: AppDescription): string[] {
  return app.agents.flatMap((agent, index) => agent.toolCalls.filter(({ authority, enforced }) => authority === 'user token' && !enforced).flatMap((call) => {
    const stranger = tokens().find((token) => !isOneOf(call.users, token) && getsThrough(app, agent, call, token));
    return stranger === undefined ? [] : [`agent ${index} hands the token of ${JSON.stringify(stranger)} on to gateway ${call.gateway}`];
  }));
}

/** The app, with code in the agents that looks at tokens. */
export function withEnforcement(app: AppDescription): AppDescription {
  return { ...app, agents: app.agents.map((agent) => ({ ...agent, toolCalls: agent.toolCalls.map((call) => ({ ...call, enforced: true })) })) };
}

/** Whose tokens the authorizer of a runtime lets in: that of one user, or those that all capabilities are for. */
export function usersInFrontOf({ identity, capabilities }: AgentDescription): UsersDescription {
  const wanted = capabilities.filter(({ kind }) => kind === 'user' || kind === 'behalf').map(({ users }) => users);
  const agreed = identity === 'of the runtime' && new Set(wanted.map((users) => JSON.stringify(sorted(users)))).size === 1 && wanted[0].subjects.length <= 1;
  return agreed ? wanted[0] : { subjects: [] };
}

function getsThrough({ gateways }: AppDescription, agent: AgentDescription, { gateway, tools }: ToolCallDescription, token: Token): boolean {
  const { caller, claim, targets } = gateways[gateway];
  const called = tools.length > 0 ? tools : targets.flatMap((_target, target) => ['read', 'read_all', 'read_'].map((tool) => ({ target, tool })));
  return isOneOf(usersInFrontOf(agent), token) && (claim === undefined || hasClaim(claim, token))
    && agent.callers.some(({ issuer }) => trusts({ issuer: caller.issuer, audiences: [], clients: [], scopes: [] }, { iss: issuer, sub: token.sub }))
    && called.some(({ target, tool }) => rulesLetIn(targets[target], tool, { token }) === 'permitted');
}

/** Every token with every user. */
function tokens(): Token[] {
  return everyToken().flatMap((token) => ['user-1', 'user-10', 'user-2', 'user-7'].map((sub) => ({ ...token, sub })));
}

function sorted({ subjects, claim }: UsersDescription): unknown {
  return [[...subjects].sort(), claim === undefined ? undefined : [claim.name, claim.test, [...claim.values].sort()]];
}
