import { aws_logs as logs } from 'aws-cdk-lib';
import { MINT_FOR_USER_ID, TOKEN_ACTIONS } from '../permission/identity-action';

/*
 * What is counted in the events, as filter patterns of CloudWatch Logs. Of a field that may be missing it is always said what then
 * holds: AWS does not say what `!=` makes of it.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */

/** The role whose session called. Users and services have none. */
const ROLE = '$.userIdentity.sessionContext.sessionIssuer.arn';

/** The service that called with somebody's permissions. Who calls directly has none. */
const SERVICE = '$.userIdentity.invokedBy';

/** The request parameter, as the API calls it. */
const WORKLOAD = '$.requestParameters.workloadName';

const SECRET = '$.requestParameters.secretId';
const AGENTCORE = 'bedrock-agentcore.amazonaws.com';

/** Operations that take protection away, lower it, or open what no rule opened. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html */
const PROTECTION = [
  'SetTokenVaultCMK', 'UpdateWorkloadIdentity', 'DeleteWorkloadIdentity',
  'UpdateOauth2CredentialProvider', 'DeleteOauth2CredentialProvider', 'UpdateApiKeyCredentialProvider', 'DeleteApiKeyCredentialProvider',
  'UpdateGateway', 'UpdateGatewayTarget', 'UpdatePolicyEngine', 'DeletePolicyEngine', 'UpdatePolicy', 'DeletePolicy', 'PutResourcePolicy', 'DeleteResourcePolicy',
  'CreatePolicy', 'CreateGatewayTarget', 'DeleteGatewayTarget', 'DeleteGateway',
];

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Operations.html */
const RECORDING = ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'];

/** Token operations that IAM refused. */
export function deniedCalls(): logs.JsonPattern {
  return all(calls(AGENTCORE, TOKEN_ACTIONS.map((action) => action.split(':')[1])), is('$.errorCode', 'AccessDenied*'));
}

/** Mints for a user id, but those by these roles, and those for these workload identities by whatever role. */
export function mintsForUserIds(but: { readonly roleArns: readonly string[]; readonly workloads: readonly string[] }): logs.JsonPattern {
  return all(calls(AGENTCORE, [MINT_FOR_USER_ID.split(':')[1]]), ...isNoneOf(ROLE, but.roleArns), ...isNoneOf(WORKLOAD, but.workloads));
}

/** Reads of secrets whose name or ARN begins like one of these, by whoever called Secrets Manager itself, but these roles. */
export function directReads(beginnings: readonly string[], readers: readonly string[]): logs.JsonPattern {
  return all(
    calls('secretsmanager.amazonaws.com', ['GetSecretValue']),
    logs.FilterPattern.notExists(SERVICE),
    any(...beginnings.map((beginning) => is(SECRET, `${beginning}*`))),
    ...isNoneOf(ROLE, readers),
  );
}

/** Changes of what protects identities, providers and gateways that no deployment made. */
export function protectionChanges(): logs.JsonPattern {
  return all(calls(AGENTCORE, PROTECTION), ...isNoneOf(SERVICE, ['cloudformation.amazonaws.com']));
}

/** Changes of what trails record that no deployment made. */
export function recordingChanges(): logs.JsonPattern {
  return all(calls('cloudtrail.amazonaws.com', RECORDING), ...isNoneOf(SERVICE, ['cloudformation.amazonaws.com']));
}

function calls(service: string, operations: readonly string[]): logs.JsonPattern {
  return all(is('$.eventSource', service), any(...operations.map((operation) => is('$.eventName', operation))));
}

/** Also where there is nothing: whoever is not known is somebody else. */
function isNoneOf(field: string, values: readonly string[]): logs.JsonPattern[] {
  return values.length === 0 ? [] : [any(logs.FilterPattern.notExists(field), all(...values.map((value) => logs.FilterPattern.stringValue(field, '!=', value))))];
}

const is = (field: string, value: string) => logs.FilterPattern.stringValue(field, '=', value);
const all = (...patterns: logs.JsonPattern[]) => logs.FilterPattern.all(...patterns);
const any = (...patterns: logs.JsonPattern[]) => logs.FilterPattern.any(...patterns);
