import { OAuthGrantType } from './oauth-grant-type';
import { expectReason } from './reason';
import type { TargetOAuth2Options } from './target-credentials';
import { beginsLikeCredential, namesCredential } from '../declaration/credential-signs';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { receivedAddress } from '../declaration/shown-address';
import { expectWebAddress } from '../declaration/web-address';
import { expectCustomParameters } from '../provider/custom-parameters';
import { hasClientCredentials } from '../provider/known-vendors';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { expectOneProvider } from '../provider/one-provider';

/** What is wrong with the OAuth2 credentials of a target, whatever the target. */
export function oauth2Problems(provider: IOAuth2Provider, options: TargetOAuth2Options): Problems {
  const problems = new Problems();
  const fields = ['grantType', 'scopes', 'defaultReturnUrl', 'customParameters', 'alsoWithoutUserReason'];
  expectKnownFields(problems, options, fields, 'TargetCredentials.oauth2', 'TargetCredentials/UnknownField');
  problems.expect(typeof provider === 'object' && provider !== null && 'oAuth2CredentialProviderRef' in provider && 'clientSecret' in provider, {
    code: 'TargetCredentials/Provider', what: 'it is not an OAuth2 provider', received: provider, fix: 'Pass a provider of one of the vendors\' classes, or an import of one.',
  });
  expectOneProvider(problems, provider, 'TargetCredentials/Provider');
  problems.expect(Object.values(OAuthGrantType).includes(options.grantType), {
    code: 'TargetCredentials/GrantType', what: 'grantType is not valid', received: options.grantType, allowed: Object.values(OAuthGrantType).join(', '), fix: 'Use OAuthGrantType.',
  });
  problems.expect(options.grantType !== OAuthGrantType.TOKEN_EXCHANGE || provider?.onBehalfOf !== undefined, {
    code: 'TargetCredentials/ExchangeNotConfigured',
    what: 'the target exchanges tokens, and the provider is not configured to: calls would be made as the gateway itself, without an error',
    received: provider?.vendor,
    allowed: 'a CustomOAuth2Provider with onBehalfOf, MicrosoftOAuth2Provider, or an import that says onBehalfOf',
    fix: 'Write onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()) or another of its forms on the provider.',
  });
  problems.expect(options.grantType !== OAuthGrantType.CLIENT_CREDENTIALS || typeof provider !== 'object' || provider === null || hasClientCredentials(provider), {
    code: 'TargetCredentials/NoClientCredentials',
    what: `${provider?.vendor} has no client-credentials grant, so the gateway gets no token as itself`,
    received: provider?.node?.path,
    fix: 'Use OAuthGrantType.AUTHORIZATION_CODE: users consent, and the gateway acts for them.',
  });
  expectScopes(problems, provider, options.scopes);
  expectReturnUrl(problems, options);
  const parameters = Object.keys(options.customParameters ?? {});
  problems.expect(parameters.length <= 10, {
    code: 'TargetCredentials/CustomParameters', what: 'there are too many custom parameters', received: parameters, allowed: 'at most 10', fix: 'Leave some out.',
  });
  const reserved = parameters.filter((name) => /^(grant_type|scope|client_id|client_secret|redirect_uri)$/i.test(name));
  problems.expect(reserved.length === 0, {
    code: 'TargetCredentials/CustomParameters', what: 'custom parameters cannot replace OAuth2\'s own, which AgentCore ignores', received: reserved, fix: 'Use grantType and scopes.',
  });
  expectCustomParameters(problems, options.customParameters, 'TargetCredentials/CustomParameters');
  const credentials = Object.entries(options.customParameters ?? {})
    .filter(([name, value]) => !reserved.includes(name) && (namesCredential(name) || (typeof value === 'string' && beginsLikeCredential(value))))
    .map(([name]) => name);
  problems.expect(credentials.length === 0, {
    code: 'TargetCredentials/CustomParameters',
    what: 'custom parameters hold what looks like a credential, and would stand in the template with its value',
    received: credentials,
    fix: 'AgentCore has no place for a secret there: keep the client\'s in Secrets Manager (clientSecret of the provider), or use TargetCredentials.apiKey(...). The values are not shown here.',
  });
  if (options.alsoWithoutUserReason !== undefined) {
    expectReason(problems, options.alsoWithoutUserReason, 'TargetCredentials/Reason', 'Say which call of the gateway needs a token without a user.');
  }
  return problems;
}

function expectScopes(problems: Problems, provider: IOAuth2Provider, scopes: OAuth2Scope[]): void {
  const valid = Array.isArray(scopes) && scopes.every((scope) => scope instanceof OAuth2Scope);
  const values = valid ? scopes.map(({ value }) => value) : [];
  problems.expect(valid && scopes.length <= 100 && new Set(values).size === values.length && values.every((value) => value.length <= 64), {
    code: 'TargetCredentials/Scopes',
    what: 'scopes are not valid',
    received: valid ? values : scopes,
    allowed: '0 to 100 scopes, each once, each at most 64 characters on a gateway target',
    fix: 'Give each scope with its vendor\'s class, and divide the target where they are too many.',
  });
  const foreign = valid && provider?.vendor !== undefined
    ? scopes.filter(({ vendor }) => vendor !== undefined && vendor !== provider.vendor).map(({ value }) => value)
    : [];
  problems.expect(foreign.length === 0, {
    code: 'TargetCredentials/Scopes', what: `scopes are of another vendor than ${provider?.vendor}`, received: foreign, fix: 'Use the scopes of the provider\'s vendor.',
  });
}

function expectReturnUrl(problems: Problems, { grantType, defaultReturnUrl }: TargetOAuth2Options): void {
  const needed = grantType === OAuthGrantType.AUTHORIZATION_CODE;
  problems.expect(needed === (defaultReturnUrl !== undefined), {
    code: 'TargetCredentials/ReturnUrl',
    what: needed ? 'there is no defaultReturnUrl, so no user could finish consenting' : `${grantType} has no page to return to`,
    received: receivedAddress(defaultReturnUrl),
    fix: needed ? 'Give the page that completes the session.' : 'Leave defaultReturnUrl out.',
  });
  if (needed && defaultReturnUrl !== undefined) {
    expectWebAddress(problems, defaultReturnUrl, {
      name: 'defaultReturnUrl', code: 'TargetCredentials/ReturnUrl', queryAllowed: true, loopbackAllowed: true, fix: 'Give the page in full: AgentCore compares the whole address.',
    });
  }
}
