import { BedrockAgentCoreClient, GetResourceOauth2TokenCommand, GetWorkloadAccessTokenCommand, GetWorkloadAccessTokenForJWTCommand } from '@aws-sdk/client-bedrock-agentcore';

const agentcore = new BedrockAgentCoreClient({});
const { workloadName, capabilities } = JSON.parse(process.env.AGENT);
const reading = capabilities.find(({ kind }) => kind === 'act as itself');
const writing = capabilities.find(({ kind }) => kind === 'act as user');

/** Without a user token: the webhook, reads the ticket. With one: an engineer has confirmed the answer, writes it back. */
export async function handler(event) {
  const userToken = event.headers.authorization?.replace(/^Bearer /i, '');
  return userToken === undefined ? read(JSON.parse(event.body)) : write(JSON.parse(event.body), userToken);
}

async function read({ ticket }) {
  const { workloadAccessToken } = await agentcore.send(new GetWorkloadAccessTokenCommand({ workloadName }));
  const { accessToken } = await agentcore.send(new GetResourceOauth2TokenCommand({
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: reading.provider,
    scopes: reading.scopes,
    oauth2Flow: reading.oauth2Flow,
  }));
  const found = await fetch(`https://tickets.acme.example/v1/tickets/${encodeURIComponent(ticket)}`, { headers: { authorization: `Bearer ${accessToken}` } });
  return { statusCode: found.status, body: await found.text() };
}

async function write({ ticket, answer }, userToken) {
  const { workloadAccessToken } = await agentcore.send(new GetWorkloadAccessTokenForJWTCommand({ workloadName, userToken }));
  const token = await agentcore.send(new GetResourceOauth2TokenCommand({
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: writing.provider,
    scopes: writing.scopes,
    oauth2Flow: writing.oauth2Flow,
    resourceOauth2ReturnUrl: writing.resourceOauth2ReturnUrl,
  }));
  if (token.authorizationUrl !== undefined) {
    return { statusCode: 401, body: JSON.stringify({ consentAt: token.authorizationUrl }) };
  }
  const written = await fetch(`https://tickets.acme.example/v1/tickets/${encodeURIComponent(ticket)}/answers`, {
    method: 'POST', headers: { authorization: `Bearer ${token.accessToken}`, 'content-type': 'application/json' }, body: JSON.stringify({ answer }),
  });
  return { statusCode: written.status };
}
