import { Acting, actingGateway, actingPage, actingParts } from './acting';
import type { AppDescription } from './description';
import { rolesOf } from './description';
import { mayInvokeGateway } from './gateway-invocations';
import { mayInvoke, mayRunCommand, operatorName } from './invocations';
import { tokenAudience } from './name';
import { outsidersOf } from './outsider';
import type { AppRequest, Question } from './request';

/*
 * What each role of an app may do, from its description alone. Rules from AWS's service authorization reference and the
 * table of this library's promises; nothing is asked of the library.
 */

/** Every request that is to be allowed, by the role. */
export function expectedRequests(app: AppDescription, requests: readonly AppRequest[]): Map<string, Set<AppRequest>> {
  const roles = new Map([...rolesOf(app)].map(([role, places]) => [role, actingParts(app, places)]));
  // These act for nobody, but may invoke.
  app.agents.forEach(({ frontEnds }, agent) => frontEnds.forEach(({ host }, place) => 'kind' in host && roles.set(`front end ${place} of agent ${agent}`, [])));
  app.agents.forEach(({ operators }, agent) => operators.forEach((_host, place) => roles.set(operatorName(place, agent), [])));
  ['bystander', ...outsidersOf(app).keys()].forEach((role) => roles.set(role, []));
  app.machineClients.forEach(({ clients }, pool) => clients.forEach((_client, place) => roles.set(`mover of client ${place} of ${pool}`, [])));
  app.gateways.forEach((_gateway, index) => roles.set(`gateway ${index}`, [actingGateway(app, index)]));
  app.gateways.forEach(({ page }, index) => page === true && roles.set(`page of gateway ${index}`, [actingPage(app, index)]));
  return new Map([...roles].map(([role, parts]) => [role, new Set(requests.filter(({ question }) => allowed(app, role, parts, question)))]));
}

function allowed(app: AppDescription, role: string, parts: readonly Acting[], question: Question): boolean {
  switch (question.ask) {
    case 'mint for itself': return parts.some((part) => part.mints && part.identity === question.identity && part.ownToken);
    case 'mint for a user': return parts.some((part) => part.mints && part.identity === question.identity && part.actsFor(question.session));
    case 'get OAuth2 token': return parts.some((part) => part.vends && part.identity === question.identity && part.oauth2.some((place) => `provider ${place}` === question.provider));
    case 'get API key': return parts.some((part) => part.vends && part.identity === question.identity && part.apiKeys.some((place) => `provider ${place}` === question.provider));
    // Inside one role IAM cannot pair an identity with a provider, so the agents of a shared page are joined.
    case 'complete': {
      const ends = parts.filter((part) => part.completes && part.actsFor(question.session));
      return ends.some((part) => part.identity === question.identity && part.consented('claims' in question.session).length > 0)
        && ends.some((part) => part.consented('claims' in question.session).some((place) => `provider ${place}` === question.provider));
    }
    case 'read secret': return question.throughService && parts.some((part) => part.used.some((provider) => secretOf(app, provider) === question.secret));
    case 'use key': return keyAllowed(app, parts, question);
    case 'get web identity token': return question.throughService && parts.some((part) => webIdentityAllowed(app, part, question));
    case 'ask policy engine': return role === question.gateway && question.about === question.gateway;
    case 'read policy engine': return role === question.gateway;
    case 'use key of gateway': return gatewayKeyAllowed(app, role, question);
    case 'call target': {
      const { targets, suspended } = app.gateways[question.gateway];
      const { kind, way, suspended: cutOff } = targets[question.target];
      return !suspended && !cutOff && role === `gateway ${question.gateway}` && way === 'role' && kind !== 'agent' && (kind === 'Lambda') === (question.by === 'function');
    }
    case 'invoke gateway': return mayInvokeGateway(app, role, question, parts.some(({ gateways }) => gateways.some((place) => `gateway ${place}` === question.gateway)));
    case 'invoke runtime': return mayInvoke(app, role, question);
    case 'run command': return mayRunCommand(app, role, question);
    case 'keep secret': return moverMay(app, role, question);
    case 'describe client': return app.machineClients.some((_pool, index) => question.pool === index && role.startsWith('mover of') && role.endsWith(` of ${index}`));
    case 'anything else': return false;
  }
}

function secretOf(app: AppDescription, provider: number): string | undefined {
  const { secret, client } = app.providers[provider];
  return client !== 'secret' ? undefined : secret === 'kept by AgentCore' ? `secret kept for provider ${provider}` : `secret ${secret}`;
}

function keyAllowed(app: AppDescription, parts: readonly Acting[], { key, action, via, forVaultOf }: Extract<Question, { ask: 'use key' }>): boolean {
  if (via?.service === 'secretsmanager' && action === 'Decrypt') {
    return parts.some((part) => part.used.some((provider) => {
      const { secret, client } = app.providers[provider];
      return client === 'secret' && secret !== 'kept by AgentCore' && app.secrets[secret].region === via.region && app.secrets[secret].key !== undefined && `key ${app.secrets[secret].key}` === key;
    }));
  }
  if (via?.service !== 'bedrock-agentcore-identity') return false;
  if (action === 'Sign' || action === 'DescribeKey') {
    return parts.some((part) => part.used.some((provider) => `key ${app.providers[provider].client}` === key && app.providers[provider].region === via.region));
  }
  return app.vaults.some((vault, index) => {
    const { region, stage } = app.stacks[vault.stack];
    const current = vault.how === 'key made for it' ? `key of vault ${index}` : `key ${vault.key}`;
    const former = vault.formerKeys.map((place) => `key ${place}`);
    const rightKey = key === current
      ? ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].includes(action) && (vault.how !== 'key made for it' || forVaultOf === region)
      : former.includes(key) && action === 'Decrypt';
    // Users' tokens are in the vault, so whoever gets OAuth2 tokens, or ends a consent, needs it.
    return rightKey && via.region === region && parts.some((part) => part.region === region && part.stage === stage
      && part.used.some((provider) => app.providers[provider].family === 'OAuth2'));
  });
}

/** IAM compares algorithms, and audiences for each: a token for several servers needs all of them in one list. */
function webIdentityAllowed(app: AppDescription, part: Acting, { audiences, algorithm }: Extract<Question, { ask: 'get web identity token' }>): boolean {
  const clients = (client: string) => part.used.filter((provider) => app.providers[provider].client === client).map((provider) => tokenAudience(provider, 'client'));
  const actors = part.exchanged.filter((provider) => app.providers[provider].exchange === 'role as actor').map((provider) => tokenAudience(provider, 'actor'));
  const lists = [[...clients('IAM token'), ...actors], ...(algorithm === 'ES384' ? [clients('IAM token by ES384')] : [])];
  return audiences.length > 0 && lists.some((list) => audiences.every((audience) => list.includes(audience)));
}

/** Each client has a function that puts its secret, and no other's, where it is kept. It cannot read it. */
function moverMay(app: AppDescription, role: string, { secret, key }: Extract<Question, { ask: 'keep secret' }>): boolean {
  return app.machineClients.some(({ clients, key: under }, pool) => clients.some((client, place) => role === `mover of client ${place} of ${pool}`
    && secret === `secret ${client.secret}` && (key === undefined || key === `key ${under}`)));
}

/** CloudFormation and AgentCore use a gateway's key as its role, for this gateway. */
function gatewayKeyAllowed(app: AppDescription, role: string, { key, action, gateway }: Extract<Question, { ask: 'use key of gateway' }>): boolean {
  return app.gateways.some(({ key: own }, index) => role === `gateway ${index}` && `key ${own}` === key
    && (action === 'DescribeKey' || (['CreateGrant', 'Decrypt', 'GenerateDataKey'].includes(action) && gateway === role)));
}
