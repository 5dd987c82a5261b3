import { OAuth2VendorProfile } from './oauth2-vendor-profile';
import { knownToDiffer } from '../declaration/same-value';

/**
 * What is missing for a refresh token, where the vendor does not issue one unasked. Nothing, where the vendor is not known.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-authentication.html
 */
export function missingForRefreshToken(
  profile: OAuth2VendorProfile | undefined, scopes: readonly string[], sent: { readonly [name: string]: string } = {},
): string | undefined {
  if (profile?.refreshTokenScope !== undefined && !scopes.includes(profile.refreshTokenScope)) {
    return `no refresh token without scope ${profile.refreshTokenScope}: the user is asked again whenever the access token ends`;
  }
  const parameters = Object.entries(profile?.refreshTokenParameters ?? {}).filter(([name, value]) => sent[name] === undefined || knownToDiffer(sent[name], value)).map(([name, value]) => `${name}=${value}`);
  return parameters.length === 0 ? undefined : `refresh token only with custom parameter ${parameters.join(', ')}`;
}
