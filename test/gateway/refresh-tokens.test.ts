import { App, aws_secretsmanager as secretsmanager, CfnParameter, Stack } from 'aws-cdk-lib';
import { gatewayProps, REASON, SECRET_ARN, stackIn, TARGETS } from './every-target';
import {
  AccessReport, ClientSecret, GoogleOAuth2Provider, GoogleScope, IOAuth2Provider, MicrosoftOAuth2Provider, MicrosoftScope, MicrosoftTenant,
  OAuth2Provider, OAuth2Scope, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway,
} from '../../src';

/* Without a refresh token users are asked again and again. What a vendor wants for one stands in AWS's page on authentication; see refresh-tokens.ts. */
interface Used { provider: IOAuth2Provider; scopes: OAuth2Scope[]; customParameters?: Record<string, string>; grantType?: OAuthGrantType }
type Declare = (stack: Stack) => Used;

function told(declare: Declare): { json?: string; markdown: string } {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ mcpVersions: ['2025-11-25'] }));
  const { provider, grantType = OAuthGrantType.AUTHORIZATION_CODE, ...rest } = declare(stack);
  gateway.addTarget('Calendar', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(provider, { grantType, defaultReturnUrl: grantType === OAuthGrantType.AUTHORIZATION_CODE ? 'https://agents.example.com/return' : undefined, ...rest }),
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  const report = AccessReport.of(app);
  return { json: JSON.parse(report.toJson()).gateways[0].targets[0].refreshTokens, markdown: report.toMarkdown() };
}

const client = (stack: Stack) => ({ clientId: 'agents', clientSecret: ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Client', SECRET_ARN), 'client_secret') });
const google = (stack: Stack) => ({ provider: new GoogleOAuth2Provider(stack, 'Google', client(stack)), scopes: [GoogleScope.CALENDAR_READONLY] });
const microsoft = (stack: Stack) => new MicrosoftOAuth2Provider(stack, 'Microsoft', { ...client(stack), tenant: MicrosoftTenant.of('acme.onmicrosoft.com') });
const MISSING = 'refresh token only with custom parameter access_type=offline';

test.each<[string, Declare, string | undefined]>([
  ['Google without its parameter', google, MISSING],
  ['Google with another parameter', (stack) => ({ ...google(stack), customParameters: { prompt: 'consent' } }), MISSING],
  ['Google with another value', (stack) => ({ ...google(stack), customParameters: { access_type: 'online' } }), MISSING],
  ['Google with its parameter', (stack) => ({ ...google(stack), customParameters: { access_type: 'offline' } }), undefined],
  ['Google with a value that only deployment knows', (stack) => ({ ...google(stack), customParameters: { access_type: new CfnParameter(stack, 'Type').valueAsString } }), undefined],
  ['Microsoft without its scope', (stack) => ({ provider: microsoft(stack), scopes: [MicrosoftScope.of('Calendars.Read')] }),
    'no refresh token without scope offline_access: the user is asked again whenever the access token ends'],
  ['Microsoft with its scope', (stack) => ({ provider: microsoft(stack), scopes: [MicrosoftScope.of('offline_access')] }), undefined],
  ['Microsoft without a user', (stack) => ({ provider: microsoft(stack), scopes: [], grantType: OAuthGrantType.CLIENT_CREDENTIALS }), undefined],
  ['a vendor that is not known', (stack) => ({ provider: OAuth2Provider.fromProviderName(stack, 'Any', 'any', { clientSecret: ClientSecret.managedByAgentCore() }), scopes: [] }), undefined],
])('%s', (_what, declare, expected) => expect(told(declare).json).toBe(expected));

test('the row of the target says it', () => expect(told(google).markdown).toContain('`https://www.googleapis.com/auth/calendar.readonly`<br>(refresh token only with custom parameter access\\_type=offline)'));
