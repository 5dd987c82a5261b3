import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { stackIn } from './story';
import { ClientSecret, OAuth2Provider } from '../../src';

/* AWS adds vendors, so one that is not known here is taken; a slip is told. */
test.each<[string, string | undefined, number]>([
  ['with two letters in the wrong order', 'GoogelOauth2', 1],
  ['in other letters', 'GITHUBOauth2', 1],
  ['empty', '', 1],
  ['known', 'GithubOauth2', 0],
  ['not told', undefined, 0],
])('an import whose vendor is %s', (_situation, vendor, warnings) => {
  const stack = stackIn(new App(), 'Stack');
  OAuth2Provider.fromProviderName(stack, 'Google', 'google', { clientSecret: ClientSecret.managedByAgentCore(), vendor });
  const found = Annotations.fromStack(stack).findWarning('/Stack/Google', Match.stringLikeRegexp('THE VENDOR IS NOT KNOWN HERE: ".*", .*AtlassianOauth2, .*, ZoomOauth2'));
  expect(found).toHaveLength(warnings);
});
