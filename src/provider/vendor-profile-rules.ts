import { expectCustomParameters } from './custom-parameters';
import { OAuth2VendorProfile } from './oauth2-vendor-profile';
import { Problems } from '../declaration/problems';

/** Members of `Oauth2ProviderConfigInput`; another one would be left out of the template without a word. */
const CONFIG_PROPERTIES = ['atlassian', 'custom', 'github', 'google', 'included', 'linkedin', 'microsoft', 'salesforce', 'slack']
  .map((vendor) => `${vendor}Oauth2ProviderConfig`);

/** The client's own fields come from the client: a profile could otherwise put a secret's value into the template. */
export function expectProfile(problems: Problems, profile: OAuth2VendorProfile): void {
  problems.expect(CONFIG_PROPERTIES.includes(profile.configProperty), {
    code: 'OAuth2Provider/Profile',
    what: 'configProperty of the profile is not a member of Oauth2ProviderConfigInput',
    received: profile.configProperty,
    allowed: CONFIG_PROPERTIES.join(', '),
    fix: 'Use includedOauth2ProviderConfig for a vendor without a member of its own.',
  });
  expectCustomParameters(problems, profile.refreshTokenParameters, 'OAuth2Provider/Profile');
  const reserved = ['clientId', 'clientSecret', 'clientSecretConfig', 'clientSecretSource'].filter((field) => field in (profile.fields ?? {}));
  if (reserved.length > 0) {
    problems.add({
      code: 'OAuth2Provider/Profile', what: 'fields of the profile hold what belongs to the client', received: reserved, fix: 'Remove them: the client\'s id and secret come from client.',
    });
  }
}
