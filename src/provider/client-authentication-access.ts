import { Stack } from 'aws-cdk-lib';
import { keyResource } from './key-arn';
import type { IOAuth2Provider } from './oauth2-provider';
import { WebIdentityToken } from './web-identity-token';
import { readable } from '../declaration/readable';
import { Rights, WebIdentityTokenRights } from '../permission/rights';

/** One use of a provider by a role. */
export interface ProviderUse {
  readonly provider: IOAuth2Provider;
  /** Whether the role exchanges users' tokens, for which an actor token may be needed. */
  readonly exchanges: boolean;
}

/**
 * What a role needs so that AgentCore, which acts with the caller's permissions, can authenticate the clients of these providers, and
 * send actor tokens. Nothing for clients with a secret: see `secretAccess`.
 */
export function clientAuthenticationRights(consumer: Stack, uses: readonly ProviderUse[]): Pick<Rights, 'signingKeys' | 'webIdentityTokens'> {
  const signingKeys = uses.flatMap(({ provider }) => {
    const key = provider.clientAuthentication?.signingKey;
    return key === undefined ? [] : [{ key: keyResource(consumer, key), region: provider.env.region }];
  });
  const webIdentityTokens = uses.flatMap(({ provider, exchanges }) => [
    ...tokenRights(`client of ${provider.node.path}`, provider.clientAuthentication?._webIdentityToken),
    ...(exchanges ? tokenRights(`actor at ${provider.node.path}`, provider.onBehalfOf?.actorToken?._webIdentityToken) : []),
  ]);
  return {
    ...(signingKeys.length > 0 ? { signingKeys } : {}),
    ...(webIdentityTokens.length > 0 ? { webIdentityTokens } : {}),
  };
}

function tokenRights(whose: string, token: WebIdentityToken | undefined): WebIdentityTokenRights[] {
  return token === undefined ? [] : [{
    audiences: token.audiences.map((value, index) => ({ value, label: readable(value, `audience ${index + 1} of the ${whose}`) })),
    signingAlgorithm: token.signingAlgorithm,
    anyAudienceReason: token.anyAudienceReason,
  }];
}
