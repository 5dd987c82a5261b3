import type { Agent } from './agent';
import { gatewayCallRules } from './gateway-call-rules';
import { suspensionOf } from './part-rights';
import { authorizerHolds, unusableClaimText } from './runtime-authorizer';
import { secretInCodeRules } from './secret-in-code-rules';
import { consentIsAvoidable, grantTypeIsShared, hasUserCapability, proofIsShared, subjectsDiffer, userIdsDiffer, usersAreShared, widerScopes } from './shared-limits';
import { ApiKeyAuthority } from '../capability/api-key-authority';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { actsAsItself, actsForUsers, mintsForItself, needsUserToken } from '../capability/user-token';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { OAuth2Provider } from '../provider/oauth2-provider';
import { mayBeSameProvider } from '../provider/provider-key';

/** What only shows when everything is declared: a capability without what it needs, or with a limit that nobody holds. */
export function capabilityRules(problems: Problems, agent: Agent, ledger: Ledger): void {
  for (const capability of agent.capabilities) {
    expectSameEnvironment(problems, agent, capability);
    expectOneGrantType(problems, capability, ledger);
    expectSuspensionHolds(problems, agent, capability);
    switch (capability.kind) {
      case CapabilityKind.ACT_AS_USER:
        expectCallers(problems, agent, capability);
        expectReturnUrls(problems, agent, capability);
        expectUsersAreLimited(problems, agent, capability);
        expectClientId(problems, capability);
        expectOneProof(problems, agent, capability);
        expectOwnGrantType(problems, agent, capability, ledger);
        expectConsent(problems, agent, capability, ledger);
        break;
      case CapabilityKind.ACT_ON_BEHALF_OF_USER:
        expectCallers(problems, agent, capability);
        expectUsersAreLimited(problems, agent, capability);
        expectNoUserIds(problems, agent, capability);
        expectOwnGrantType(problems, agent, capability, ledger);
        expectOwnScopes(problems, capability, ledger);
        break;
      case CapabilityKind.ACT_AS_TRUSTED_USER_ID:
        expectReturnUrls(problems, agent, capability);
        expectClientId(problems, capability);
        expectSameUserIds(problems, agent, capability);
        expectOneProof(problems, agent, capability);
        expectOwnGrantType(problems, agent, capability, ledger);
        expectConsent(problems, agent, capability, ledger);
        break;
      case CapabilityKind.ACT_AS_ITSELF:
        expectNoUsers(problems, agent, capability, ledger);
        expectOwnScopes(problems, capability, ledger);
        break;
      case CapabilityKind.USE_API_KEY:
        expectUserSession(problems, agent, capability);
        break;
      case CapabilityKind.CALL_TOOLS:
        gatewayCallRules(problems, agent, capability);
        if (actsAsItself(capability)) {
          expectNoUsers(problems, agent, capability, ledger);
          expectOwnScopes(problems, capability, ledger);
        }
        break;
      case CapabilityKind.READ_SECRET_IN_CODE:
        secretInCodeRules(problems, agent, capability, ledger);
        break;
    }
  }
}

function expectSameEnvironment(problems: Problems, agent: Agent, capability: Capability): void {
  const provider = capability.provider ?? capability.apiKeyProvider;
  if (provider === undefined) {
    return;
  }
  const identity = agent._identity.scope;
  const elsewhere = [
    ...(knownToDiffer(provider.env.region, identity.region) ? [`region ${provider.env.region}, the identity in ${identity.region}`] : []),
    ...(knownToDiffer(provider.env.account, identity.account) ? [`account ${provider.env.account}, the identity in ${identity.account}`] : []),
  ];
  for (const where of elsewhere) {
    problems.add({
      code: 'Capability/ProviderElsewhere',
      what: `provider ${provider.node.path} is in ${where}; AgentCore only lets an identity use providers of its own account and region`,
      received: provider.providerName,
      fix: 'Define or import the provider where the identity is.',
    });
  }
}

/** A provider that stays in use is not denied, so a suspended way of using it has to be closed where its tokens are minted. */
function expectSuspensionHolds(problems: Problems, agent: Agent, capability: Capability): void {
  const { provider } = capability;
  if (provider === undefined || suspensionOf(capability) === undefined || agent.suspendedReason !== undefined) {
    return;
  }
  const active = agent.capabilities.filter((other) => suspensionOf(other) === undefined);
  const withProvider = active.filter((other) => other.provider !== undefined && mayBeSameProvider(other.provider, provider));
  const sameToken = actsAsItself(capability) ? mintsForItself : needsUserToken(capability) ? needsUserToken : ({ kind }: Capability) => kind === capability.kind;
  // Tokens for users work with any provider in use. Where it stays in use for users, these are declared for it.
  const usersComeIn = actsForUsers(capability) && active.some(actsForUsers) && !withProvider.some(actsForUsers);
  if (withProvider.length > 0 && (active.some(sameToken) || usersComeIn)) {
    problems.add({
      code: 'Capability/SuspensionNotSeparable',
      what: `the capability to ${capability.kind} with ${provider.node.path} is suspended, but the agent still uses the provider, and still gets the tokens for it`,
      fix: 'Suspend the provider or the agent, or the other capabilities with this provider or with such tokens.',
    });
  }
}

/** Some vendors register a client either for users or for machines. */
function expectOneGrantType(problems: Problems, capability: Capability, ledger: Ledger): void {
  const { kind, provider } = capability;
  if (provider?.profile?.oneGrantTypePerClient === true && actsAsItself({ kind, provider }) && hasUserCapability(provider, ledger)) {
    problems.add({
      code: 'Capability/OneGrantTypePerClient',
      what: `${provider.vendor} registers a client either for users or for machine-to-machine use, and ${provider.node.path} is used for both`,
      received: provider.providerName,
      fix: 'Register a second client and define a second provider.',
    });
  }
}

function expectCallers(problems: Problems, agent: Agent, capability: Capability): void {
  problems.expect(agent.callers.length > 0, {
    code: 'Agent/CallersMissing',
    what: `the agent acts as the user through ${capability.provider!.node.path}, but says of no issuer that its tokens prove a user`,
    fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })] on the agent.',
  });
}

function expectReturnUrls(problems: Problems, agent: Agent, capability: Capability): void {
  problems.expect(agent.returnUrls.length > 0, {
    code: 'Agent/ReturnUrlMissing',
    what: `the agent acts as a user through ${capability.provider!.node.path}, but has no page that the user returns to after consent`,
    fix: 'Write returnUrls: [\'https://…\'] on the agent; AgentCore refuses the token request without a registered one.',
  });
}

function expectUsersAreLimited(problems: Problems, agent: Agent, capability: Capability): void {
  const users = capability.users!;
  if (agent._identityOfRuntime !== undefined) {
    expectAuthorizerHolds(problems, agent, capability);
    return;
  }
  if (users._claim !== undefined && capability.enforcedByApplication === undefined) {
    const { name, values, isGroup } = users._claim;
    problems.add({
      code: isGroup ? 'Capability/GroupNotEnforced' : 'Capability/ClaimNotEnforced',
      what: `nobody would enforce "${users.description}" for ${capability.provider!.node.path}: IAM knows no ${isGroup ? 'groups' : `claim ${name}`}, and the host has no inbound authorizer`,
      received: values.length === 1 ? values[0] : values,
      fix: `Say how the agent's code checks the ${isGroup ? 'group' : 'claim'} with enforcedByApplication, or limit to Users.withSubjects([...]).`,
    });
  }
  if (users._subjects.length === 0) {
    return;
  }
  problems.expect(agent.callers.length <= 1, {
    code: 'Capability/SubjectsOfSeveralIssuers',
    what: 'subjects are named, but the agent has several callers, and a subject means nothing without its issuer',
    received: agent.callers.map((caller) => caller.issuer),
    fix: 'Give the agent one caller, or make one agent per issuer.',
  });
  if (subjectsDiffer(agent) && capability.enforcedByApplication === undefined) {
    problems.add({
      code: 'Capability/SubjectsNotSeparable',
      what: `nobody would enforce "${users.description}" for ${capability.provider!.node.path}: another capability of the agent is for other users, and IAM cannot pair a user with a provider`,
      received: users._subjects,
      fix: 'Name the same subjects in all capabilities that act as the user, make a second agent, or say how the code checks it with enforcedByApplication.',
    });
  }
}

/** In front of a runtime there is one authorizer for all capabilities. */
function expectAuthorizerHolds(problems: Problems, agent: Agent, capability: Capability): void {
  const users = capability.users!;
  const broad = users._claim === undefined && users._subjects.length === 0;
  if (authorizerHolds(agent, users) || broad || capability.enforcedByApplication !== undefined) {
    return;
  }
  const unusable = unusableClaimText(users);
  problems.add(unusable !== undefined ? {
    code: 'Capability/UsersNotHeld',
    what: `nobody would enforce "${users.description}" for ${capability.provider!.node.path}: a JWT authorizer does not take this text`,
    received: unusable,
    allowed: '1 to 255 letters, digits and _ . : / -',
    fix: 'Use a claim whose name and values have no other characters, such as the ids of groups, or say how the code checks it with enforcedByApplication.',
  } : {
    code: 'Capability/UsersNotSeparable',
    what: `nobody would enforce "${users.description}" for ${capability.provider!.node.path}: the runtime's JWT authorizer holds one claim or one subject, for all capabilities alike`,
    received: users.description,
    fix: 'Name the same users in all capabilities that act as the user, make a second agent, or say how the code checks it with enforcedByApplication.',
  });
}

function expectOwnGrantType(problems: Problems, agent: Agent, capability: Capability, ledger: Ledger): void {
  if (grantTypeIsShared(agent, capability, ledger) && capability.enforcedByApplication === undefined) {
    problems.add({
      code: 'Capability/GrantTypeNotSeparable',
      what: `nobody would enforce that the agent only acts as users through ${capability.provider!.node.path}: another agent acts as itself with the same client, and IAM cannot tell grant types apart`,
      fix: 'Register a second client and define a second provider for machine-to-machine use, or say how the code holds the limit with enforcedByApplication.',
    });
  }
}

/** Where a client also exchanges tokens, or is its own actor, the user's consent is not what stands between agent and token. */
function expectConsent(problems: Problems, agent: Agent, capability: Capability, ledger: Ledger): void {
  if (capability.enforcedByApplication !== undefined) {
    return;
  }
  const { path } = capability.provider!.node;
  if (consentIsAvoidable(agent, capability, ledger)) {
    problems.add({
      code: 'Capability/ConsentNotSeparable',
      what: `nobody would enforce that users consent to what the agent does through ${path}: the same client exchanges users' tokens without asking them, and IAM cannot tell grant types apart`,
      fix: 'Register a second client and define a second provider for the exchange, or say how the code holds the limit with enforcedByApplication.',
    });
  }
}

/** AgentCore exchanges the JWT that a workload access token was minted for, so one for a user id cannot be exchanged. */
function expectNoUserIds(problems: Problems, agent: Agent, capability: Capability): void {
  const byUserId = agent.capabilities.filter(({ kind }) => kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID);
  if (byUserId.length > 0) {
    problems.add({
      code: 'Capability/OnBehalfOfUserId',
      what: `the agent acts on behalf of users through ${capability.provider!.node.path}, which needs their JWTs, but knows users by trusted ids (${byUserId.map(({ provider }) => provider!.node.path).join(', ')}), and an id cannot be exchanged`,
      fix: 'Write Capability.actAsUser(...) in place of actAsTrustedUserId, or give the exchange to an agent of its own.',
    });
  }
}

/** AWS issues tokens for a client without an id, but users cannot be asked for their consent to it. */
function expectClientId(problems: Problems, capability: Capability): void {
  const provider = capability.provider!;
  problems.expect(!(provider instanceof OAuth2Provider) || provider._clientId !== undefined, {
    code: 'Capability/ClientIdMissing',
    what: `users consent to what a client does, but the client of ${provider.node.path} has no id`,
    fix: 'Write clientId on the provider.',
  });
}

/** IAM joins the user ids of all capabilities: one mint right serves every provider. */
function expectSameUserIds(problems: Problems, agent: Agent, capability: Capability): void {
  if (userIdsDiffer(agent) && capability.enforcedByApplication === undefined) {
    problems.add({
      code: 'Capability/UserIdsNotSeparable',
      what: `nobody would enforce the user ids for ${capability.provider!.node.path}: another capability of the agent is for other ids, and IAM cannot pair an id with a provider`,
      received: [...capability.userIds!.prefixes, ...capability.userIds!.ids],
      fix: 'Name the same ids in all capabilities that act as a trusted user id, make a second agent, or say how the code checks it with enforcedByApplication.',
    });
  }
}

/** A token that stands for an id which the agent named works with every provider, also with one that is for proved users. */
function expectOneProof(problems: Problems, agent: Agent, capability: Capability): void {
  if (proofIsShared(agent, capability) && capability.enforcedByApplication === undefined) {
    problems.add({
      code: 'Capability/UserProofNotSeparable',
      what: `nobody would enforce how users are proved for ${capability.provider!.node.path}: the agent acts by users' tokens through one provider and by ids that it names through another, and IAM cannot keep them apart`,
      fix: 'Make a second agent for the user ids, declare both ways for the provider, or say how the code holds the limit with enforcedByApplication.',
    });
  }
}

function expectNoUsers(problems: Problems, agent: Agent, capability: Capability, ledger: Ledger): void {
  if (usersAreShared(agent, capability, ledger) && capability.enforcedByApplication === undefined) {
    problems.add({
      code: 'Capability/GrantTypeNotSeparable',
      what: `nobody would enforce that the agent only acts as itself through ${capability.provider!.node.path}: it gets tokens for users, and another agent acts as users with the same client`,
      fix: 'Register a second client and define a second provider for machine-to-machine use, or say how the code holds the limit with enforcedByApplication.',
    });
  }
}

function expectOwnScopes(problems: Problems, capability: Capability, ledger: Ledger): void {
  const wider = widerScopes(capability, ledger);
  if (wider.length > 0 && capability.enforcedByApplication === undefined) {
    problems.add({
      code: 'Capability/ScopesNotSeparable',
      what: `nobody would enforce the scopes ${capability.scopes.join(' ')} of acting ${actsAsItself(capability) ? 'as itself' : 'on behalf of users'} through ${capability.provider!.node.path}: the client is also registered for other scopes, and IAM cannot check scopes`,
      received: wider,
      fix: 'Register a client of its own for each set of scopes, or say how the code holds the limit with enforcedByApplication.',
    });
  }
}

function expectUserSession(problems: Problems, agent: Agent, capability: Capability): void {
  problems.expect(capability.authority !== ApiKeyAuthority.USER_SESSION || agent.capabilities.some(actsForUsers), {
    code: 'Capability/NoUserSession',
    what: `the key of ${capability.apiKeyProvider!.node.path} is to be used in a user's session, but the agent never acts as a user`,
    fix: 'Use ApiKeyAuthority.AGENT_ITSELF, or declare the capability that acts as the user.',
  });
}
