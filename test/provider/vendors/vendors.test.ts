import { CredentialProviderVendorType } from '@aws-sdk/client-bedrock-agentcore-control';
import { App, aws_bedrockagentcore as agentcore, aws_cognito as cognito, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CLIENT, clientIn, codesOf, emitted, stackInIreland } from './provider-template';
import * as library from '../../../src';
import { OAuth2ClientProps, OAuth2Provider } from '../../../src';
import { hasClientCredentials, KNOWN_VENDORS } from '../../../src/provider/known-vendors';
import { deploy } from '../../simulation/fake-account';
import { templateSchemaErrors } from '../../simulation/template-schema';

/**
 * One vendor: how it is declared, and what CloudFormation receives. `config` is written by hand after the example on the page
 * of AWS's developer guide; vendor strings and names of members after the API (the guide misspells some of them).
 */
interface VendorRow {
  readonly vendor: string;
  /** https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/<page>.html */
  readonly page: string;
  readonly declare: (scope: Construct, id: string, client: OAuth2ClientProps) => OAuth2Provider;
  readonly config: object;
  /** Of the vendor's scopes. @default - the vendor has none */
  readonly catalogue?: string;
}

function poolIn(scope: Construct, id: string): cognito.IUserPool {
  return cognito.UserPool.fromUserPoolId(scope, id, 'us-east-1_AbCdEfGhI');
}

const VENDORS: VendorRow[] = [
  {
    vendor: 'GoogleOauth2',
    page: 'identity-idp-google',
    declare: (scope, id, client) => new library.GoogleOAuth2Provider(scope, id, client),
    config: { GoogleOauth2ProviderConfig: CLIENT },
    catalogue: 'GoogleScope',
  },
  {
    vendor: 'GithubOauth2',
    page: 'identity-idp-github',
    declare: (scope, id, client) => new library.GitHubOAuth2Provider(scope, id, client),
    config: { GithubOauth2ProviderConfig: CLIENT },
    catalogue: 'GitHubScope',
  },
  {
    vendor: 'SlackOauth2',
    page: 'identity-idp-slack',
    declare: (scope, id, client) => new library.SlackOAuth2Provider(scope, id, client),
    config: { SlackOauth2ProviderConfig: CLIENT },
    catalogue: 'SlackScope',
  },
  {
    vendor: 'SalesforceOauth2',
    page: 'identity-idp-salesforce',
    declare: (scope, id, client) => new library.SalesforceOAuth2Provider(scope, id, client),
    config: { SalesforceOauth2ProviderConfig: CLIENT },
    catalogue: 'SalesforceScope',
  },
  {
    vendor: 'MicrosoftOauth2',
    page: 'identity-idp-microsoft',
    declare: (scope, id, client) => new library.MicrosoftOAuth2Provider(scope, id, {
      ...client, tenant: library.MicrosoftTenant.of('11111111-2222-3333-4444-555555555555'),
    }),
    config: { MicrosoftOauth2ProviderConfig: { ...CLIENT, TenantId: '11111111-2222-3333-4444-555555555555' } },
    catalogue: 'MicrosoftScope',
  },
  {
    vendor: 'AtlassianOauth2',
    page: 'identity-idp-atlassian',
    declare: (scope, id, client) => new library.AtlassianOAuth2Provider(scope, id, client),
    config: { AtlassianOauth2ProviderConfig: CLIENT },
    catalogue: 'AtlassianScope',
  },
  {
    vendor: 'LinkedinOauth2',
    page: 'identity-idp-linkedin',
    declare: (scope, id, client) => new library.LinkedInOAuth2Provider(scope, id, client),
    config: { LinkedinOauth2ProviderConfig: CLIENT },
    catalogue: 'LinkedInScope',
  },
  {
    vendor: 'CustomOauth2',
    page: 'identity-add-oauth-client-custom',
    declare: (scope, id, client) => new library.CustomOAuth2Provider(scope, id, {
      ...client, discovery: library.OAuth2Discovery.url('https://login.example.com/.well-known/openid-configuration'),
    }),
    config: {
      CustomOauth2ProviderConfig: { ...CLIENT, OauthDiscovery: { DiscoveryUrl: 'https://login.example.com/.well-known/openid-configuration' } },
    },
    catalogue: 'CustomScope',
  },
  {
    vendor: 'OktaOauth2',
    page: 'identity-idp-okta',
    declare: (scope, id, client) => new library.OktaOAuth2Provider(scope, id, { ...client, domain: 'acme.okta.com' }),
    config: {
      IncludedOauth2ProviderConfig: {
        ...CLIENT,
        Issuer: 'https://acme.okta.com/oauth2/default',
        AuthorizationEndpoint: 'https://acme.okta.com/oauth2/default/v1/authorize',
        TokenEndpoint: 'https://acme.okta.com/oauth2/default/v1/token',
      },
    },
    catalogue: 'OktaScope',
  },
  {
    vendor: 'Auth0Oauth2',
    page: 'identity-idp-auth0',
    declare: (scope, id, client) => new library.Auth0OAuth2Provider(scope, id, { ...client, domain: 'acme.eu.auth0.com' }),
    config: {
      IncludedOauth2ProviderConfig: {
        ...CLIENT,
        // The page prints it without the slash; Auth0's own metadata and tokens have one.
        Issuer: 'https://acme.eu.auth0.com/',
        AuthorizationEndpoint: 'https://acme.eu.auth0.com/authorize',
        TokenEndpoint: 'https://acme.eu.auth0.com/oauth/token',
      },
    },
    catalogue: 'Auth0Scope',
  },
  {
    vendor: 'CognitoOauth2',
    page: 'identity-idp-cognito',
    declare: (scope, id, client) => new library.CognitoOAuth2Provider(scope, id, {
      ...client, userPool: poolIn(scope, `${id}Pool`), domain: library.CognitoDomain.prefix('acme'),
    }),
    config: {
      IncludedOauth2ProviderConfig: {
        ...CLIENT,
        Issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI',
        AuthorizationEndpoint: 'https://acme.auth.us-east-1.amazoncognito.com/oauth2/authorize',
        TokenEndpoint: 'https://acme.auth.us-east-1.amazoncognito.com/oauth2/token',
      },
    },
    catalogue: 'CognitoScope',
  },
  {
    vendor: 'OneLoginOauth2',
    page: 'identity-idp-onelogin',
    declare: (scope, id, client) => new library.OneLoginOAuth2Provider(scope, id, { ...client, domain: 'acme.onelogin.com' }),
    config: {
      IncludedOauth2ProviderConfig: {
        ...CLIENT,
        Issuer: 'https://acme.onelogin.com/oidc/2',
        AuthorizationEndpoint: 'https://acme.onelogin.com/oidc/2/auth',
        TokenEndpoint: 'https://acme.onelogin.com/oidc/2/token',
      },
    },
    catalogue: 'OneLoginScope',
  },
  {
    vendor: 'PingOneOauth2',
    page: 'identity-idp-pingidentity',
    declare: (scope, id, client) => new library.PingOneOAuth2Provider(scope, id, {
      ...client, environmentId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', region: library.PingOneRegion.NORTH_AMERICA,
    }),
    config: {
      IncludedOauth2ProviderConfig: {
        ...CLIENT,
        Issuer: 'https://auth.pingone.com/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/as',
        AuthorizationEndpoint: 'https://auth.pingone.com/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/as/authorize',
        TokenEndpoint: 'https://auth.pingone.com/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/as/token',
      },
    },
    catalogue: 'PingOneScope',
  },
  {
    vendor: 'CyberArkOauth2',
    page: 'identity-idp-cyberark',
    declare: (scope, id, client) => new library.CyberArkOAuth2Provider(scope, id, {
      ...client, domain: 'abc1234.id.cyberark.cloud', applicationId: '__idaptive_cybr_user_oidc',
    }),
    config: {
      IncludedOauth2ProviderConfig: {
        ...CLIENT,
        // The page prints it without the slash; deployed applications have been seen with one.
        Issuer: 'https://abc1234.id.cyberark.cloud/__idaptive_cybr_user_oidc/',
        AuthorizationEndpoint: 'https://abc1234.id.cyberark.cloud/OAuth2/Authorize/__idaptive_cybr_user_oidc',
        TokenEndpoint: 'https://abc1234.id.cyberark.cloud/OAuth2/Token/__idaptive_cybr_user_oidc',
      },
    },
    catalogue: 'CyberArkScope',
  },
  {
    vendor: 'FusionAuthOauth2',
    page: 'identity-idp-fusionauth',
    declare: (scope, id, client) => new library.FusionAuthOAuth2Provider(scope, id, {
      ...client, domain: 'acme.fusionauth.io', issuer: 'https://acme.example.com',
    }),
    config: {
      IncludedOauth2ProviderConfig: {
        ...CLIENT,
        Issuer: 'https://acme.example.com',
        AuthorizationEndpoint: 'https://acme.fusionauth.io/oauth2/authorize',
        TokenEndpoint: 'https://acme.fusionauth.io/oauth2/token',
      },
    },
    catalogue: 'FusionAuthScope',
  },
  {
    vendor: 'DropboxOauth2',
    page: 'identity-idp-dropbox',
    declare: (scope, id, client) => new library.DropboxOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'DropboxScope',
  },
  {
    vendor: 'FacebookOauth2',
    page: 'identity-idp-facebook',
    declare: (scope, id, client) => new library.FacebookOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'FacebookScope',
  },
  {
    vendor: 'HubspotOauth2',
    page: 'identity-idp-hubspot',
    declare: (scope, id, client) => new library.HubSpotOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'HubSpotScope',
  },
  {
    vendor: 'NotionOauth2',
    page: 'identity-idp-notion',
    declare: (scope, id, client) => new library.NotionOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
  },
  {
    vendor: 'RedditOauth2',
    page: 'identity-idp-reddit',
    declare: (scope, id, client) => new library.RedditOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'RedditScope',
  },
  {
    vendor: 'SpotifyOauth2',
    page: 'identity-idp-spotify',
    declare: (scope, id, client) => new library.SpotifyOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'SpotifyScope',
  },
  {
    vendor: 'TwitchOauth2',
    page: 'identity-idp-twitch',
    declare: (scope, id, client) => new library.TwitchOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'TwitchScope',
  },
  {
    vendor: 'XOauth2',
    page: 'identity-idp-x',
    declare: (scope, id, client) => new library.XOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'XScope',
  },
  {
    vendor: 'YandexOauth2',
    page: 'identity-idp-yandex',
    declare: (scope, id, client) => new library.YandexOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'YandexScope',
  },
  {
    vendor: 'ZoomOauth2',
    page: 'identity-idp-zoom',
    declare: (scope, id, client) => new library.ZoomOAuth2Provider(scope, id, client),
    config: { IncludedOauth2ProviderConfig: CLIENT },
    catalogue: 'ZoomScope',
  },
];

describe.each(VENDORS)('$vendor ($page)', ({ vendor, declare, config }) => {
  test('reaches CloudFormation as AWS documents it', () => {
    const stack = stackInIreland();
    const provider = declare(stack, 'Provider', clientIn(stack));
    const { CredentialProviderVendor, Oauth2ProviderConfigInput, Name } = emitted(stack);
    expect(CredentialProviderVendor).toBe(vendor);
    expect(Oauth2ProviderConfigInput).toEqual(config);
    expect(Name).toBe(provider.providerName);
    expect(provider.vendor).toBe(vendor);
  });

  test('refuses a field that it does not have', () => {
    const stack = stackInIreland();
    const client = { ...clientIn(stack), scopes: ['everything'] };
    expect(codesOf(() => declare(stack, 'Provider', client))).toEqual(['OAuth2Provider/UnknownField']);
  });

  test('refuses a client without an id', () => {
    const stack = stackInIreland();
    const client = { ...clientIn(stack), clientId: '' };
    expect(codesOf(() => declare(stack, 'Provider', client))).toEqual(['OAuth2Provider/ClientId']);
  });
});

test('every vendor of the API has its class', () => {
  const declared = VENDORS.map(({ vendor }) => vendor).sort();
  expect(declared).toEqual(Object.values(CredentialProviderVendorType).sort());
  expect(declared).toHaveLength(25);
});

test('an import knows the vendor by its name, with the grants that its class says', () => {
  expect([...KNOWN_VENDORS].sort()).toEqual(Object.values(CredentialProviderVendorType).sort());
  const stack = stackInIreland();
  const made = VENDORS.map(({ vendor, declare }) => declare(stack, vendor, clientIn(stack)));
  const without = made.filter((provider) => !hasClientCredentials(provider)).map(({ vendor }) => vendor);
  expect(made.filter(({ vendor }) => !hasClientCredentials({ vendor })).map(({ vendor }) => vendor)).toEqual(without);
  expect(without.sort()).toEqual(['GithubOauth2', 'GoogleOauth2', 'SlackOauth2']);
});

test('every class of a vendor is in the table', () => {
  const classes = Object.keys(library).filter((name) => /^(?!OAuth2).+OAuth2Provider$/.test(name));
  const stack = stackInIreland();
  const tried = VENDORS.map(({ vendor, declare }) => declare(stack, vendor, clientIn(stack)).constructor.name);
  expect(tried.sort()).toEqual(classes.sort());
});

test('the templates of all vendors pass CloudFormation\'s resource schemas', () => {
  const app = new App();
  const stack = new Stack(app, 'Providers', { env: { account: '111111111111', region: 'eu-west-1' } });
  VENDORS.forEach(({ vendor, declare }) => declare(stack, vendor, clientIn(stack)));
  const custom = { ...clientIn(stack), clientAuthentication: library.ClientAuthentication.CLIENT_SECRET_POST };
  new library.CustomOAuth2Provider(stack, 'WithoutMetadata', {
    ...custom,
    discovery: library.OAuth2Discovery.serverMetadata({
      issuer: 'https://login.example.com',
      authorizationEndpoint: 'https://login.example.com/authorize',
      tokenEndpoint: 'https://login.example.com/token',
      responseTypes: ['code'],
    }),
  });
  new library.MicrosoftOAuth2Provider(stack, 'AnyTenant', {
    ...clientIn(stack), tenant: library.MicrosoftTenant.anyTenant({ reason: 'The app is offered to customers' }),
  });
  expect(templateSchemaErrors(deploy(app))).toEqual([]);
});

test('the judge of schemas knows these resources', () => {
  const app = new App();
  const stack = new Stack(app, 'Providers', { env: { account: '111111111111', region: 'eu-west-1' } });
  // By hand: the library refuses the override on a provider of its own.
  const l1 = new agentcore.CfnOAuth2CredentialProvider(stack, 'Provider', {
    name: 'provider', credentialProviderVendor: 'OktaOauth2', oauth2ProviderConfigInput: { includedOauth2ProviderConfig: { clientId: '1234' } },
  });
  l1.addPropertyOverride('Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig.AuthorizeEndpoint', 'https://acme.okta.com');
  expect(templateSchemaErrors(deploy(app))).toEqual([expect.stringContaining('AuthorizeEndpoint')]);
});
