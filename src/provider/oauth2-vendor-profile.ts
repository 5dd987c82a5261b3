import { OnBehalfOf } from './on-behalf-of';
import { ClientAuthentication } from './vendors/client-authentication';

/**
 * How CloudFormation is told about a vendor. Every vendor's class fills one in; write your own only for a vendor that AWS
 * has added since.
 */
export interface OAuth2VendorProfile {
  /** `CredentialProviderVendor`, such as `GoogleOauth2`. */
  readonly vendor: string;

  /** Member of `Oauth2ProviderConfigInput` that holds the client, in lower camel case: `googleOauth2ProviderConfig`. */
  readonly configProperty: string;

  /**
   * Fields of that member beside the client's id and secret, in lower camel case.
   *
   * @default - none
   */
  readonly fields?: { [name: string]: any };

  /**
   * Fields that the vendor's class takes beside those of every client; any other field is an error.
   *
   * @default - none
   */
  readonly clientFields?: string[];

  /**
   * Whether the vendor has scopes. Where it has none, a capability must name none.
   *
   * @default true
   */
  readonly hasScopes?: boolean;

  /**
   * Scopes that every request to the vendor must hold.
   *
   * @default - none
   */
  readonly requiredScopes?: string[];

  /**
   * Whether the vendor has the client-credentials grant. Where it has none, agents and targets get no tokens as themselves.
   *
   * @default true
   */
  readonly hasClientCredentials?: boolean;

  /**
   * Whether the vendor registers a client either for users or for machine-to-machine use, never for both.
   *
   * @default false
   */
  readonly oneGrantTypePerClient?: boolean;

  /**
   * Scope with which the vendor issues refresh tokens. Without it the user is asked again whenever the access token ends.
   *
   * @default - no such scope
   */
  readonly refreshTokenScope?: string;

  /**
   * Custom parameters (`GetResourceOauth2Token`, `customParameters`) with which the vendor issues refresh tokens.
   *
   * @default - no such parameters
   */
  readonly refreshTokenParameters?: { [name: string]: string };

  /**
   * How AgentCore proves that it is the client. Belongs to `CustomOauth2`, whose class writes it into `fields`, too.
   *
   * @default - with the client's secret, as AgentCore does it for the vendor
   */
  readonly clientAuthentication?: ClientAuthentication;

  /**
   * How users' tokens are exchanged: built into AgentCore for the vendor, or as `fields` configure it.
   *
   * @default - they are not
   */
  readonly onBehalfOf?: OnBehalfOf;

  /**
   * What makes the provider wider than it could be, and why: a sentence for the access report.
   *
   * @default - nothing
   */
  readonly broadBecause?: string;
}
