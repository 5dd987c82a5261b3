import { PolicyPrincipal } from '../containment/policy-statement';

/** Make a token that says who the agent is, and for which user it acts. */
export const MINT_ACTIONS = [
  'bedrock-agentcore:GetWorkloadAccessToken', 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', 'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
];

/** Hand out a credential of a provider. */
export const VEND_ACTIONS = [
  'bedrock-agentcore:GetResourceOauth2Token', 'bedrock-agentcore:GetResourceApiKey', 'bedrock-agentcore:GetResourcePaymentToken',
];

export const MINT_FOR_JWT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';

export const MINT_FOR_USER_ID = 'bedrock-agentcore:GetWorkloadAccessTokenForUserId';

/** Confirms that the user who consented is the one who asked. */
export const COMPLETE_SESSION = 'bedrock-agentcore:CompleteResourceTokenAuth';

export const TOKEN_ACTIONS = [...MINT_ACTIONS, ...VEND_ACTIONS, COMPLETE_SESSION];

/** The service that assumes the roles of gateways, runtimes and their tools. */
export const AGENTCORE_SERVICE = 'bedrock-agentcore.amazonaws.com';

/** Whether a principal of a policy is that service, also where only a deployment knows what its name ends in. */
export function isAgentCoreService({ type, value }: PolicyPrincipal): boolean {
  return type === 'Service' && value.replace('${AWS::URLSuffix}', 'amazonaws.com') === AGENTCORE_SERVICE;
}

/** What an action is called without its service, for short texts. */
export function shortAction(action: string): string {
  return action.replace(/^bedrock-agentcore:/, '');
}
