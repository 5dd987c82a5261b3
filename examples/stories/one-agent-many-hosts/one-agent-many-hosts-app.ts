import {
  Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, AgentRuntimeRole, ApiKey, ApiKeyProvider, Capability, TokenIssuer,
} from 'cdk-agentcore-identity';
import {
  App, AppProps, aws_bedrockagentcore as agentcore, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_eks as eks, aws_iam as iam, aws_kms as kms, aws_lambda as lambda,
  aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_stepfunctions as stepfunctions, Fn, Stack,
} from 'aws-cdk-lib';

/*
 * One agent moves from host to host, and for a while runs on all of them under one identity: function, task, pod, instance, state machine,
 * runtime. Each has a role of its own and the same rights. A second runtime acts under the identity that AWS makes for it, and never mints.
 */
export function oneAgentManyHostsApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Translation', { env: { account: '111122223333', region: 'eu-west-1' } });
  const glossary = new ApiKeyProvider(stack, 'Glossary', {
    providerName: 'acme-glossary',
    apiKey: ApiKey.fromSecretsManager(new secretsmanager.Secret(stack, 'GlossaryKey', {
      encryptionKey: new kms.Key(stack, 'SecretsKey', { enableKeyRotation: true }),
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'api_key' },
    }), 'api_key'),
  });

  const images = ecr.Repository.fromRepositoryName(stack, 'Images', 'agents/translator');
  const fn = new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases'), 'translator/2026-11-01.zip', { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
  });
  const task = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
  const podRole = new iam.Role(stack, 'PodRole', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com').withSessionTags() });
  new eks.CfnPodIdentityAssociation(stack, 'Pod', { clusterName: 'acme', namespace: 'agents', serviceAccount: 'translator', roleArn: podRole.roleArn });
  const instance = new ec2.Instance(stack, 'Instance', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Network', { vpcId: 'vpc-0a1b2c3d4e5f60718', availabilityZones: [Fn.select(0, Fn.getAzs())], privateSubnetIds: ['subnet-0a1b2c3d4e5f60718'] }),
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(20, { encrypted: true }) }],
    httpTokens: ec2.HttpTokens.REQUIRED,
    detailedMonitoring: true,
    ebsOptimized: true,
    disableApiTermination: true,
  });
  const machine = new stepfunctions.StateMachine(stack, 'Machine', {
    definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Translate')),
    tracingEnabled: true,
  });
  const [own, ofAws] = ['translator', 'translator_aws'].map((name) => runtimeIn(stack, name, images));

  const owner = AgentOwner.team('documentation', 'documentation@example.com');
  const agent = new Agent(stack, 'Translator', {
    owner,
    identity: AgentIdentity.named('acme-translator'),
    parts: [
      AgentPart.acting('Function', AgentHost.lambdaFunction(fn)),
      AgentPart.acting('Task', AgentHost.ecsTask(task)),
      AgentPart.acting('Pod', AgentHost.role(podRole)),
      AgentPart.acting('Instance', AgentHost.ec2Instance(instance)),
      AgentPart.acting('Machine', AgentHost.stateMachine(machine)),
      AgentPart.acting('Runtime', own),
    ],
  });
  agent.may(Capability.useApiKey(glossary, { reason: 'Looks up how the company translates its own words' }));
  const callers = [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })];
  new Agent(stack, 'TranslatorOfAws', { owner, host: ofAws, callers })
    .may(Capability.useApiKey(glossary, { reason: 'Looks up how the company translates its own words' }));
  return app;
}

function runtimeIn(stack: Stack, agentRuntimeName: string, repository: ecr.IRepository): AgentHost {
  const role = new AgentRuntimeRole(stack, `${agentRuntimeName}-role`, { runtimeName: agentRuntimeName, repository });
  return AgentHost.agentRuntime(new agentcore.CfnRuntime(stack, `${agentRuntimeName}-runtime`, {
    agentRuntimeName,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/agents/translator:2026-11-01' } },
    networkConfiguration: { networkMode: 'VPC', networkModeConfig: { subnets: ['subnet-0a1b2c3d4e5f60718'], securityGroups: ['sg-0a1b2c3d4e5f60718'] } },
    roleArn: role.roleArn,
  }), { role });
}
