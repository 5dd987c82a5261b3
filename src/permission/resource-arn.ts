import { ArnScope } from './arn-scope';

/*
 * The one place that knows the ARN shapes of AgentCore Identity.
 *
 * From the service authorization reference; several pages of the developer guide print other spellings
 * (`token-vault/default/oauth2-credential-provider/…`), which match nothing.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html
 */

/** The workload identity directory of the account and region. There is one, called `default`. */
export function directoryArn(scope: ArnScope): string {
  return `${prefix(scope)}:workload-identity-directory/default`;
}

/** One workload identity. */
export function workloadIdentityArn(scope: ArnScope, name: string): string {
  return `${directoryArn(scope)}/workload-identity/${name}`;
}

/** The token vault of the account and region. There is one, called `default`. */
export function tokenVaultArn(scope: ArnScope): string {
  return `${prefix(scope)}:token-vault/default`;
}

/** One OAuth2 credential provider. */
export function oauth2ProviderArn(scope: ArnScope, name: string): string {
  return `${tokenVaultArn(scope)}/oauth2credentialprovider/${name}`;
}

/** One API-key credential provider. */
export function apiKeyProviderArn(scope: ArnScope, name: string): string {
  return `${tokenVaultArn(scope)}/apikeycredentialprovider/${name}`;
}

function prefix(scope: ArnScope): string {
  return `arn:${scope.partition}:bedrock-agentcore:${scope.region}:${scope.account}`;
}
