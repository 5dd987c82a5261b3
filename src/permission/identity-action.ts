/**
 * The operations of AgentCore Identity that hand out or complete credentials, by the verb that a part of an agent has.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html
 */
export const MINT_FOR_ITSELF = 'bedrock-agentcore:GetWorkloadAccessToken';
export const MINT_FOR_USER_JWT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
export const MINT_FOR_USER_ID = 'bedrock-agentcore:GetWorkloadAccessTokenForUserId';
export const GET_OAUTH2_TOKEN = 'bedrock-agentcore:GetResourceOauth2Token';
export const GET_API_KEY = 'bedrock-agentcore:GetResourceApiKey';
const GET_PAYMENT_TOKEN = 'bedrock-agentcore:GetResourcePaymentToken';
export const COMPLETE_SESSION = 'bedrock-agentcore:CompleteResourceTokenAuth';

/** A call through a gateway: tools, and agents behind it. */
export const INVOKE_GATEWAY = 'bedrock-agentcore:InvokeGateway';

/** An operation of AWS STS, by which AgentCore gets a token that says who the caller's role is. */
export const GET_WEB_IDENTITY_TOKEN = 'sts:GetWebIdentityToken';

/** All mint operations, in the order in which they are printed. */
export const MINT_ACTIONS: readonly string[] = [MINT_FOR_ITSELF, MINT_FOR_USER_JWT, MINT_FOR_USER_ID];

/** Every operation above. What a role was not given of these, it is denied. */
export const TOKEN_ACTIONS: readonly string[] = [...MINT_ACTIONS, GET_OAUTH2_TOKEN, GET_API_KEY, GET_PAYMENT_TOKEN, COMPLETE_SESSION];
