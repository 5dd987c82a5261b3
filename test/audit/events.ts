/*
 * Events as CloudTrail writes them, by hand. Of AgentCore Identity, AWS has published the request for an OAuth2 token; the mint follows it
 * with the parameters of its own API.
 *
 * https://aws.amazon.com/blogs/machine-learning/manage-end-user-oauth-consent-for-ai-agents-with-amazon-bedrock-agentcore/
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export interface Event {
  readonly eventSource: string;
  readonly eventName: string;
  readonly userIdentity: Record<string, unknown>;
  readonly requestParameters?: Record<string, unknown>;
  readonly errorCode?: string;
}

const ACCOUNT = '111111111111';
export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** A session of a role. With a service: AWS called on its behalf. */
export function sessionOf(role: string, invokedBy?: string): Event['userIdentity'] {
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/').pop()}/session`,
    accountId: ACCOUNT,
    sessionContext: { sessionIssuer: { type: 'Role', arn: roleArn(role), accountId: ACCOUNT, userName: role.split('/').pop() } },
    ...(invokedBy !== undefined ? { invokedBy } : {}),
  };
}

/** Somebody without a role. */
export const IAM_USER: Event['userIdentity'] = { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/alice`, accountId: ACCOUNT, userName: 'alice' };

export function agentCore(eventName: string, userIdentity: Event['userIdentity'], more: Partial<Event> = {}): Event {
  return { eventSource: 'bedrock-agentcore.amazonaws.com', eventName, userIdentity, ...more };
}

export function mint(userIdentity: Event['userIdentity'], workloadName?: string): Event {
  return agentCore('GetWorkloadAccessTokenForUserId', userIdentity, { requestParameters: workloadName !== undefined ? { workloadName, userId: 'HIDDEN_DUE_TO_SECURITY_REASONS' } : null as never });
}

export function oauth2Token(userIdentity: Event['userIdentity'], more: Partial<Event> = {}): Event {
  return agentCore('GetResourceOauth2Token', userIdentity, {
    requestParameters: { workloadIdentityToken: 'HIDDEN_DUE_TO_SECURITY_REASONS', resourceCredentialProviderName: 'google', scopes: ['calendar'], oauth2Flow: 'USER_FEDERATION' }, ...more,
  });
}

export function secretRead(userIdentity: Event['userIdentity'], secretId: string, more: Partial<Event> = {}): Event {
  return { eventSource: 'secretsmanager.amazonaws.com', eventName: 'GetSecretValue', userIdentity, requestParameters: { secretId }, ...more };
}

export function cloudTrail(eventName: string, userIdentity: Event['userIdentity']): Event {
  return { eventSource: 'cloudtrail.amazonaws.com', eventName, userIdentity, requestParameters: { name: 'trail' } };
}
