import * as library from '../../../src';
import { OAuth2Scope } from '../../../src';

interface Catalogue {
  readonly name: string;
  readonly vendor: string | undefined;
  readonly scopes: [string, OAuth2Scope][];
  readonly of: (value: string) => OAuth2Scope;
}

function catalogueOf(name: string): Catalogue {
  const scopeClass = (library as unknown as Record<string, any>)[name];
  const scopes = Object.entries(scopeClass).filter((entry): entry is [string, OAuth2Scope] => entry[1] instanceof OAuth2Scope);
  return { name, vendor: scopes[0][1].vendor, scopes, of: scopeClass.of };
}

/** `https://graph.microsoft.com/Calendars.ReadWrite` becomes `…_CALENDARS_READ_WRITE`: the name follows from the scope. */
function constantCase(scope: string): string {
  return scope.replace(/([a-z])(?=[A-Z])/g, '$1_').toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_|_$/g, '');
}

const CATALOGUES = Object.keys(library).filter((name) => name.endsWith('Scope') && !['OAuth2Scope', 'MachineScope'].includes(name)).map(catalogueOf);

/** Scopes that carry the most risk, or that a fact of AWS or the vendor hangs on: spelled out here, from the vendors' pages. */
const SPELLED_OUT: [OAuth2Scope, string][] = [
  [library.GoogleScope.CALENDAR_READONLY, 'https://www.googleapis.com/auth/calendar.readonly'],
  [library.GoogleScope.GMAIL_SEND, 'https://www.googleapis.com/auth/gmail.send'],
  [library.GoogleScope.DRIVE, 'https://www.googleapis.com/auth/drive'],
  [library.GitHubScope.REPO, 'repo'],
  [library.GitHubScope.READ_ORG, 'read:org'],
  [library.SlackScope.CHAT_WRITE, 'chat:write'],
  [library.SalesforceScope.REFRESH_TOKEN, 'refresh_token'],
  [library.SalesforceScope.FULL, 'full'],
  [library.MicrosoftScope.OFFLINE_ACCESS, 'offline_access'],
  [library.MicrosoftScope.DEFAULT, 'https://graph.microsoft.com/.default'],
  [library.MicrosoftScope.CALENDARS_READ_WRITE, 'https://graph.microsoft.com/Calendars.ReadWrite'],
  [library.AtlassianScope.OFFLINE_ACCESS, 'offline_access'],
  [library.AtlassianScope.WRITE_JIRA_WORK, 'write:jira-work'],
  [library.CognitoScope.AWS_COGNITO_SIGNIN_USER_ADMIN, 'aws.cognito.signin.user.admin'],
  [library.HubSpotScope.OAUTH, 'oauth'],
  [library.XScope.OFFLINE_ACCESS, 'offline.access'],
  [library.PingOneScope.P1_READ_USER, 'p1:read:user'],
];

test('all vendors but Notion, which has no scopes, have a catalogue', () => {
  expect(CATALOGUES.map(({ vendor }) => vendor ?? 'any').sort()).toEqual([
    'AtlassianOauth2', 'Auth0Oauth2', 'CognitoOauth2', 'CyberArkOauth2', 'DropboxOauth2', 'FacebookOauth2', 'FusionAuthOauth2', 'GithubOauth2',
    'GoogleOauth2', 'HubspotOauth2', 'LinkedinOauth2', 'MicrosoftOauth2', 'OktaOauth2', 'OneLoginOauth2', 'PingOneOauth2', 'RedditOauth2',
    'SalesforceOauth2', 'SlackOauth2', 'SpotifyOauth2', 'TwitchOauth2', 'XOauth2', 'YandexOauth2', 'ZoomOauth2', 'any',
  ]);
});

test.each(SPELLED_OUT)('%s is spelled as its vendor documents it', (scope, value) => {
  expect(scope.value).toBe(value);
});

describe.each(CATALOGUES)('$name', ({ vendor, scopes, of }) => {
  test('holds 5 to 25 scopes, each once', () => {
    expect(scopes.length).toBeGreaterThanOrEqual(5);
    expect(scopes.length).toBeLessThanOrEqual(25);
    expect(new Set(scopes.map(([, { value }]) => value)).size).toBe(scopes.length);
  });

  test.each(scopes)('%s is a legal scope and named after its value', (name, scope) => {
    expect(scope.value).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/);
    expect(constantCase(scope.value)).toMatch(new RegExp(`(^|_)${name}$`));
    expect(scope.vendor).toBe(vendor);
    expect(`${scope}`).toBe(scope.value);
  });

  test('takes any other scope of the vendor, but not a list', () => {
    expect(of('something:else')).toMatchObject({ value: 'something:else', vendor });
    expect(() => of('one two')).toThrow('[OAuth2Scope/Invalid]');
  });
});
