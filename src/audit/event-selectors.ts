import { aws_cloudtrail as cloudtrail } from 'aws-cdk-lib';

/**
 * What data events of AgentCore Identity are about, by the names of CloudTrail. They are not CloudFormation's: `APIKey`, `OAuth2`.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
const RESOURCE_TYPES = ['WorkloadIdentity', 'WorkloadIdentityDirectory', 'TokenVault', 'OAuth2CredentialProvider', 'APIKeyCredentialProvider'];

/** Services with many events of which none is asked for here, and the only ones that a trail can leave out. */
const LEFT_OUT = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

/** One for each type: CloudTrail compares a type with `Equals` only. */
export function dataEventSelectors(): cloudtrail.CfnTrail.AdvancedEventSelectorProperty[] {
  return RESOURCE_TYPES.map((type) => ({
    name: `AgentCore Identity: ${type}`,
    fieldSelectors: [
      { field: 'eventCategory', equalTo: ['Data'] },
      { field: 'resources.type', equalTo: [`AWS::BedrockAgentCore::${type}`] },
    ],
  }));
}

/** Reads too: of secrets, and of tokens, which the only event of Identity that AWS has published shows as a management event. */
export function managementEventSelector(): cloudtrail.CfnTrail.AdvancedEventSelectorProperty {
  return {
    name: 'Changes, reads of secrets and token requests',
    fieldSelectors: [
      { field: 'eventCategory', equalTo: ['Management'] },
      { field: 'eventSource', notEquals: LEFT_OUT },
    ],
  };
}
