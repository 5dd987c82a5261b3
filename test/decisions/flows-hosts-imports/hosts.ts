import {
  aws_bedrockagentcore as agentcore, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_eks as eks, aws_iam as iam, aws_lambda as lambda,
  aws_stepfunctions as stepfunctions, Stack,
} from 'aws-cdk-lib';
import { AgentHost, AgentRuntimeRole } from '../../../src';

/** A host as it is made for one agent; of a runtime that acts under AWS's identity, the runtime's id. */
export interface MadeHost {
  readonly host: AgentHost;
  readonly runtimeId?: string;
}

/** What a host changes. Every other host is alike. */
export interface Host {
  /** AWS mints, for the user whom the runtime's authorizer or a front end has let in: the role must not. */
  readonly awsMints?: boolean;
  readonly make: (stack: Stack, name: string) => MadeHost;
}

const role = (stack: Stack, name: string, principal: string) => new iam.Role(stack, `${name}-role`, { assumedBy: new iam.ServicePrincipal(principal) });

export const HOSTS: Record<string, Host> = {
  'Lambda': {
    make: (stack, name) => ({
      host: AgentHost.lambdaFunction(new lambda.Function(stack, name, {
        runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}'),
      })),
    }),
  },
  'ECS': { make: (stack, name) => ({ host: AgentHost.ecsTask(new ecs.FargateTaskDefinition(stack, name)) }) },
  // A real one needs a cluster and what is in it; to this library it is its role.
  'EKS': { make: (stack, name) => ({ host: AgentHost.eksServiceAccount({ role: role(stack, name, 'pods.eks.amazonaws.com'), node: stack.node } as unknown as eks.ServiceAccount) }) },
  'EC2': {
    make: (stack, name) => ({
      host: AgentHost.ec2Instance(new ec2.Instance(stack, name, {
        vpc: stack.node.tryFindChild('Network') as ec2.IVpc | undefined ?? ec2.Vpc.fromVpcAttributes(stack, 'Network', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
        instanceType: new ec2.InstanceType('t4g.small'),
        machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }),
      })),
    }),
  },
  'Step Functions': {
    make: (stack, name) => ({
      host: AgentHost.stateMachine(new stepfunctions.StateMachine(stack, name, {
        definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, `${name}-pass`)),
      })),
    }),
  },
  'a role': { make: (stack, name) => ({ host: AgentHost.role(role(stack, name, 'ec2.amazonaws.com')) }) },
  'a runtime under its own identity': { make: (stack, name) => ({ host: l1Runtime(stack, name).host }) },
  'a runtime under AWS\'s identity': { awsMints: true, make: l1Runtime },
  'the official L2 runtime under AWS\'s identity': {
    awsMints: true,
    make: (stack, name) => {
      const images = stack.node.tryFindChild('Images') as ecr.IRepository | undefined ?? ecr.Repository.fromRepositoryName(stack, 'Images', 'agents');
      const runtime = new agentcore.Runtime(stack, name, { runtimeName: name.replace(/-/g, '_'), agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(images, '1') });
      return { host: AgentHost.agentRuntime(runtime), runtimeId: runtime.agentRuntimeId };
    },
  },
};

function l1Runtime(stack: Stack, name: string): MadeHost {
  const runtimeName = name.replace(/-/g, '_');
  const execution = new AgentRuntimeRole(stack, `${name}-role`, { runtimeName });
  const runtime = new agentcore.CfnRuntime(stack, name, {
    agentRuntimeName: runtimeName,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agent:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: execution.roleArn,
  });
  return { host: AgentHost.agentRuntime(runtime, { role: execution }), runtimeId: runtime.attrAgentRuntimeId };
}
