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
}
