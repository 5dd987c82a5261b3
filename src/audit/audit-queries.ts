import { TOKEN_ACTIONS } from '../permission/identity-action';

/** A saved query of CloudWatch Logs Insights. */
export interface AuditQuery {
  readonly id: string;
  readonly name: string;
  readonly query: string;
}

const TOKENS = `eventSource = "bedrock-agentcore.amazonaws.com" and eventName in [${TOKEN_ACTIONS.map((action) => `"${action.split(':')[1]}"`).join(', ')}]`;
const WHO = 'userIdentity.sessionContext.sessionIssuer.arn as role, userIdentity.arn as caller, userIdentity.invokedBy as service';

/**
 * What a reviewer asks. Fields are those that every CloudTrail event has, and request parameters by the names that the APIs give them.
 * A column stays empty where AgentCore records none.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const AUDIT_QUERIES: readonly AuditQuery[] = [
  {
    id: 'Uses',
    name: 'Which agent used which provider for which user',
    query: lines(
      `fields @timestamp, eventName, requestParameters.workloadName as workload, requestParameters.resourceCredentialProviderName as provider, requestParameters.oauth2Flow as flow, requestParameters.userId as userId, ${WHO}, errorCode, resources.0.ARN as resource`,
      `filter ${TOKENS}`,
      'sort @timestamp desc',
    ),
  },
  {
    id: 'Denied',
    name: 'Who was denied',
    query: lines(
      `fields @timestamp, eventName, errorCode, errorMessage, ${WHO}, requestParameters.workloadName as workload, requestParameters.resourceCredentialProviderName as provider, sourceIPAddress`,
      `filter ${TOKENS} and errorCode like /^AccessDenied/`,
      'sort @timestamp desc',
    ),
  },
  {
    id: 'UserIds',
    name: 'Who minted for user ids',
    query: lines(
      `fields ${WHO}, requestParameters.workloadName as workload, requestParameters.userId as userId`,
      'filter eventSource = "bedrock-agentcore.amazonaws.com" and eventName = "GetWorkloadAccessTokenForUserId"',
      'stats count(*) as mints, latest(@timestamp) as last by role, service, workload, userId, errorCode',
      'sort last desc',
    ),
  },
  {
    id: 'SecretReads',
    name: 'Who read which secret, and through which service',
    query: lines(
      `fields ${WHO}, requestParameters.secretId as secret`,
      'filter eventSource = "secretsmanager.amazonaws.com" and eventName = "GetSecretValue"',
      'stats count(*) as reads, latest(@timestamp) as last by secret, role, service, errorCode',
      'sort last desc',
    ),
  },
  {
    id: 'Changes',
    name: 'Who changed identities, providers and gateways',
    query: lines(
      `fields @timestamp, eventName, ${WHO}, requestParameters.name as name, errorCode`,
      'filter eventSource = "bedrock-agentcore.amazonaws.com" and eventName like /^(Create|Update|Delete|Put|Set|Tag|Untag)/',
      'sort @timestamp desc',
    ),
  },
];

function lines(...commands: string[]): string {
  return commands.join('\n| ');
}
