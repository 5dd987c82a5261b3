/** Make a token that says who the agent is, and for which user it acts. */
export const MINT_ACTIONS = [
  'bedrock-agentcore:GetWorkloadAccessToken', 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', 'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
];

/** Hand out a credential of a provider. */
export const VEND_ACTIONS = [
  'bedrock-agentcore:GetResourceOauth2Token', 'bedrock-agentcore:GetResourceApiKey', 'bedrock-agentcore:GetResourcePaymentToken',
];

export const MINT_FOR_USER_ID = 'bedrock-agentcore:GetWorkloadAccessTokenForUserId';

/** Confirms that the user who consented is the one who asked. */
export const COMPLETE_SESSION = 'bedrock-agentcore:CompleteResourceTokenAuth';

export const TOKEN_ACTIONS = [...MINT_ACTIONS, ...VEND_ACTIONS, COMPLETE_SESSION];

/** The path in front of the name of an identity. */
export const IDENTITY_PATH = 'workload-identity-directory/default/workload-identity/';

/** The service that assumes the roles of gateways, runtimes and their tools. */
export const AGENTCORE_SERVICE = 'bedrock-agentcore.amazonaws.com';

/** What an action is called without its service, for short texts. */
export function shortAction(action: string): string {
  return action.replace(/^bedrock-agentcore:/, '');
}
