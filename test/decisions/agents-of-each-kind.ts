import { App, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import {
  ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKey, ApiKeyProvider, Capability, ClientAuthentication, ClientSecret,
  CustomOAuth2Provider, CustomScope, GoogleOAuth2Provider, GoogleScope, JwtSigningAlgorithm, MachineClients, OAuth2Discovery, OnBehalfOf,
  SalesforceOAuth2Provider, TokenIssuer, TrustedUserIds, Users, WebIdentityTokenAlgorithm,
} from '../../src';

/** One agent for each kind of capability, all names chosen, so that the tables can name everything literally. */
export function agentsOfEachKind(): App {
  const app = new App();
  const stack = new Stack(app, 'Agents', { env: { account: '111111111111', region: 'eu-west-1' } });
  const host = (name: string) => AgentHost.role(new iam.Role(stack, `${name}-role`, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  const secret = (name: string) => secretsmanager.Secret.fromSecretAttributes(stack, `${name}-secret`, {
    secretCompleteArn: `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-a1B2c3`,
    encryptionKey: kms.Key.fromKeyArn(stack, `${name}-key`, 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555'),
  });
  const google = (name: string) => new GoogleOAuth2Provider(stack, name, {
    providerName: name, clientId: `${name}.apps`, clientSecret: ClientSecret.fromSecretsManager(secret(name), 'client_secret'),
  });
  const salesforce = (name: string) => new SalesforceOAuth2Provider(stack, name, {
    providerName: name, clientId: `${name}.apps`, clientSecret: ClientSecret.fromSecretsManager(secret(name), 'client_secret'),
  });
  const props = (name: string) => ({
    owner: AgentOwner.team('team', 'team@example.com'),
    identity: AgentIdentity.named(name),
    host: host(name),
    callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'], clients: ['portal'] })],
    returnUrls: ['https://agents.example.com/return'],
  });
  const scopes = [GoogleScope.CALENDAR_READONLY];
  const reason = 'Stands in the decision tables';

  new Agent(stack, 'scheduler', { ...props('scheduler'), parts: [AgentPart.returnPage('ReturnPage', host('scheduler-page'))] })
    .may(Capability.actAsUser(google('google'), { scopes, users: Users.anyOfTheIssuer({ reason }), reason }));
  new Agent(stack, 'importer', { ...props('importer'), parts: [AgentPart.returnPage('ReturnPage', host('importer-page'))] })
    .may(Capability.actAsTrustedUserId(google('google-import'), { scopes, userIds: TrustedUserIds.withPrefix('cognito+'), reason }));
  new Agent(stack, 'triage', props('triage')).may(Capability.actAsItself(salesforce('salesforce-machine'), { scopes: [CustomScope.of('api')], reason }));
  new Agent(stack, 'forecaster', props('forecaster')).may(Capability.useApiKey(
    new ApiKeyProvider(stack, 'weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret('weather'), 'api_key') }), { reason }));

  const discovery = OAuth2Discovery.serverMetadata({
    issuer: 'https://login.example.com', authorizationEndpoint: 'https://login.example.com/authorize', tokenEndpoint: 'https://login.example.com/token',
  });
  const orders = new CustomOAuth2Provider(stack, 'orders', {
    providerName: 'orders',
    clientId: 'orders',
    discovery,
    clientAuthentication: ClientAuthentication.privateKeyJwt({
      key: kms.Key.fromKeyArn(stack, 'orders-key', 'arn:aws:kms:eu-west-1:111111111111:key/66666666-7777-8888-9999-000000000000'), algorithm: JwtSigningAlgorithm.RS256,
    }),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()),
  });
  new Agent(stack, 'orderer', props('orderer')).may(
    Capability.actOnBehalfOfUser(orders, { scopes: [CustomScope.of('orders:write')], users: Users.anyOfTheIssuer({ reason }), reason }));
  const shipping = new CustomOAuth2Provider(stack, 'shipping', {
    providerName: 'shipping', discovery, clientAuthentication: ClientAuthentication.iamIdToken({ signingAlgorithm: WebIdentityTokenAlgorithm.ES384 }),
  });
  new Agent(stack, 'shipper', props('shipper')).may(Capability.actAsItself(shipping, { scopes: [CustomScope.of('shipping:write')], reason }));

  const owner = AgentOwner.team('team', 'team@example.com');
  const machines = new MachineClients(stack, 'machines', {
    owner, domainPrefix: 'acme-agents', encryptionKey: kms.Key.fromKeyArn(stack, 'machines-key', 'arn:aws:kms:eu-west-1:111111111111:key/12121212-3434-5656-7878-909090909090'),
  });
  const call = machines.addScope('mcp:call', 'Call the tools that only read');
  const admin = machines.addScope('mcp:admin', 'Change what the tools stand for');
  for (const [name, clientScopes] of [['reader', [call]], ['keeper', [call, admin]]] as const) {
    const client = machines.addClient(name, { owner, scopes: [...clientScopes], reason });
    new Agent(stack, name, props(name)).may(Capability.actAsItself(client.provider(stack, `${name}-client`, { providerName: `${name}-client` }), { scopes: [...clientScopes], reason }));
  }
  return app;
}
