import { ClientSecret } from './client-secret';
import { OnBehalfOf } from './on-behalf-of';
import { ClientAuthentication } from './vendors/client-authentication';

/** What an import has to tell about a provider that was made elsewhere. */
export interface OAuth2ProviderImportOptions {
  /**
   * Where the provider's client secret is kept. Agents get to read exactly this secret, through AgentCore only.
   *
   * `ClientSecret.fromSecretsManager(...)` if the provider references one of your secrets,
   * `ClientSecret.managedByAgentCore()` if AgentCore keeps it.
   *
   * @default - none, which only a `clientAuthentication` without a secret takes
   */
  readonly clientSecret?: ClientSecret;

  /**
   * How the provider's client authenticates, if it does without a secret: `ClientAuthentication.iamIdToken({ audiences })` or
   * `ClientAuthentication.privateKeyJwt({ key, algorithm })`. Agents get what these need.
   *
   * @default - with its secret
   */
  readonly clientAuthentication?: ClientAuthentication;

  /**
   * How the provider exchanges users' tokens, as its owner configured it. Needed by `Capability.actOnBehalfOfUser`.
   *
   * @default - built in, if `vendor` is `MicrosoftOauth2`; else it does not
   */
  readonly onBehalfOf?: OnBehalfOf;

  /**
   * The `CredentialProviderVendor`, such as `GoogleOauth2`: scopes of another vendor are then refused.
   *
   * @default - not known; scopes of any vendor are taken
   */
  readonly vendor?: string;
}
