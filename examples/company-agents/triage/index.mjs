import { BedrockAgentCoreClient, GetResourceOauth2TokenCommand, GetWorkloadAccessTokenCommand, GetWorkloadAccessTokenForJWTCommand } from '@aws-sdk/client-bedrock-agentcore';

const agentcore = new BedrockAgentCoreClient({});
const { WORKLOAD_NAME, READ_PROVIDER, WRITE_PROVIDER, RETURN_URL } = process.env;

/** Without a user token: the webhook, reads the ticket. With one: an engineer has confirmed the answer, writes it back. */
export async function handler(event) {
  const userToken = event.headers.authorization?.replace(/^Bearer /i, '');
  return userToken === undefined ? read(JSON.parse(event.body)) : write(JSON.parse(event.body), userToken);
}

async function read({ ticket }) {
  const { workloadAccessToken } = await agentcore.send(new GetWorkloadAccessTokenCommand({ workloadName: WORKLOAD_NAME }));
  const { accessToken } = await agentcore.send(new GetResourceOauth2TokenCommand({
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: READ_PROVIDER,
    scopes: ['tickets:read'],
    oauth2Flow: 'M2M',
  }));
  const found = await fetch(`https://tickets.acme.example/v1/tickets/${encodeURIComponent(ticket)}`, { headers: { authorization: `Bearer ${accessToken}` } });
  return { statusCode: found.status, body: await found.text() };
}

async function write({ ticket, answer }, userToken) {
  const { workloadAccessToken } = await agentcore.send(new GetWorkloadAccessTokenForJWTCommand({ workloadName: WORKLOAD_NAME, userToken }));
  const token = await agentcore.send(new GetResourceOauth2TokenCommand({
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: WRITE_PROVIDER,
    scopes: ['tickets:write'],
    oauth2Flow: 'USER_FEDERATION',
    resourceOauth2ReturnUrl: RETURN_URL,
  }));
  if (token.authorizationUrl !== undefined) {
    return { statusCode: 401, body: JSON.stringify({ consentAt: token.authorizationUrl }) };
  }
  const written = await fetch(`https://tickets.acme.example/v1/tickets/${encodeURIComponent(ticket)}/answers`, {
    method: 'POST', headers: { authorization: `Bearer ${token.accessToken}`, 'content-type': 'application/json' }, body: JSON.stringify({ answer }),
  });
  return { statusCode: written.status };
}
