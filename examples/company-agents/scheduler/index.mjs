import { BedrockAgentCoreClient, GetResourceApiKeyCommand, GetResourceOauth2TokenCommand, GetWorkloadAccessTokenForJWTCommand } from '@aws-sdk/client-bedrock-agentcore';

const agentcore = new BedrockAgentCoreClient({});
const { workloadName, capabilities } = JSON.parse(process.env.AGENT);
const calendar = capabilities.find(({ kind }) => kind === 'act as user');
const weather = capabilities.find(({ kind }) => kind === 'use API key');

/** Finds free slots for the user whose access token came with the request. */
export async function handler(event) {
  const userToken = event.headers.authorization.replace(/^Bearer /i, '');
  if (!groupsOf(userToken).includes('sales')) {
    return { statusCode: 403 };
  }
  const { workloadAccessToken } = await agentcore.send(new GetWorkloadAccessTokenForJWTCommand({ workloadName, userToken }));
  const google = await agentcore.send(new GetResourceOauth2TokenCommand({
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: calendar.provider,
    scopes: calendar.scopes,
    oauth2Flow: calendar.oauth2Flow,
    resourceOauth2ReturnUrl: calendar.resourceOauth2ReturnUrl,
    customParameters: calendar.customParameters,
  }));
  if (google.authorizationUrl !== undefined) {
    return { statusCode: 401, body: JSON.stringify({ consentAt: google.authorizationUrl }) };
  }
  const { apiKey } = await agentcore.send(new GetResourceApiKeyCommand({
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: weather.provider,
  }));
  const calendars = await fetch('https://www.googleapis.com/calendar/v3/users/me/calendarList', { headers: { authorization: `Bearer ${google.accessToken}` } });
  const forecast = await fetch('https://weather.acme.example/v1/forecast', { headers: { 'x-api-key': apiKey } });
  return { statusCode: 200, body: JSON.stringify({ calendars: await calendars.json(), forecast: await forecast.json() }) };
}

/** AgentCore verifies the token's signature when it mints; this only keeps other groups out before that. */
function groupsOf(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString('utf8')).groups ?? [];
}
