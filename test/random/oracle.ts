import type { AgentDescription, AppDescription, CapabilityDescription, PartDescription } from './description';
import { rolesOf } from './description';
import type { AppRequest, Claims, Question, Session } from './request';

/*
 * What each role of an app may do, from its description alone. Rules from AWS's service authorization reference and the
 * table of this library's promises; nothing is asked of the library.
 */

/** One part of an agent, with what counts for it. */
interface Acting {
  readonly agent: AgentDescription;
  readonly identity: string;
  readonly work: PartDescription['work'];
  /** Capabilities that are not cut off. */
  readonly active: readonly CapabilityDescription[];
}

/** Every request that is to be allowed, as a sweep prints it. */
export function expectedLines(app: AppDescription, requests: readonly AppRequest[]): string[] {
  return [...rolesOf(app)].flatMap(([role, places]) => {
    const parts = places.map(({ agent, part }) => actingPart(app, agent, part));
    return requests.filter(({ question }) => allowed(app, parts, question)).map(({ line }) => `${role} | ${line}`);
  }).sort();
}

function actingPart(app: AppDescription, index: number, part: number): Acting {
  const agent = app.agents[index];
  const active = agent.suspended ? [] : agent.capabilities.filter(({ suspended, provider }) => !suspended && !app.providers[provider].suspended);
  return { agent, identity: `agent ${index}`, work: agent.parts[part].work, active };
}

function allowed(app: AppDescription, parts: readonly Acting[], question: Question): boolean {
  switch (question.ask) {
    case 'mint for itself': return parts.some((part) => minting(part) && part.identity === question.identity && part.active.some((each) => each.kind === 'itself' || (each.kind === 'key' && each.session === 'itself')));
    case 'mint for a user': return parts.some((part) => minting(part) && part.identity === question.identity && sessionAllowed(part, question.session));
    case 'get OAuth2 token': return parts.some((part) => vending(part) && part.identity === question.identity && uses(part, question.provider, ['user', 'user id', 'itself']));
    case 'get API key': return parts.some((part) => vending(part) && part.identity === question.identity && uses(part, question.provider, ['key']));
    // Inside one role IAM cannot pair an identity with a provider, so the agents of a shared page are joined.
    case 'complete': return parts.some((part) => completing(part) && part.identity === question.identity && sessionAllowed(part, question.session))
      && parts.some((part) => completing(part) && sessionAllowed(part, question.session) && uses(part, question.provider, ['claims' in question.session ? 'user' : 'user id']));
    case 'read secret': return question.throughService && parts.some((part) => usedProviders(part).some((provider) => secretOf(app, provider) === question.secret));
    case 'use key': return keyAllowed(app, parts, question);
    case 'anything else': return false;
  }
}

/** AWS itself mints for the identity that it makes with a runtime. */
function minting({ agent, work }: Acting): boolean {
  return work === 'mint' || (work === 'act' && agent.identity !== 'of the runtime');
}

function vending({ work }: Acting): boolean {
  return work === 'act' || work === 'vend';
}

function completing({ work }: Acting): boolean {
  return work === 'complete';
}

function uses({ active }: Acting, provider: string, kinds: string[]): boolean {
  return active.some((capability) => kinds.includes(capability.kind) && `provider ${capability.provider}` === provider);
}

/** Whether the part may act (or end a consent) for the user of the session, whichever provider it is about. */
function sessionAllowed({ agent, active }: Acting, session: Session): boolean {
  if ('userId' in session) {
    return active.some(({ kind, prefix, ids }) => kind === 'user id' && (prefix !== undefined ? session.userId.startsWith(prefix) : ids.includes(session.userId)));
  }
  return active.some(({ kind, subjects }) => kind === 'user' && (subjects.length === 0 || subjects.includes(session.claims.sub)))
    && agent.callers.some((caller) => trusts(caller, session.claims));
}

function trusts(caller: AgentDescription['callers'][number], claims: Claims): boolean {
  const oneOf = (expected: readonly string[], given: readonly string[]) => expected.length === 0 || given.some((value) => expected.includes(value));
  return claims.iss === caller.issuer
    && oneOf(caller.audiences, claims.aud ?? [])
    && oneOf(caller.clients, claims.client_id === undefined ? [] : [claims.client_id])
    && oneOf(caller.scopes, claims.scope ?? []);
}

/** The providers whose secret AgentCore reads with the rights of the part: all for a token or a key, those with consent for its end. */
function usedProviders(part: Acting): number[] {
  return part.active.filter(({ kind }) => vending(part) || (completing(part) && (kind === 'user' || kind === 'user id'))).map(({ provider }) => provider);
}

function secretOf(app: AppDescription, provider: number): string {
  const { secret } = app.providers[provider];
  return secret === 'kept by AgentCore' ? `secret kept for provider ${provider}` : `secret ${secret}`;
}

function keyAllowed(app: AppDescription, parts: readonly Acting[], { key, action, via, forVaultOf }: Extract<Question, { ask: 'use key' }>): boolean {
  if (via?.service === 'secretsmanager' && action === 'Decrypt') {
    return parts.some((part) => usedProviders(part).some((provider) => {
      const { secret } = app.providers[provider];
      return secret !== 'kept by AgentCore' && app.secrets[secret].region === via.region && app.secrets[secret].key !== undefined && `key ${app.secrets[secret].key}` === key;
    }));
  }
  if (via?.service !== 'bedrock-agentcore-identity') return false;
  return app.vaults.some((vault, index) => {
    const { region } = app.stacks[vault.stack];
    const current = vault.how === 'key made for it' ? `key of vault ${index}` : `key ${vault.key}`;
    const former = vault.formerKeys.map((place) => `key ${place}`);
    const rightKey = key === current
      ? ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].includes(action) && (vault.how !== 'key made for it' || forVaultOf === region)
      : former.includes(key) && action === 'Decrypt';
    // Users' tokens are in the vault, so whoever gets OAuth2 tokens, or ends a consent, needs it.
    return rightKey && via.region === region && parts.some((part) => part.agent.region === region
      && usedProviders(part).some((provider) => app.providers[provider].family === 'OAuth2'));
  });
}
