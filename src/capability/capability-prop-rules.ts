import { Token } from 'aws-cdk-lib';
import { ApiKeyAuthority } from './api-key-authority';
import { ActAsTrustedUserIdOptions, CapabilityOptions, OAuth2CapabilityOptions, UseApiKeyOptions } from './capability-options';
import { TrustedUserIds } from './trusted-user-ids';
import { Users } from './users';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import { hasClientCredentials, isKnown, KNOWN_VENDORS } from '../provider/known-vendors';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { ProviderSecret } from '../provider/provider-secret';

export function expectOAuth2(problems: Problems, provider: IOAuth2Provider, options: OAuth2CapabilityOptions, more: string[]): boolean {
  expectReasons(problems, options, ['scopes', ...more], 'an OAuth2 capability');
  return expectProvider(problems, provider, options?.scopes);
}

export function expectProvider(problems: Problems, provider: IOAuth2Provider | undefined, scopes: OAuth2Scope[] | undefined): boolean {
  const known = typeof provider === 'object' && provider !== null && 'oAuth2CredentialProviderRef' in provider && 'clientSecret' in provider;
  problems.expect(known, {
    code: 'Capability/Provider',
    what: 'the provider is not an OAuth2 provider of this library',
    ...(typeof provider === 'string' ? {} : { received: provider }),
    fix: 'Pass a GoogleOAuth2Provider, CustomOAuth2Provider, ...; wrap another construct with OAuth2Provider.fromProviderRef(scope, id, other, { clientSecret }).',
  });
  expectScopes(problems, scopes, known ? provider : undefined);
  return known;
}

/** The vendor would refuse each request for a token without a user. */
export function expectClientCredentials(problems: Problems, provider: IOAuth2Provider | undefined, fix: string): void {
  problems.expect(typeof provider !== 'object' || provider === null || hasClientCredentials(provider), {
    code: 'Capability/NoClientCredentials',
    what: `${provider?.vendor} has no client-credentials grant, so nobody gets a token as itself`,
    received: provider?.node?.path,
    fix,
  });
}

export function expectUsers(problems: Problems, options: { readonly users: Users }, call: string): void {
  problems.expect(options?.users instanceof Users, {
    code: 'Capability/Users',
    what: `users of ${call} must be given`,
    received: options?.users,
    fix: 'Write users: Users.inGroup(\'…\'), Users.withSubjects([...]) or Users.anyOfTheIssuer({ reason: \'…\' }).',
  });
}

export function expectUserIds(problems: Problems, options: ActAsTrustedUserIdOptions): void {
  problems.expect(options?.userIds instanceof TrustedUserIds, {
    code: 'Capability/UserIds',
    what: 'userIds of Capability.actAsTrustedUserId must be given',
    received: options?.userIds,
    fix: 'Write userIds: TrustedUserIds.withPrefix(\'cognito+\') or TrustedUserIds.of([...]).',
  });
}

export function expectApiKey(problems: Problems, provider: IApiKeyProvider, options: UseApiKeyOptions): void {
  problems.expect(typeof provider === 'object' && provider !== null && 'apiKeyCredentialProviderRef' in provider && 'apiKey' in provider && provider.apiKey instanceof ProviderSecret, {
    code: 'Capability/Provider',
    what: 'the provider of Capability.useApiKey is not an API-key provider of this library',
    // A text may be the key itself.
    ...(typeof provider === 'string' ? {} : { received: provider }),
    fix: 'Pass an ApiKeyProvider; wrap another construct with ApiKeyProvider.fromProviderRef(scope, id, other, { apiKey }).',
  });
  problems.expect(options?.authority === undefined || Object.values(ApiKeyAuthority).includes(options.authority), {
    code: 'Capability/Authority',
    what: 'authority is not valid',
    received: options?.authority,
    allowed: 'ApiKeyAuthority.AGENT_ITSELF or ApiKeyAuthority.USER_SESSION',
    fix: 'Use one of them, or leave it out.',
  });
}

export function expectExchange(problems: Problems, provider: IOAuth2Provider): void {
  const configured = 'OnBehalfOf.tokenExchange(ActorToken.none()) or OnBehalfOf.jwtAuthorizationGrant()';
  const fix = provider.profile === undefined
    ? `If its owner has configured the exchange, say so on the import: onBehalfOf: ${configured}.`
    : provider.vendor === 'CustomOauth2'
      ? `Write onBehalfOf: ${configured} on the CustomOAuth2Provider.`
      : `AgentCore exchanges tokens with MicrosoftOAuth2Provider and CustomOAuth2Provider only: define new CustomOAuth2Provider(…, { onBehalfOf: ${configured} }) for this authorization server.`;
  problems.expect(provider.onBehalfOf !== undefined, {
    code: 'Capability/OnBehalfOf', what: `provider ${provider.node.path} does not exchange users' tokens, as far as this app knows`, received: provider.vendor, fix,
  });
}

export function expectTargets(problems: Problems, name: string, targets: string[] | undefined, pattern: RegExp, allowed: string): void {
  if (targets === undefined) {
    return;
  }
  const good = Array.isArray(targets) && targets.length > 0 && new Set(targets).size === targets.length
    && targets.every((value) => typeof value === 'string' && (Token.isUnresolved(value) || pattern.test(value)));
  problems.expect(good, {
    code: 'Capability/ExchangeTarget', what: `${name} are not valid`, received: targets, allowed, fix: 'Name the API as the authorization server knows it, or leave the field out.',
  });
}

function expectScopes(problems: Problems, scopes: OAuth2Scope[] | undefined, provider: IOAuth2Provider | undefined): void {
  if (provider?.profile?.hasScopes === false) {
    problems.expect(scopes === undefined || (Array.isArray(scopes) && scopes.length === 0), {
      code: 'Capability/Scopes', what: `${provider.vendor} has no scopes`, received: values(scopes), fix: 'Leave scopes out: what the token may do is set in the registration of the client.',
    });
    return;
  }
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every((scope) => scope instanceof OAuth2Scope)) {
    const asText = [scopes].flat().some((scope: unknown) => typeof scope === 'string');
    problems.add({
      code: 'Capability/Scopes',
      what: asText ? 'scopes are given as text' : 'scopes must be given',
      received: values(scopes),
      allowed: 'at least one scope of the vendor\'s catalogue, such as GoogleScope.CALENDAR_READONLY, or CustomScope.of(\'…\')',
      fix: asText ? 'Write each with the class of its vendor: scopes: [GoogleScope.of(\'…\')], [GitHubScope.of(\'…\')], or [CustomScope.of(\'…\')] for a CustomOAuth2Provider.' : 'Name the scopes that the agent needs, and no others.',
    });
    return;
  }
  problems.expect(new Set(scopes.map(({ value }) => value)).size === scopes.length, {
    code: 'Capability/Scopes', what: 'a scope is given twice', received: values(scopes), fix: 'Give each scope once.',
  });
  const missing = (provider?.profile?.requiredScopes ?? []).filter((required) => !scopes.some(({ value }) => value === required));
  problems.expect(missing.length === 0, {
    code: 'Capability/RequiredScope', what: `${provider?.vendor} refuses requests without the scopes ${missing.join(' ')}`, received: values(scopes), fix: 'Add them.',
  });
  const foreign = scopes.filter(({ vendor }) => vendor !== undefined && provider?.vendor !== undefined && provider.vendor !== 'CustomOauth2' && provider.vendor !== vendor);
  if (foreign.length > 0) {
    problems.add({
      code: 'Capability/ScopeOfOtherVendor',
      what: `the scopes belong to ${foreign[0].vendor}, the provider to ${provider?.vendor}`,
      received: values(foreign),
      ...(isKnown(provider!.vendor!) ? {} : { allowed: KNOWN_VENDORS.join(', ') }),
      fix: isKnown(provider!.vendor!)
        ? `Use the scope catalogue of ${provider?.vendor}, or the provider of ${foreign[0].vendor}.`
        : `${provider?.vendor} is no vendor that is known here: correct vendor on the import, or leave it out; for a vendor that AWS has added since, use CustomScope.of('…').`,
    });
  }
}

/** What was given, as far as it is scopes. */
function values(scopes: unknown): unknown {
  return Array.isArray(scopes) ? scopes.map((scope) => (scope instanceof OAuth2Scope ? scope.value : scope)) : scopes;
}

export function expectReasons(problems: Problems, options: CapabilityOptions, more: string[], what: string): void {
  expectKnownFields(problems, options ?? {}, ['reason', 'enforcedByApplication', ...more], what, 'Capability/UnknownField');
  expectReason(problems, options?.reason);
  expectPlace(problems, options?.enforcedByApplication);
}

export function expectReason(problems: Problems, reason: unknown): void {
  problems.expectText(reason, {
    name: 'reason',
    code: 'Capability/Reason',
    minimum: 10,
    forPeople: true,
    maximum: 500,
    allowed: 'a sentence of 10 to 500 characters',
    fix: 'Say why the agent needs this; the sentence stands in the access report that a reviewer reads.',
  });
}

function expectPlace(problems: Problems, enforcedByApplication: unknown): void {
  if (enforcedByApplication !== undefined) {
    problems.expectText(enforcedByApplication, {
      name: 'enforcedByApplication',
      code: 'Capability/EnforcedByApplication',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say where and how the agent\'s code holds the limit.',
    });
  }
}
