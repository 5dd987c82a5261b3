import { AC, agentCore, DIRECTORY, role, SECRETS, Statement, VAULT, within } from './app-with';
import { finds } from './rule-rows';

const ME = `${DIRECTORY}/workload-identity/me`;
const MINT_JWT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
const VEND = 'bedrock-agentcore:GetResourceOauth2Token';
const COMPLETE = 'bedrock-agentcore:CompleteResourceTokenAuth';
const GOOGLE = `${VAULT}/oauth2credentialprovider/google`;
const READ = 'secretsmanager:GetSecretValue';

const ISS = 'bedrock-agentcore:InboundJwtClaim/iss';
const mintFor = (Condition: unknown, ...others: Statement[]) => ({ R: role({ Action: MINT_JWT, Resource: [DIRECTORY, ME], Condition }, ...others) });
const ANY_ISSUER = [`S/R: GetWorkloadAccessTokenForJWT on ${ME}`];
finds('jwt-mint-any-issuer', [
  ['without a condition', mintFor(undefined), ANY_ISSUER],
  ['among all mints of one identity', { R: role({ Action: 'bedrock-agentcore:GetWorkloadAccessToken*', Resource: [DIRECTORY, ME] }) }, ANY_ISSUER],
  ['for every identity', { R: role({ Action: MINT_JWT, Resource: '*' }) }, ['S/R: GetWorkloadAccessTokenForJWT on *']],
  ['with a condition on the audience alone', mintFor({ 'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': 'api://agents' } }), ANY_ISSUER],
  ['for any issuer but one', mintFor({ StringNotEquals: { [ISS]: 'https://evil.example.com' } }), ANY_ISSUER],
  ['for one issuer if the token names one', mintFor({ StringEqualsIfExists: { [ISS]: 'https://acme.okta.com' } }), ANY_ISSUER],
  ['for all of none', mintFor({ 'ForAllValues:StringEquals': { [ISS]: 'https://acme.okta.com' } }), ANY_ISSUER],
  ['for any that is not empty', mintFor({ StringLike: { [ISS]: '?*' } }), ANY_ISSUER],
  ['for one issuer or any', mintFor({ StringLike: { [ISS]: ['https://acme.okta.com/*', '*'] } }), ANY_ISSUER],
  ['for any tenant of a provider', mintFor({ StringLike: { [ISS]: 'https://*.okta.com/oauth2/default' } }), ANY_ISSUER],
  ['with a Deny of one issuer', mintFor(undefined, { Effect: 'Deny', Action: MINT_JWT, Resource: '*', Condition: { StringEquals: { [ISS]: 'https://evil.example.com' } } }), ANY_ISSUER],
  ['with a Deny of other issuers in another network', mintFor(undefined, {
    Effect: 'Deny', Action: MINT_JWT, Resource: '*', Condition: { StringNotEquals: { [ISS]: 'https://acme.okta.com' }, Bool: { 'aws:SecureTransport': 'false' } },
  }), ANY_ISSUER],
  ['with a Deny of other issuers for another identity', mintFor(undefined, {
    Effect: 'Deny', Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/other`, Condition: { StringNotEquals: { [ISS]: 'https://acme.okta.com' } },
  }), ANY_ISSUER],
  ['for one issuer', mintFor({ StringEquals: { [ISS]: 'https://acme.okta.com/oauth2/default' } }), []],
  ['for one issuer, in other letters', mintFor({ StringEquals: { 'Bedrock-AgentCore:inboundjwtclaim/ISS': 'https://acme.okta.com/oauth2/default' } }), []],
  ['for the servers of one tenant', mintFor({ StringLike: { [ISS]: 'https://acme.okta.com/oauth2/*' } }), []],
  ['with a Deny of all other issuers', mintFor(undefined, { Effect: 'Deny', Action: MINT_JWT, Resource: '*', Condition: { StringNotEquals: { [ISS]: 'https://acme.okta.com' } } }), []],
  ['denied', mintFor(undefined, { Effect: 'Deny', Action: MINT_JWT, Resource: '*' }), []],
  ['minting for itself', { R: role({ Action: 'bedrock-agentcore:GetWorkloadAccessToken', Resource: [DIRECTORY, ME] }) }, []],
]);

const OWN = `${SECRETS}:agents/google-AbCdEf`;
const KEPT = `${SECRETS}:bedrock-agentcore-identity!default/oauth2/google`;
const VIA = { Bool: { 'aws:ViaAWSService': 'true' } };
const TOKENS: Statement = { Action: VEND, Resource: [DIRECTORY, ME, VAULT, GOOGLE] };
const provider = (SecretId: unknown) => agentCore('OAuth2CredentialProvider', {
  Name: 'google', Oauth2ProviderConfigInput: { GoogleOauth2ProviderConfig: { ClientSecretSource: 'EXTERNAL', ClientSecretConfig: { SecretId, JsonKey: 'client_secret' } } },
});
const keeping = (ClientSecret: unknown) => agentCore('OAuth2CredentialProvider', {
  Name: 'google', Oauth2ProviderConfigInput: { GoogleOauth2ProviderConfig: { ClientSecretSource: 'MANAGED', ClientSecret } },
});
const reading = (Resource: string | string[] | object, Condition?: unknown, ...others: Statement[]) =>
  role(TOKENS, { Action: READ, Resource: Resource as string, Condition }, ...others);
const readable = (what: string) => [`S/R: ${READ} on ${what}`];
finds('agent-reads-secret', [
  ['the secret that a provider reads', { G: provider(OWN), R: reading(OWN) }, readable(OWN)],
  ['a secret of this app', { G: provider({ Ref: 'Own' }), Own: { Type: 'AWS::SecretsManager::Secret', Properties: {} }, R: reading({ Ref: 'Own' }) },
    readable(`${SECRETS}:\${AWS::SecretsManager::Secret S/Own}`)],
  ['a secret that the provider names without its ending', { G: provider(`${SECRETS}:agents/google`), R: reading(`${SECRETS}:agents/google-??????`) }, readable(`${SECRETS}:agents/google-??????`)],
  ['a secret that the provider knows by name', { G: provider('agents/google'), R: reading(`${SECRETS}:agents/google-*`) }, readable(`${SECRETS}:agents/google-*`)],
  ['secrets that are called alike', { G: provider(OWN), R: reading(`${SECRETS}:agents/*`) }, readable(`${SECRETS}:agents/*`)],
  ['the secret of an API key', {
    G: agentCore('ApiKeyCredentialProvider', { Name: 'weather', ApiKeySecretSource: 'EXTERNAL', ApiKeySecretConfig: { SecretId: OWN, JsonKey: 'api_key' } }), R: reading(OWN),
  }, readable(OWN)],
  ['the secret that AgentCore keeps', { G: keeping({ Ref: 'P' }), R: reading(`${KEPT}-*`) }, readable(`${KEPT}-*`)],
  ['the secret that AgentCore keeps, by the provider\'s attribute', { G: keeping({ Ref: 'P' }), R: reading({ 'Fn::GetAtt': ['G', 'ClientSecretArn.SecretArn'] }) },
    readable('${AWS::BedrockAgentCore::OAuth2CredentialProvider S/G.ClientSecretArn.SecretArn}')],
  ['the secret that AgentCore keeps for a provider of another app', { R: reading(`${KEPT}-??????`) }, readable(`${KEPT}-??????`)],
  ['the secret whose value is filled in', { G: keeping('{{resolve:secretsmanager:agents/google:SecretString:client_secret::}}'), R: reading(`${SECRETS}:agents/google-??????`) }, readable(`${SECRETS}:agents/google-??????`)],
  ['with the end of a session instead of tokens', { G: provider(OWN), R: role({ Action: COMPLETE, Resource: [ME, GOOGLE] }, { Action: READ, Resource: OWN }) }, readable(OWN)],
  ['directly only', { G: provider(OWN), R: reading(OWN, { Bool: { 'aws:ViaAWSService': 'false' } }) }, readable(OWN)],
  ['under a condition on something else', { G: provider(OWN), R: reading(OWN, { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }) }, readable(OWN)],
  ['by any service or none', { G: provider(OWN), R: reading(OWN, { StringLike: { 'aws:CalledViaFirst': '*' } }) }, readable(OWN)],
  ['with a Deny of direct reads of another secret', {
    G: provider(OWN), R: reading(OWN, undefined, { Effect: 'Deny', Action: READ, Resource: KEPT, Condition: { Bool: { 'aws:ViaAWSService': 'false' } } }),
  }, readable(OWN)],
  ['within a boundary of all secrets', { G: provider(OWN), ...within({ Action: '*', Resource: '*' }, TOKENS, { Action: READ, Resource: OWN }) }, readable(OWN)],
  ['through services only', { G: provider(OWN), R: reading(OWN, VIA) }, []],
  ['through AgentCore only', { G: provider(OWN), R: reading(OWN, { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'bedrock-agentcore.amazonaws.com' } }) }, []],
  ['with a Deny of direct reads', { G: provider(OWN), R: reading(OWN, undefined, { Effect: 'Deny', Action: READ, Resource: '*', Condition: { BoolIfExists: { 'aws:ViaAWSService': 'false' } } }) }, []],
  ['denied', { G: provider(OWN), R: reading(OWN, undefined, { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' }) }, []],
  ['within a boundary of other secrets', { G: provider(OWN), ...within({ Action: '*', Resource: `${AC}:*` }, TOKENS, { Action: READ, Resource: OWN }) }, []],
  ['by what rotates it, and gets no tokens', { G: provider(OWN), R: role({ Action: READ, Resource: OWN }) }, []],
  ['by what is denied all tokens', { G: provider(OWN), R: reading(OWN, undefined, { Effect: 'Deny', Action: 'bedrock-agentcore:*', Resource: '*' }) }, []],
  ['another secret', { G: provider(OWN), R: reading(`${SECRETS}:agents/database-AbCdEf`) }, []],
  ['a secret of that name elsewhere', { G: provider('agents/google'), R: reading('arn:aws:secretsmanager:us-east-1:111122223333:secret:agents/google-*') }, []],
  ['a name that only begins alike', { G: provider(OWN), R: reading(`${SECRETS}:agents/google-test-??????`) }, []],
  ['all secrets, which another rule finds', { G: provider(OWN), R: reading(`${SECRETS}:*`) }, []],
  ['describing it', { G: provider(OWN), R: role(TOKENS, { Action: 'secretsmanager:DescribeSecret', Resource: OWN }) }, []],
]);
