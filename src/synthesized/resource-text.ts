import { opaque } from './opaque-text';
import { SynthesizedResource } from './synthesized-app';

/** What a resource's names and ARN are made of, as text. */
export interface ResourceWords {
  readonly resource: SynthesizedResource;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** The text of a property, if it is literal. */
  literal(property: string): string | undefined;
}

/** `Ref` under the name of the attribute that means the same, and attributes as text. */
interface TextForm {
  readonly ref?: string;
  readonly attributes: Readonly<Record<string, (words: ResourceWords) => string>>;
}

const DIRECTORY = 'workload-identity-directory/default';
const VAULT = 'token-vault/default';

/**
 * Types whose ARN's shape is certain. What only a deployment knows of it stands as `${<type> <path>.<attribute>}` inside the ARN, so
 * that an ARN put together from the name and one taken from the resource are the same text.
 */
const FORMS: Readonly<Record<string, TextForm>> = {
  'AWS::IAM::Role': iam('RoleName', 'role', 'Arn', 'Ref'),
  'AWS::IAM::User': iam('UserName', 'user', 'Arn', 'Ref'),
  'AWS::IAM::Group': iam('GroupName', 'group', 'Arn', 'Ref'),
  'AWS::IAM::InstanceProfile': iam('InstanceProfileName', 'instance-profile', 'Arn', 'Ref'),
  'AWS::IAM::ManagedPolicy': iam('ManagedPolicyName', 'policy', 'PolicyArn', 'PolicyArn'),
  'AWS::KMS::Key': { ref: 'KeyId', attributes: { Arn: regional('kms', (words) => `key/${deployed(words, 'KeyId')}`) } },
  'AWS::SecretsManager::Secret': { ref: 'Id', attributes: { Id: regional('secretsmanager', secretName) } },
  'AWS::Lambda::Function': named('FunctionName', 'Ref', { Arn: (name) => regional('lambda', (words) => `function:${name(words)}`) }),
  'AWS::S3::Bucket': named('BucketName', 'Ref', { Arn: (name) => (words) => `arn:${words.partition}:s3:::${name(words)}` }),
  'AWS::SQS::Queue': named('QueueName', 'QueueName', { Arn: (name) => regional('sqs', name) }, 'QueueUrl'),
  'AWS::SNS::Topic': named('TopicName', 'TopicName', { TopicArn: (name) => regional('sns', name) }, 'TopicArn'),
  'AWS::DynamoDB::Table': named('TableName', 'Ref', { Arn: (name) => regional('dynamodb', (words) => `table/${name(words)}`) }),
  'AWS::ECR::Repository': named('RepositoryName', 'Ref', { Arn: (name) => regional('ecr', (words) => `repository/${name(words)}`) }),
  'AWS::Logs::LogGroup': named('LogGroupName', 'Ref', { Arn: (name) => regional('logs', (words) => `log-group:${name(words)}:*`) }),
  'AWS::Cognito::UserPool': { ref: 'UserPoolId', attributes: { Arn: regional('cognito-idp', (words) => `userpool/${deployed(words, 'UserPoolId')}`) } },
  'AWS::BedrockAgentCore::WorkloadIdentity': named('Name', 'Ref', {
    WorkloadIdentityArn: (name) => agentCore((words) => `${DIRECTORY}/workload-identity/${name(words)}`),
  }),
  'AWS::BedrockAgentCore::OAuth2CredentialProvider': provider('oauth2credentialprovider'),
  'AWS::BedrockAgentCore::ApiKeyCredentialProvider': provider('apikeycredentialprovider'),
  'AWS::BedrockAgentCore::PaymentCredentialProvider': provider('paymentcredentialprovider'),
  'AWS::BedrockAgentCore::Gateway': { ref: 'GatewayIdentifier', attributes: { GatewayArn: agentCore((words) => `gateway/${deployed(words, 'GatewayIdentifier')}`) } },
  'AWS::BedrockAgentCore::Runtime': { attributes: { AgentRuntimeArn: agentCore((words) => `runtime/${deployed(words, 'AgentRuntimeId')}`) } },
  'AWS::BedrockAgentCore::PolicyEngine': {
    ref: 'PolicyEngineArn', attributes: { PolicyEngineArn: agentCore((words) => `policy-engine/${deployed(words, 'PolicyEngineId')}`) },
  },
  'AWS::BedrockAgentCore::Memory': { ref: 'MemoryArn', attributes: { MemoryArn: agentCore((words) => `memory/${deployed(words, 'MemoryId')}`) } },
};

/** What `Ref` of a resource is, as text. */
export function refText(words: ResourceWords): string {
  return attributeText(words, FORMS[words.resource.type]?.ref ?? 'Ref');
}

/** What an attribute of a resource is, as text. */
export function attributeText(words: ResourceWords, attribute: string): string {
  return FORMS[words.resource.type]?.attributes[attribute]?.(words) ?? deployed(words, attribute);
}

function deployed(words: ResourceWords, attribute: string): string {
  return opaque(`${words.resource.type} ${words.resource.path}.${attribute}`);
}

function regional(service: string, rest: (words: ResourceWords) => string): (words: ResourceWords) => string {
  return (words) => `arn:${words.partition}:${service}:${words.region}:${words.account}:${rest(words)}`;
}

function agentCore(rest: (words: ResourceWords) => string): (words: ResourceWords) => string {
  return regional('bedrock-agentcore', rest);
}

/** A type whose name is a property, or is made up at deployment and then stands for the attribute `nameAttribute`. */
function named(
  property: string,
  nameAttribute: string,
  arns: Readonly<Record<string, (name: (words: ResourceWords) => string) => (words: ResourceWords) => string>>,
  ref: string = nameAttribute,
): TextForm {
  const name = (words: ResourceWords) => words.literal(property) ?? deployed(words, nameAttribute);
  return { ref, attributes: { [nameAttribute]: name, ...Object.fromEntries(Object.entries(arns).map(([attribute, arn]) => [attribute, arn(name)])) } };
}

function iam(property: string, kind: string, arnAttribute: string, ref: string): TextForm {
  const arn = (name: (words: ResourceWords) => string) => (words: ResourceWords) =>
    `arn:${words.partition}:iam::${words.account}:${kind}${words.literal('Path') ?? '/'}${name(words)}`;
  return named(property, 'Ref', { [arnAttribute]: arn }, ref);
}

/** `Ref` is the ARN as well. */
function provider(segment: string): TextForm {
  return named('Name', 'Name', { CredentialProviderArn: (name) => agentCore((words) => `${VAULT}/${segment}/${name(words)}`) }, 'CredentialProviderArn');
}

/** Secrets Manager puts six characters behind the name. */
function secretName(words: ResourceWords): string {
  const name = words.literal('Name');
  return `secret:${name !== undefined ? `${name}-` : ''}${opaque(`${words.resource.type} ${words.resource.path}`)}`;
}
