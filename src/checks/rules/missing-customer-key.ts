import { resolvedProperties } from '../../synthesized/resolved-properties';
import { resourcesOfType } from '../../synthesized/synthesized-app';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

/** Where each type names the key that its data is under. */
const KEY_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::BedrockAgentCore::Gateway': 'KmsKeyArn',
  'AWS::BedrockAgentCore::PolicyEngine': 'EncryptionKeyArn',
  'AWS::BedrockAgentCore::Memory': 'EncryptionKeyArn',
};

export const MISSING_CUSTOMER_KEY: Rule = {
  id: 'missing-customer-key',
  severity: CheckSeverity.WARNING,
  title: 'Data of AgentCore is not under a key of yours',
  why: 'Under a key that AWS owns, nobody of yours can see its use in CloudTrail, or stop it.',
  fix: 'Give the key: `encryptionKey` of `new ToolGateway(...)`, `kmsKey` of the L2s for policy engines and memories.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-encryption.html',
  trigger: '`Gateway`, `PolicyEngine` or `Memory` without `kmsKey` (only with `requireCustomerKeys`)',
  find: ({ app, options }) => (!options.requireCustomerKeys ? [] : Object.entries(KEY_PROPERTIES).flatMap(([type, property]) => resourcesOfType(app, type)
    .filter((resource) => resolvedProperties(app, resource).some(({ value }) => value[property] === undefined))
    .map((resource) => ({ resource, location: `Properties.${property}`, detail: `no ${property}` })))),
};
