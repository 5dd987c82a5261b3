import type {
  aws_bedrockagentcore as agentcore, aws_ec2 as ec2, aws_ecs as ecs, aws_eks as eks, aws_iam as iam, aws_lambda as lambda, aws_stepfunctions as stepfunctions,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { holdsPattern } from '../declaration/known-text';
import { Problems, refuse } from '../declaration/problems';

/** What kind of thing runs a part of an agent. */
export enum AgentHostKind {
  /** A Lambda function. */
  LAMBDA = 'Lambda function',
  /** The containers of an ECS task. */
  ECS_TASK = 'ECS task',
  /** The pods of a Kubernetes service account. */
  EKS_SERVICE_ACCOUNT = 'EKS service account',
  /** Whatever runs on an EC2 instance. */
  EC2_INSTANCE = 'EC2 instance',
  /** The executions of a state machine. */
  STATE_MACHINE = 'Step Functions state machine',
  /** Whatever runs with the role. */
  ROLE = 'IAM role',
  /** An AgentCore Runtime. */
  AGENT_RUNTIME = 'AgentCore Runtime',
}

/** What a runtime does not tell about itself. */
export interface AgentRuntimeHostOptions {
  /**
   * The runtime's execution role: needed for an L1 and for most imports. `AgentRuntimeRole` makes one that holds nothing more
   * than a runtime needs.
   *
   * @default - the role of the official L2
   */
  readonly role?: iam.IRoleRef;
}

/** Why a role is left alone. */
export interface RoleManagedElsewhereOptions {
  /** Who manages the role, and why not here. It stands in the access report. */
  readonly reason: string;
}

/**
 * Where a part of an agent runs, and with which role. The role is the true boundary: whatever code runs with it has the
 * agent's rights, so each agent has roles of its own.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html
 */
export class AgentHost {
  /**
   * A Lambda function, with its execution role.
   *
   * @throws [AgentHost/NoRole] when the function is an import that does not tell its role
   * @throws [AgentHost/FunctionRole] at synthesis, when the function of this app is known to run with another role by then
   */
  public static lambdaFunction(fn: lambda.IFunction): AgentHost {
    if (fn?.role === undefined) {
      refuse({
        code: 'AgentHost/NoRole',
        what: 'the Lambda function does not tell its role',
        received: fn,
        fix: 'Import it with Function.fromFunctionAttributes(…, { functionArn, role }), or use AgentHost.role(role).',
      }, fn?.node?.path);
    }
    return new AgentHost(AgentHostKind.LAMBDA, expectRole(fn.role), undefined, undefined, fn);
  }

  /**
   * An ECS task, with its task role. The task execution role, with which ECS pulls the image, gets nothing.
   *
   * @throws [AgentHost/NoRole] when the task definition does not tell its task role
   * @throws [AgentHost/TaskRole] at synthesis, when the task definition of this app is known to have another task role by then
   */
  public static ecsTask(taskDefinition: ecs.ITaskDefinition): AgentHost {
    let role: iam.IRole | undefined;
    try {
      role = taskDefinition.taskRole;
    } catch {
      // An import without a role throws instead of telling that it has none.
    }
    if (role === undefined) {
      refuse({
        code: 'AgentHost/NoRole',
        what: 'the ECS task definition does not tell its task role',
        received: taskDefinition,
        fix: 'Import it with its taskRole, or use AgentHost.role(taskRole).',
      }, taskDefinition?.node?.path);
    }
    return new AgentHost(AgentHostKind.ECS_TASK, expectRole(role), undefined, undefined, taskDefinition);
  }

  /**
   * The pods of a Kubernetes service account, with its role, by EKS Pod Identity or by IAM roles for service accounts.
   *
   * @throws [AgentHost/NoRole] when the service account does not tell its role
   */
  public static eksServiceAccount(serviceAccount: eks.ServiceAccount): AgentHost {
    return new AgentHost(AgentHostKind.EKS_SERVICE_ACCOUNT, roleOf(AgentHostKind.EKS_SERVICE_ACCOUNT, serviceAccount));
  }

  /**
   * Whatever runs on an EC2 instance, with its instance role: every process on the instance has the agent's rights.
   *
   * @throws [AgentHost/NoRole] when the instance does not tell its role
   */
  public static ec2Instance(instance: ec2.Instance): AgentHost {
    return new AgentHost(AgentHostKind.EC2_INSTANCE, roleOf(AgentHostKind.EC2_INSTANCE, instance));
  }

  /**
   * The executions of a Step Functions state machine, with its role.
   *
   * @throws [AgentHost/NoRole] when the state machine is an import that does not tell its role
   * @throws [AgentHost/StateMachineRole] at synthesis, when the state machine of this app is known to run with another role by then
   */
  public static stateMachine(stateMachine: stepfunctions.IStateMachine): AgentHost {
    return new AgentHost(AgentHostKind.STATE_MACHINE, roleOf(AgentHostKind.STATE_MACHINE, stateMachine), undefined, undefined, stateMachine);
  }

  /**
   * An AgentCore Runtime, with its execution role: the official L2, the L1, or an import.
   *
   * Unless the agent is given an identity of its own, it acts under the one that AWS makes for the runtime, whose name is the
   * runtime's id. AWS mints its tokens (a service-linked role does, for the user whose JWT the runtime's authorizer has
   * accepted), so the role gets no right to mint, and is denied it for every identity: the official L2 allows its role all
   * three ways to mint for all identities. The agent's callers, and the group that its capabilities are limited to, become the
   * runtime's JWT authorizer.
   *
   * The return URLs cannot be registered by CloudFormation on an identity that AWS made; the access report says how.
   *
   * @throws [AgentHost/NoRole] when the runtime does not tell its role and none is given
   * @throws [AgentHost/RuntimeRole] at synthesis, when the runtime is known to run with another role than the one that is given
   */
  public static agentRuntime(runtime: agentcore.IRuntimeRef, options: AgentRuntimeHostOptions = {}): AgentHost {
    const role = options.role ?? (runtime as agentcore.IRuntimeRef & { role?: iam.IRoleRef } | undefined)?.role;
    if (role === undefined) {
      refuse({
        code: 'AgentHost/NoRole',
        what: 'the runtime does not tell its execution role',
        received: runtime,
        fix: 'Write AgentHost.agentRuntime(runtime, { role }).',
      }, runtime?.node?.path);
    }
    return new AgentHost(AgentHostKind.AGENT_RUNTIME, expectRole(role), undefined, runtime);
  }

  /**
   * Any IAM role: owned, imported, or an L1. A role that CDK may not change (`mutable: false`, or of another account) is an
   * error; see `roleManagedElsewhere`.
   *
   * @throws [AgentHost/NoRole] when it is not a role
   * @throws [AgentHost/RolePattern] when its ARN holds a wildcard; other hosts throw it, too
   */
  public static role(role: iam.IRoleRef): AgentHost {
    return new AgentHost(AgentHostKind.ROLE, expectRole(role));
  }

  /**
   * A role to which nothing is attached here, because it is managed elsewhere. The access report then holds the exact policy
   * that the role must carry, for its owner to attach.
   *
   * @throws [AgentHost/NoRole] when it is not a role
   * @throws [AgentHost/Reason] when the reason is missing
   */
  public static roleManagedElsewhere(role: iam.IRoleRef, options: RoleManagedElsewhereOptions): AgentHost {
    const problems = new Problems();
    problems.expectText(options?.reason, {
      name: 'reason',
      code: 'AgentHost/Reason',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say who manages the role.',
    });
    problems.raise();
    return new AgentHost(AgentHostKind.ROLE, expectRole(role), options.reason);
  }

  private constructor(
    /** What kind of host it is. */
    public readonly kind: AgentHostKind,
    /** The role that the agent's code runs with. */
    public readonly iamRole: iam.IRoleRef,
    /**
     * Why nothing is attached to the role here.
     *
     * @default - the role's policies are attached here
     */
    public readonly managedElsewhereReason?: string,
    /**
     * The AgentCore Runtime.
     *
     * @default - another kind of host
     */
    public readonly runtime?: agentcore.IRuntimeRef,
    /** What the role was asked of, if its template tells with which role it runs. @internal */
    public readonly _runsOn?: IConstruct,
  ) {}
}

/** The role that a construct tells itself. */
function roleOf(kind: AgentHostKind, host: IConstruct): iam.IRoleRef {
  const role = (host as IConstruct & { role?: iam.IRoleRef } | undefined)?.role;
  if (role === undefined) {
    refuse({ code: 'AgentHost/NoRole', what: `the ${kind} does not tell its role`, received: host, fix: 'Use AgentHost.role(role) with the role that it runs with.' }, host?.node.path);
  }
  return expectRole(role);
}

function expectRole(role: iam.IRoleRef): iam.IRoleRef {
  if (typeof role !== 'object' || role === null || !('roleRef' in role)) {
    refuse({
      code: 'AgentHost/NoRole',
      what: 'the host is not an IAM role',
      received: role,
      fix: 'Pass a Role, a CfnRole, or an import such as Role.fromRoleArn(this, \'Role\', arn).',
    });
  }
  for (const text of [role.roleRef.roleArn, role.roleRef.roleName]) {
    if (typeof text === 'string' && holdsPattern(text)) {
      refuse({
        code: 'AgentHost/RolePattern', what: 'the host is not one role but a pattern, and IAM attaches policies to roles by name', received: text, fix: 'Give the ARN of one role, without * and ?.',
      }, role.node?.path);
    }
  }
  return role;
}
