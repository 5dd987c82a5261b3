import { Stack } from 'aws-cdk-lib';
import { userTokens } from './gateway-rights';
import { OAuthGrantType } from './oauth-grant-type';
import { suspensionOfTarget } from './target-suspension';
import type { ToolGateway } from './tool-gateway';
import type { ToolTarget } from './tool-target';
import type { AgentPart } from '../agent/agent-part';
import { isMadeInApp } from '../agent/role-key';
import { valueForStack } from '../declaration/cross-stack-value';
import { environmentOf } from '../declaration/environment';
import { directoryArn, tokenVaultArn, workloadIdentityArn } from '../permission/resource-arn';
import { Rights } from '../permission/rights';
import { clientAuthenticationRights } from '../provider/client-authentication-access';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { providerResource, secretOfProvider } from '../provider/provider-rights';
import { SecretAccess } from '../provider/secret-access';
import { vaultKeyRights } from '../vault/vault-key-rights';

/** The targets that act with a user's consent, suspended ones too. */
export function consentTargets(gateway: ToolGateway): ToolTarget[] {
  return gateway.targets.filter(({ credentials }) => credentials.grantType === OAuthGrantType.AUTHORIZATION_CODE);
}

/** The providers of those that are not suspended, neither by themselves nor with their gateway or provider. */
export function consentProviders(gateway: ToolGateway): IOAuth2Provider[] {
  return consentTargets(gateway).filter((target) => suspensionOfTarget(gateway, target) === undefined).map(({ credentials }) => credentials.provider!);
}

/**
 * What the role of a return page may do: complete the sessions of users whose tokens get into the gateway, under the gateway's own
 * identity, with the providers that they consent to.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/oauth2-authorization-url-session-binding.html
 */
export function pageRights(gateway: ToolGateway, page: AgentPart): Rights {
  const scope = environmentOf(gateway);
  const consumer = pageStack(gateway, page);
  const providers = consentProviders(gateway);
  const used = providers.map(providerResource);
  const cutOff = consentTargets(gateway).map(({ credentials }) => providerResource(credentials.provider!))
    .filter(({ label }) => used.every((each) => each.label !== label));
  return {
    verbs: { mint: false, vend: false, complete: true },
    directory: { arn: directoryArn(scope), label: 'workload-identity-directory/default' },
    identity: {
      arn: workloadIdentityArn(scope, valueForStack(consumer, gateway._resource, gateway.gatewayId)),
      label: 'workload-identity/(id of the gateway)',
    },
    vault: { arn: tokenVaultArn(scope), label: 'token-vault/default' },
    userTokens: userTokens(gateway),
    ownToken: false,
    oauth2Providers: [],
    apiKeyProviders: [],
    userProviders: used,
    trustedUserIdProviders: [],
    suspendedProviders: cutOff,
    secrets: pageSecrets(gateway, page).map(({ rights }) => rights),
    ...clientAuthenticationRights(consumer, providers.map((provider) => ({ provider, exchanges: false }))),
    ...vaultKeyRights(consumer, gateway, scope, gateway.env),
  };
}

/** The secrets of these providers. */
export function pageSecrets(gateway: ToolGateway, page: AgentPart): SecretAccess[] {
  return consentProviders(gateway).map((provider) => secretOfProvider(pageStack(gateway, page), provider));
}

/** The stack in which the page's policy is written: that of the role, if the role is made in this app. */
function pageStack(gateway: ToolGateway, { host: { iamRole: role } }: AgentPart): Stack {
  return Stack.of(isMadeInApp(role) ? role : gateway);
}
