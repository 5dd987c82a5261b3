import type { aws_ecs as ecs, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import { Problems, refuse } from '../declaration/problems';

/** What kind of thing runs a part of an agent. */
export enum AgentHostKind {
  /** A Lambda function. */
  LAMBDA = 'Lambda function',
  /** The containers of an ECS task. */
  ECS_TASK = 'ECS task',
  /** Whatever runs with the role. */
  ROLE = 'IAM role',
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
   */
  public static lambda(fn: lambda.IFunction): AgentHost {
    if (fn?.role === undefined) {
      refuse({
        code: 'AgentHost/NoRole',
        what: 'the Lambda function does not tell its role',
        received: fn,
        fix: 'Import it with Function.fromFunctionAttributes(…, { functionArn, role }), or use AgentHost.role(role).',
      }, fn?.node.path);
    }
    return new AgentHost(AgentHostKind.LAMBDA, fn.role);
  }

  /**
   * An ECS task, with its task role. The task execution role, with which ECS pulls the image, gets nothing.
   *
   * @throws [AgentHost/NoRole] when the task definition does not tell its task role
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
      }, taskDefinition?.node.path);
    }
    return new AgentHost(AgentHostKind.ECS_TASK, role);
  }

  /**
   * Any IAM role: owned, imported, or an L1. A role that CDK may not change (`mutable: false`, or of another account) is an
   * error; see `roleManagedElsewhere`.
   *
   * @throws [AgentHost/NoRole] when it is not a role
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
  ) {}
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
  return role;
}
