/**
 * What the code of an agent does with its manifest, through the unmodified AgentCore SDK: mints, then gets every credential that is
 * declared. The SDK is pointed at a local endpoint by its own environment variable.
 */
import { BedrockAgentCoreClient, GetWorkloadAccessTokenCommand, GetWorkloadAccessTokenForJWTCommand } from '@aws-sdk/client-bedrock-agentcore';
import { withAccessToken, withApiKey } from 'bedrock-agentcore/identity';

const { workloadName, capabilities } = JSON.parse(process.env.MANIFEST);
const client = new BedrockAgentCoreClient({});
const userToken = process.env.USER_TOKEN;
const results = [];
for (const { kind, provider, oauth2Flow, scopes, resourceOauth2ReturnUrl, customParameters, audiences, resources } of capabilities) {
  const { workloadAccessToken: workloadIdentityToken } = await client.send(kind === 'act as itself'
    ? new GetWorkloadAccessTokenCommand({ workloadName })
    : new GetWorkloadAccessTokenForJWTCommand({ workloadName, userToken }));
  const wrap = oauth2Flow === undefined
    ? withApiKey({ workloadIdentityToken, providerName: provider })
    : withAccessToken({
      workloadIdentityToken, providerName: provider, scopes, authFlow: oauth2Flow, callbackUrl: resourceOauth2ReturnUrl, customParameters, audiences, resources,
    });
  results.push(await wrap(async (what, credential) => `${what} with ${credential}`)(kind));
}
process.stdout.write(JSON.stringify(results));
