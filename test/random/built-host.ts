import {
  aws_bedrockagentcore as agentcore, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_eks as eks, aws_iam as iam, aws_lambda as lambda,
  aws_stepfunctions as stepfunctions, Stack,
} from 'aws-cdk-lib';
import type { HostDescription } from './description';
import { ACCOUNT, outsiderArn, roleArn, roleName, runtimeArn, runtimeId } from './name';
import { AgentHost, AgentRuntimeRole } from '../../src';

/** A host, and of a runtime its id, which may be a deploy-time value. */
export interface BuiltHost {
  readonly host: AgentHost;
  readonly runtimeId?: string;
  /** Of a runtime that is made here. */
  readonly runtimeArn?: string;
}

export function makeHost(scope: Stack, name: string, kind: HostDescription['kind']): BuiltHost {
  const id = roleName(name);
  const assumedBy = new iam.ServicePrincipal('ec2.amazonaws.com');
  switch (kind) {
    case 'role': return { host: AgentHost.role(new iam.Role(scope, id, { assumedBy })) };
    case 'L1 role': return {
      host: AgentHost.role(new iam.CfnRole(scope, id, {
        assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      })),
    };
    case 'role by ARN': return { host: AgentHost.role(iam.Role.fromRoleArn(scope, id, roleArn(name))) };
    case 'role by name': return { host: AgentHost.role(iam.Role.fromRoleName(scope, id, id)) };
    case 'Lambda': return {
      host: AgentHost.lambdaFunction(new lambda.Function(scope, id, {
        runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}'),
      })),
    };
    case 'ECS': {
      const task = new ecs.FargateTaskDefinition(scope, id);
      task.addContainer('agent', { image: ecs.ContainerImage.fromRegistry('agent') });
      return { host: AgentHost.ecsTask(task) };
    }
    case 'EKS': {
      // A real one needs a cluster and what is in it; to this library it is its role.
      const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
      return { host: AgentHost.eksServiceAccount({ role, node: role.node } as unknown as eks.ServiceAccount) };
    }
    case 'EC2': return {
      host: AgentHost.ec2Instance(new ec2.Instance(scope, id, {
        vpc: network(scope), instanceType: new ec2.InstanceType('t4g.small'), machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678', 'us-east-1': 'ami-12345678' }),
      })),
    };
    case 'Step Functions': return {
      host: AgentHost.stateMachine(new stepfunctions.StateMachine(scope, id, {
        definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(scope, `${id}Pass`)),
      })),
    };
    case 'role of another account': return {
      host: AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(scope, id, outsiderArn(name)), { reason: 'Its own account writes its policies' }),
    };
    case 'runtime': return l1Runtime(scope, id);
    case 'official L2 runtime': {
      const runtime = new agentcore.Runtime(scope, id, {
        runtimeName: id.replace(/-/g, '_'), agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(ecr.Repository.fromRepositoryName(scope, `${id}Images`, 'agents'), '1'),
      });
      return { host: AgentHost.agentRuntime(runtime), runtimeId: runtime.agentRuntimeId, runtimeArn: runtime.agentRuntimeArn };
    }
    case 'runtime by ARN': return {
      runtimeId: runtimeId(name),
      host: AgentHost.agentRuntime(agentcore.Runtime.fromAgentRuntimeAttributes(scope, id, {
        agentRuntimeArn: runtimeArn('eu-west-1', name), agentRuntimeId: runtimeId(name), agentRuntimeName: id.replace(/-/g, '_'), agentRuntimeVersion: '1', roleArn: roleArn(name),
      })),
    };
  }
}

function l1Runtime(scope: Stack, id: string): BuiltHost {
  const role = new AgentRuntimeRole(scope, `${id}Execution`, { runtimeName: id.replace(/-/g, '_') });
  const runtime = new agentcore.CfnRuntime(scope, id, {
    agentRuntimeName: id.replace(/-/g, '_'),
    agentRuntimeArtifact: { containerConfiguration: { containerUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/agent:1` } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: role.roleArn,
  });
  return { host: AgentHost.agentRuntime(runtime, { role }), runtimeId: runtime.attrAgentRuntimeId, runtimeArn: runtime.attrAgentRuntimeArn };
}

/** One network for each stack. */
function network(scope: Stack): ec2.IVpc {
  return scope.node.tryFindChild('Network') as ec2.IVpc | undefined
    ?? ec2.Vpc.fromVpcAttributes(scope, 'Network', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-12345678'] });
}
