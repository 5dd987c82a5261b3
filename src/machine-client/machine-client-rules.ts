import { Duration } from 'aws-cdk-lib';
import type { IMachineClient } from './machine-client';
import { AddMachineClientOptions, OidcMachineClientOptions } from './machine-client-options';
import { providersOf } from './machine-client-use';
import { MachineScope } from './machine-scope';
import { AgentOwner } from '../agent/agent-owner';
import { CapabilityKind } from '../capability/capability-kind';
import { expectKnownFields } from '../declaration/known-fields';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { expectWebAddress } from '../declaration/web-address';
import { OAuthGrantType } from '../gateway/oauth-grant-type';
import { expectReason } from '../gateway/reason';
import { CLIENT_SECRET_CALL, ClientSecret } from '../provider/client-secret';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { ProviderSecret } from '../provider/provider-secret';

/** What Cognito takes for access tokens, in seconds. */
const SHORTEST_LIFETIME = 300;
const LONGEST_LIFETIME = 86_400;

/** Raises what is wrong with a client that is to be made. */
export function expectAddedClient(path: string, options: AddMachineClientOptions, declaredScopes: readonly MachineScope[]): void {
  const problems = new Problems(path);
  expectKnownFields(problems, options, ['owner', 'scopes', 'reason', 'accessTokenLifetime'], 'A machine client', 'MachineClient/UnknownField');
  expectCommon(problems, options, MachineScope);
  const foreign = scopesIn(options).filter((scope) => scope instanceof MachineScope && !declaredScopes.includes(scope));
  problems.expect(foreign.length === 0, {
    code: 'MachineClient/ForeignScope',
    what: 'some scopes are of other machine clients',
    received: foreign.map(({ value }) => value),
    allowed: 'scopes made by addScope of the same MachineClients',
    fix: 'Add the scope to these MachineClients, and name that one.',
  });
  const lifetime = options?.accessTokenLifetime;
  problems.expect(lifetime === undefined || isLifetime(lifetime), {
    code: 'MachineClient/Lifetime',
    what: 'accessTokenLifetime is not valid',
    received: lifetime instanceof Duration ? lifetime.toString() : lifetime,
    allowed: 'a Duration of 5 minutes to 1 day, in whole seconds, known at synthesis',
    fix: 'Write accessTokenLifetime: Duration.minutes(15).',
  });
  problems.raise();
}

/** Raises what is wrong with a client of another issuer. */
export function expectOidcClient(path: string, options: OidcMachineClientOptions, discovery: string): void {
  const problems = new Problems(path);
  const fields = ['owner', 'issuer', 'discoveryUrl', 'tokenUrl', 'clientId', 'clientSecret', 'scopes', 'reason'];
  expectKnownFields(problems, options, fields, 'A machine client of an issuer', 'MachineClient/UnknownField');
  expectCommon(problems, options, OAuth2Scope);
  expectWebAddress(problems, options?.issuer, { name: 'issuer', code: 'MachineClient/Issuer', fix: 'Copy the iss claim from a token, character by character.' });
  if (options?.discoveryUrl !== undefined) {
    expectWebAddress(problems, options.discoveryUrl, { name: 'discoveryUrl', code: 'MachineClient/Issuer', mustEndWith: discovery, fix: 'Give the address in full, or leave it out.' });
  }
  if (options?.tokenUrl !== undefined) {
    expectWebAddress(problems, options.tokenUrl, { name: 'tokenUrl', code: 'MachineClient/TokenUrl', fix: 'Copy token_endpoint from the issuer\'s metadata, or leave it out.' });
  }
  problems.expectText(options?.clientId, {
    name: 'clientId', code: 'MachineClient/ClientId', maximum: 256, pattern: /^\S+$/, allowed: '1 to 256 characters without blanks', fix: 'Use the id that the issuer gave the client.',
  });
  problems.addAll(ProviderSecret._problemsOf(options?.clientSecret, 'The secret of a machine client', CLIENT_SECRET_CALL));
  const isKept = !(options?.clientSecret instanceof ClientSecret) || options.clientSecret.secret !== undefined;
  problems.expect(isKept, { code: 'MachineClient/Secret', what: 'the secret is not in Secrets Manager', fix: `Write ${CLIENT_SECRET_CALL}.` });
  problems.raise();
}

/**
 * What is wrong with the use of a client, which only shows when everything is declared: who uses it can ask for all of its scopes,
 * so whoever declares fewer would get more than was read and agreed to, and whoever declares more would get nothing.
 */
export function machineClientProblems(client: IMachineClient): string[] {
  const problems = new Problems(client.node.path);
  const ledger = Ledger.of(client);
  const providers = providersOf(client, ledger);
  const registered = client.scopes.map(({ value }) => value);
  for (const agent of ledger.agents) {
    for (const capability of agent.capabilities.filter(({ provider }) => provider !== undefined && providers.includes(provider))) {
      const isMachine = capability.kind === CapabilityKind.ACT_AS_ITSELF || capability.kind === CapabilityKind.CALL_TOOLS;
      expectMachine(problems, isMachine, agent.node.path, capability.kind);
      expectSameScopes(problems, agent.node.path, isMachine ? capability.scopes : registered, registered);
    }
  }
  for (const gateway of ledger.gateways) {
    for (const { node, credentials } of gateway.targets.filter(({ credentials: { provider } }) => provider !== undefined && providers.includes(provider))) {
      const isMachine = credentials.grantType === OAuthGrantType.CLIENT_CREDENTIALS;
      expectMachine(problems, isMachine, node.path, credentials.grantType);
      expectSameScopes(problems, node.path, isMachine ? credentials.scopes.map(({ value }) => value) : registered, registered);
    }
  }
  return problems.messages();
}

function expectMachine(problems: Problems, isMachine: boolean, user: string, received: string | undefined): void {
  problems.expect(isMachine, {
    code: 'MachineClient/NotForUsers',
    what: `${user} wants to act for users with a machine client`,
    received,
    allowed: 'Capability.actAsItself, ToolCallAuthority.machineClient, or OAuthGrantType.CLIENT_CREDENTIALS on targets',
    fix: 'Register another client for users, and define a provider for it.',
  });
}

function expectSameScopes(problems: Problems, user: string, declared: readonly string[], registered: readonly string[]): void {
  const same = (a: readonly string[], b: readonly string[]) => a.every((scope) => b.includes(scope));
  problems.expect(same(declared, registered) && same(registered, declared), {
    code: 'MachineClient/ScopesDiffer',
    what: `${user} declares other scopes than its machine client has, and no layer holds the difference`,
    received: [...declared].sort(),
    allowed: `exactly ${[...registered].sort().join(', ')}`,
    fix: 'Add a second client with exactly the scopes that are needed there, and use that one: whoever holds a client may ask for all of its scopes.',
  });
}

function expectCommon(problems: Problems, options: AddMachineClientOptions | OidcMachineClientOptions, scopeClass: typeof MachineScope | typeof OAuth2Scope): void {
  problems.expect(options?.owner instanceof AgentOwner, {
    code: 'MachineClient/Owner', what: 'owner is missing', received: options?.owner, fix: 'Write owner: AgentOwner.team(\'sales-tools\', \'sales-tools@example.com\').',
  });
  const scopes: unknown[] = scopesIn(options);
  problems.expect(scopes.length > 0 && scopes.every((scope) => scope instanceof scopeClass) && new Set(scopes.map(String)).size === scopes.length, {
    code: 'MachineClient/Scopes',
    what: 'scopes are not valid',
    received: Array.isArray(options?.scopes) ? scopes.map((scope) => (scope instanceof OAuth2Scope ? scope.value : scope)) : options?.scopes,
    allowed: scopeClass === MachineScope ? 'at least one, each once, made by addScope' : 'at least one, each once, such as CustomScope.of(\'orders:read\')',
    fix: 'Name what the agents need: a client without scopes gets no tokens.',
  });
  expectReason(problems, options?.reason, 'MachineClient/Reason', 'Say why agents of this type need these scopes.');
}

function scopesIn(options: AddMachineClientOptions | OidcMachineClientOptions): OAuth2Scope[] {
  return Array.isArray(options?.scopes) ? options.scopes : [];
}

function isLifetime(lifetime: unknown): boolean {
  if (!(lifetime instanceof Duration) || lifetime.isUnresolved()) {
    return false;
  }
  const seconds = lifetime.toMilliseconds() / 1000;
  return Number.isInteger(seconds) && seconds >= SHORTEST_LIFETIME && seconds <= LONGEST_LIFETIME;
}
