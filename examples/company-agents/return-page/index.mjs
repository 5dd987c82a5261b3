import { BedrockAgentCoreClient, CompleteResourceTokenAuthCommand } from '@aws-sdk/client-bedrock-agentcore';

const agentcore = new BedrockAgentCoreClient({});

/** The page that the user returns to after consent, behind the company's sign-in: binds the session to this user. */
export async function handler(event) {
  // The same token that the agent minted with: AgentCore refuses a fresh one, even of the same user.
  const userToken = event.headers.authorization.replace(/^Bearer /i, '');
  await agentcore.send(new CompleteResourceTokenAuthCommand({
    sessionUri: event.queryStringParameters.session_id,
    userIdentifier: { userToken },
  }));
  return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'Thank you. You can close this window.' };
}
