import { Stack } from 'aws-cdk-lib';
import type { ConsentPortal } from './consent-portal';
import { environmentOf } from '../declaration/environment';
import { consentProviders, consentTargets } from '../gateway/return-page-rights';
import { directoryArn, oauth2ProviderArn, tokenVaultArn, workloadIdentityArn } from '../permission/resource-arn';
import { Rights } from '../permission/rights';
import { NamedResource, Statement } from '../permission/statement';
import { statementsFor } from '../permission/statements';
import { clientAuthenticationRights } from '../provider/client-authentication-access';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { providerKey } from '../provider/provider-key';
import { providerResource, secretOfProvider } from '../provider/provider-rights';
import { suspensionOfProvider } from '../provider/provider-suspension';
import { SecretAccess } from '../provider/secret-access';
import { vaultKeyRights } from '../vault/vault-key-rights';

/** The providers that users consent to, and the one that they sign in with, each once. None that is suspended. */
export function portalProviders({ gateway, _props: { signIn } }: ConsentPortal): IOAuth2Provider[] {
  return once([...suspensionOfProvider(signIn) === undefined ? [signIn] : [], ...consentProviders(gateway)]);
}

/** The providers that the portal would use, were they not suspended. */
function suspendedProviders(portal: ConsentPortal): IOAuth2Provider[] {
  const { gateway, _props: { signIn } } = portal;
  const used = portalProviders(portal).map(providerKey);
  const consented = consentTargets(gateway).map(({ credentials }) => credentials.provider!);
  return once([signIn, ...consented]).filter((provider) => !used.includes(providerKey(provider)));
}

function once(providers: readonly IOAuth2Provider[]): IOAuth2Provider[] {
  return [...new Map(providers.map((provider) => [providerKey(provider), provider])).values()];
}

/** The secrets of these providers. */
export function portalSecrets(portal: ConsentPortal): SecretAccess[] {
  return portalProviders(portal).map((provider) => secretOfProvider(Stack.of(portal), provider));
}

/** What the portal's role may do under the gateway's identity. */
export function portalRights(portal: ConsentPortal): Rights {
  const scope = environmentOf(portal);
  const consumer = Stack.of(portal);
  const { gateway, _props: props } = portal;
  const providers = portalProviders(portal);
  const resources = providers.map(providerResource);
  const audiences = props.audience === undefined ? [] : [props.audience];
  return {
    verbs: { mint: providers.length > 0, vend: true, complete: true },
    directory: { arn: directoryArn(scope), label: 'workload-identity-directory/default' },
    identity: { arn: workloadIdentityArn(scope, gateway.gatewayId), label: 'workload-identity/(id of the gateway)' },
    vault: vaultOf(portal),
    userTokens: gateway.inbound.issuers.map((issuer) => ({ issuer, audiences, clients: [], scopes: [], subjects: [] })),
    ownToken: false,
    oauth2Providers: resources,
    apiKeyProviders: [],
    userProviders: resources,
    trustedUserIdProviders: [],
    suspendedProviders: suspendedProviders(portal).map(providerResource),
    secrets: portalSecrets(portal).map(({ rights }) => rights),
    ...clientAuthenticationRights(consumer, providers.map((provider) => ({ provider, exchanges: false }))),
    ...vaultKeyRights(consumer, portal, scope, portal.env),
  };
}

/**
 * What the portal's role may do.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-consent-portal-execution-role.html
 */
export function portalStatements(portal: ConsentPortal): Statement[] {
  const { gateway } = portal;
  const vault = vaultOf(portal);
  const read = (sid: string, actions: string[], on: NamedResource[]): Statement => ({ sid, effect: 'Allow', actions, resources: on, conditions: [] });
  return [
    read('ReadGateway', ['bedrock-agentcore:GetGateway', 'bedrock-agentcore:GetGatewayTarget', 'bedrock-agentcore:ListGatewayTargets'], [{ arn: gateway.gatewayArn, label: `gateway ${gateway.node.path}` }]),
    read('ReadProviders', ['bedrock-agentcore:GetOauth2CredentialProvider'], [vault, ...portalProviders(portal).map(providerResource)]),
    // Listing is asked of all names; it tells no more than names.
    read('ListProviders', ['bedrock-agentcore:ListOauth2CredentialProviders'], [vault, { arn: oauth2ProviderArn(environmentOf(portal), '*'), label: 'oauth2credentialprovider/*' }]),
    ...statementsFor(portalRights(portal)),
  ];
}

function vaultOf(portal: ConsentPortal): NamedResource {
  return { arn: tokenVaultArn(environmentOf(portal)), label: 'token-vault/default' };
}
