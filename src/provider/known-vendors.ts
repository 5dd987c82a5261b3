import { Annotations, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { OAuth2VendorProfile } from './oauth2-vendor-profile';
import { show } from '../declaration/problem';

/** What `CredentialProviderVendor` may be, as far as this library has a class for it. AWS adds vendors, so the set is open. */
export const KNOWN_VENDORS: readonly string[] = [
  'AtlassianOauth2', 'Auth0Oauth2', 'CognitoOauth2', 'CustomOauth2', 'CyberArkOauth2', 'DropboxOauth2', 'FacebookOauth2', 'FusionAuthOauth2', 'GithubOauth2', 'GoogleOauth2',
  'HubspotOauth2', 'LinkedinOauth2', 'MicrosoftOauth2', 'NotionOauth2', 'OktaOauth2', 'OneLoginOauth2', 'PingOneOauth2', 'RedditOauth2', 'SalesforceOauth2', 'SlackOauth2',
  'SpotifyOauth2', 'TwitchOauth2', 'XOauth2', 'YandexOauth2', 'ZoomOauth2',
];

/** Of an import only the vendor's name is known. The vendors' classes say the same in their profiles, and where the vendor says so. */
const WITHOUT_CLIENT_CREDENTIALS: readonly string[] = ['GithubOauth2', 'GoogleOauth2', 'SlackOauth2'];

/** Whether a client of the provider can get tokens as itself, as far as the vendor tells. */
export function hasClientCredentials({ profile, vendor }: { readonly profile?: OAuth2VendorProfile; readonly vendor?: string }): boolean {
  return profile?.hasClientCredentials ?? !WITHOUT_CLIENT_CREDENTIALS.includes(vendor ?? '');
}

/** Warns of an import whose vendor is not known: AWS may have added it since, or it is written wrongly. */
export function warnOfUnknownVendor(provider: IConstruct & { readonly vendor?: string }): void {
  const { vendor } = provider;
  if (vendor !== undefined && !Token.isUnresolved(vendor) && !isKnown(vendor)) {
    Annotations.of(provider).addWarningV2('cdk-agentcore-identity:unknownVendor', `THE VENDOR IS NOT KNOWN HERE: ${show(vendor)}, so whose scopes and grants it has is not checked. `
      + `Where AWS has added it since, acknowledge this; else write one of ${KNOWN_VENDORS.join(', ')}`);
  }
}

/** Whether a vendor is known here. */
export function isKnown(vendor: string): boolean {
  return KNOWN_VENDORS.includes(vendor);
}
