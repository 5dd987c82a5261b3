import type { DeployedResource } from './deployed-resource';
import { secretSuffix, stableId, stableUuid } from './stable-id';

/** What CloudFormation answers for `Ref` and `Fn::GetAtt` on a resource. */
export interface ResourceIdentity {
  readonly ref?: string;
  readonly attributes?: Record<string, string | undefined>;
}

type Describe = (resource: DeployedResource) => ResourceIdentity;

const DIRECTORY = 'workload-identity-directory/default';
const VAULT = 'token-vault/default';

/**
 * The resource types that identities, policies and their surroundings are made of. Types that are missing here are only
 * a problem once a policy depends on one of them; then resolving says so.
 */
const TYPES: Record<string, Describe> = {
  'AWS::IAM::Role': role => {
    const name = role.physicalName('RoleName');
    return {
      ref: name,
      attributes: {
        Arn: globalArn(role, 'iam', `role${role.property('Path') ?? '/'}${name}`),
        RoleId: `AROA${stableId(role.path, 17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
      },
    };
  },
  'AWS::IAM::ManagedPolicy': policy => {
    const policyArn = globalArn(policy, 'iam', `policy${policy.property('Path') ?? '/'}${policy.physicalName('ManagedPolicyName')}`);
    return { ref: policyArn, attributes: { PolicyArn: policyArn } };
  },
  'AWS::IAM::InstanceProfile': byName('InstanceProfileName', (profile, name) => ({ Arn: globalArn(profile, 'iam', `instance-profile/${name}`) })),
  'AWS::IAM::OIDCProvider': provider => {
    const providerArn = globalArn(provider, 'iam', `oidc-provider/${String(provider.property('Url')).replace('https://', '')}`);
    return { ref: providerArn, attributes: { Arn: providerArn } };
  },
  'AWS::KMS::Key': key => {
    const id = stableUuid(`${key.stack.accountId} ${key.stack.region} ${key.path}`);
    return { ref: id, attributes: { Arn: arn(key, 'kms', `key/${id}`), KeyId: id } };
  },
  'AWS::KMS::Alias': byName('AliasName'),
  'AWS::SecretsManager::Secret': secret => {
    const secretArn = arnOfSecret(secret, secret.physicalName('Name'));
    return { ref: secretArn, attributes: { Id: secretArn } };
  },
  'AWS::SecretsManager::SecretTargetAttachment': attachment => ({ ref: attachment.property('SecretId') }),
  'AWS::Lambda::Function': byName('FunctionName', (lambda, name) => ({ Arn: arn(lambda, 'lambda', `function:${name}`) })),
  'AWS::ECS::Cluster': byName('ClusterName', (cluster, name) => ({ Arn: arn(cluster, 'ecs', `cluster/${name}`) })),
  'AWS::ECS::TaskDefinition': task => {
    const taskArn = arn(task, 'ecs', `task-definition/${task.physicalName('Family')}:1`);
    return { ref: taskArn, attributes: { TaskDefinitionArn: taskArn } };
  },
  'AWS::EKS::Cluster': byName('Name', (cluster, name) => ({ Arn: arn(cluster, 'eks', `cluster/${name}`) })),
  'AWS::Logs::LogGroup': byName('LogGroupName', (group, name) => ({ Arn: arn(group, 'logs', `log-group:${name}:*`) })),
  'AWS::S3::Bucket': byName('BucketName', (bucket, name) => ({ Arn: `arn:${bucket.stack.partition}:s3:::${name}` })),
  'AWS::DynamoDB::Table': byName('TableName', (table, name) => ({ Arn: arn(table, 'dynamodb', `table/${name}`) })),
  'AWS::SQS::Queue': queue => {
    const name = queue.physicalName('QueueName');
    const { region, accountId } = queue.stack;
    return { ref: `https://sqs.${region}.amazonaws.com/${accountId}/${name}`, attributes: { Arn: arn(queue, 'sqs', name), QueueName: name } };
  },
  'AWS::SNS::Topic': topic => {
    const topicArn = arn(topic, 'sns', topic.physicalName('TopicName'));
    return { ref: topicArn, attributes: { TopicArn: topicArn } };
  },
  'AWS::SSM::Parameter': byName('Name', parameter => ({ Value: parameter.property('Value') })),
  'AWS::Cognito::UserPool': pool => {
    const id = `${pool.stack.region}_${stableId(pool.path, 9)}`;
    const issuer = `cognito-idp.${pool.stack.region}.amazonaws.com/${id}`;
    return {
      ref: id,
      attributes: { UserPoolId: id, Arn: arn(pool, 'cognito-idp', `userpool/${id}`), ProviderName: issuer, ProviderURL: `https://${issuer}` },
    };
  },
  'AWS::Cognito::UserPoolClient': client => {
    const id = stableId(client.path, 26);
    return { ref: id, attributes: { ClientId: id } };
  },
  'AWS::Cognito::UserPoolDomain': domain => ({ ref: domain.property('Domain') }),
  'AWS::Cognito::UserPoolResourceServer': server => ({ ref: server.property('Identifier') }),
  'AWS::BedrockAgentCore::WorkloadIdentity': byName('Name', (identity, name) => ({
    WorkloadIdentityArn: arn(identity, 'bedrock-agentcore', `${DIRECTORY}/workload-identity/${name}`),
  })),
  'AWS::BedrockAgentCore::OAuth2CredentialProvider': credentialProvider('oauth2credentialprovider', 'oauth2', 'ClientSecretArn'),
  'AWS::BedrockAgentCore::ApiKeyCredentialProvider': credentialProvider('apikeycredentialprovider', 'apikey', 'ApiKeySecretArn'),
  'AWS::BedrockAgentCore::Gateway': gateway => {
    // Unlike runtimes, gateways have lower-case ids, whatever their names look like.
    const id = `${gateway.physicalName('Name')}-${stableId(gateway.path, 10)}`.toLowerCase();
    return {
      ref: id,
      attributes: {
        GatewayIdentifier: id,
        GatewayArn: arn(gateway, 'bedrock-agentcore', `gateway/${id}`),
        GatewayUrl: `https://${id}.gateway.bedrock-agentcore.${gateway.stack.region}.amazonaws.com/mcp`,
      },
    };
  },
  'AWS::BedrockAgentCore::Runtime': runtime => {
    // No `ref`: the CloudFormation page says that it is the ARN, the L1 says that it is the id.
    const id = `${runtime.physicalName('AgentRuntimeName')}-${stableId(runtime.path, 10)}`;
    return { attributes: { AgentRuntimeId: id, AgentRuntimeArn: arn(runtime, 'bedrock-agentcore', `runtime/${id}`), AgentRuntimeVersion: '1' } };
  },
  'AWS::BedrockAgentCore::RuntimeEndpoint': endpoint => {
    const runtimeArn = arn(endpoint, 'bedrock-agentcore', `runtime/${endpoint.property('AgentRuntimeId')}`);
    return { attributes: { AgentRuntimeArn: runtimeArn, AgentRuntimeEndpointArn: `${runtimeArn}/runtime-endpoint/${endpoint.property('Name')}` } };
  },
  'AWS::BedrockAgentCore::PolicyEngine': engine => {
    const id = `${engine.physicalName('Name')}-${stableId(engine.path, 10)}`;
    const engineArn = arn(engine, 'bedrock-agentcore', `policy-engine/${id}`);
    return { ref: engineArn, attributes: { PolicyEngineId: id, PolicyEngineArn: engineArn } };
  },
  'AWS::BedrockAgentCore::Memory': memory => {
    const id = `${memory.physicalName('Name')}-${stableId(memory.path, 10)}`;
    const memoryArn = arn(memory, 'bedrock-agentcore', `memory/${id}`);
    return { ref: memoryArn, attributes: { MemoryId: id, MemoryArn: memoryArn } };
  },
};

export function identityOf(resource: DeployedResource): ResourceIdentity {
  return TYPES[resource.type]?.(resource) ?? {};
}

function arn(resource: DeployedResource, service: string, rest: string): string {
  const { partition, region, accountId } = resource.stack;
  return `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
}

function globalArn(resource: DeployedResource, service: string, rest: string): string {
  return `arn:${resource.stack.partition}:${service}::${resource.stack.accountId}:${rest}`;
}

function arnOfSecret(resource: DeployedResource, name: string): string {
  return arn(resource, 'secretsmanager', `secret:${name}-${secretSuffix(name)}`);
}

function byName(property: string, attributes: (resource: DeployedResource, name: string) => Record<string, string> = () => ({})): Describe {
  return resource => {
    const name = resource.physicalName(property);
    return { ref: name, attributes: attributes(resource, name) };
  };
}

/** The secret is AgentCore's own unless the provider says EXTERNAL; where an external one lives, the template says elsewhere. */
function credentialProvider(segment: string, secretFolder: string, secretAttribute: string): Describe {
  return provider => {
    const name = provider.physicalName('Name');
    const providerArn = arn(provider, 'bedrock-agentcore', `${VAULT}/${segment}/${name}`);
    const external = JSON.stringify(provider.properties).includes('"EXTERNAL"');
    const secret = external ? undefined : arnOfSecret(provider, `bedrock-agentcore-identity!default/${secretFolder}/${name}`);
    return { ref: providerArn, attributes: { CredentialProviderArn: providerArn, [`${secretAttribute}.SecretArn`]: secret } };
  };
}
