import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { expectReason } from './reason';
import { roleArnByName } from '../agent/role-arn';
import { isMadeInApp } from '../agent/role-key';
import { BroadLimitOptions } from '../capability/users';
import { holdsPattern } from '../declaration/known-text';
import { outermostStack } from '../declaration/outermost-stack';
import { Problems, refuse } from '../declaration/problems';
import { readable } from '../declaration/readable';

/** A caller that a gateway's resource policy lets through. */
export class GatewayCaller {
  /**
   * A role, in any of its sessions. For gateways that callers enter by IAM. In its own account it needs a right of its own beside it
   * (`Capability.callTools`); from another account both are needed, too.
   *
   * @throws [GatewayCaller/Role] when it is no role, or a pattern
   */
  public static role(role: iam.IRoleRef): GatewayCaller {
    expectCallerRole(role, 'it is');
    return new GatewayCaller(`role ${readable(role.roleRef.roleArn, role.node.path)}`, role);
  }

  /**
   * Every principal of an organization of AWS Organizations that its account lets call. The longer word, with a reason. For
   * gateways that callers enter by IAM.
   *
   * @throws [GatewayCaller/Organization] when it is not the id of one
   * @throws [GatewayCaller/Reason] when the reason is missing
   */
  public static organization(id: string, options: BroadLimitOptions): GatewayCaller {
    const problems = new Problems();
    problems.expectText(id, {
      name: 'organization', code: 'GatewayCaller/Organization', maximum: 34, pattern: /^o-[a-z0-9]{10,32}$/, allowed: 'o- and 10 to 32 small letters and digits', fix: 'Copy the id of the organization.',
    });
    expectReason(problems, options?.reason, 'GatewayCaller/Reason', 'Say why every account of the organization may let its principals in.');
    problems.raise();
    return new GatewayCaller(`organization ${readable(id, '(known at deployment)')} (${options.reason})`, undefined, id);
  }

  /**
   * Whoever comes through a VPC endpoint, with whatever the gateway's way in asks for. For gateways that callers enter by JWT: a
   * token makes nobody known to IAM, so only the way that it comes can be limited.
   *
   * @throws [GatewayCaller/VpcEndpoint] when it is not the id of one
   */
  public static vpcEndpoint(id: string): GatewayCaller {
    const problems = new Problems();
    problems.expectText(id, {
      name: 'VPC endpoint', code: 'GatewayCaller/VpcEndpoint', maximum: 64, pattern: /^vpce-[0-9a-f]{8,17}$/, allowed: 'vpce- and 8 to 17 hexadecimal digits', fix: 'Copy the id of the endpoint.',
    });
    problems.raise();
    return new GatewayCaller(`VPC endpoint ${readable(id, '(known at deployment)')}`, undefined, undefined, id);
  }

  private constructor(
    /** The caller in words. */
    public readonly description: string,
    /** @internal */
    public readonly _role?: iam.IRoleRef,
    /** @internal */
    public readonly _organization?: string,
    /** @internal */
    public readonly _vpcEndpoint?: string,
  ) {}
}

/** Throws unless it is one role: conditions on ARNs read `*` and `?` as patterns. */
export function expectCallerRole(role: iam.IRoleRef, whose: string): void {
  const arn = typeof role === 'object' && role !== null && 'roleRef' in role ? role.roleRef?.roleArn : undefined;
  if (typeof arn !== 'string') {
    refuse({ code: 'GatewayCaller/Role', what: `${whose} not an IAM role`, received: role, fix: 'Pass a Role, a CfnRole, or an import.' });
  }
  if (holdsPattern(arn)) {
    refuse({ code: 'GatewayCaller/Role', what: `${whose} not one role but a pattern`, received: arn, fix: 'Give the ARN of one role.' }, role.node.path);
  }
}

/** Whether a policy in this stack can name the role without a reference from its stack to the role's. */
export function isNameableIn(consumer: Stack, role: iam.IRoleRef): boolean {
  return !isMadeInApp(role) || outermostStack(Stack.of(role)) === outermostStack(consumer) || roleArnByName(role) !== undefined;
}

/** A role as policies name it. One whose name is written out is not referred to: the gateway's stack need not know the role's. */
export function roleArnOf(role: iam.IRoleRef): { roleArn: string; accountRoot: string } {
  return {
    roleArn: roleArnByName(role) ?? role.roleRef.roleArn,
    accountRoot: Stack.of(role).formatArn({ service: 'iam', region: '', account: role.env.account, resource: 'root' }),
  };
}
