import { aws_iam as iam, Stack, Token } from 'aws-cdk-lib';
import { expectReason } from './reason';
import { BroadLimitOptions } from '../capability/users';
import { Problems, refuse } from '../declaration/problems';
import { readable } from '../declaration/readable';

/** A caller that a gateway's resource policy lets through. */
export class GatewayCaller {
  /**
   * A role, in any of its sessions. For gateways that callers enter by IAM. In its own account it needs a right of its own beside it
   * (`Capability.callTools`); from another account both are needed, too.
   *
   * @throws [GatewayCaller/Role] when it is no role
   */
  public static role(role: iam.IRoleRef): GatewayCaller {
    if (typeof role !== 'object' || role === null || !('roleRef' in role)) {
      refuse({ code: 'GatewayCaller/Role', what: 'it is not an IAM role', received: role, fix: 'Pass a Role, a CfnRole, or an import.' });
    }
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

/** A role as policies name it. One whose name is written out is not referred to: the gateway's stack need not know the role's. */
export function roleArnOf(role: iam.IRoleRef): { roleArn: string; accountRoot: string } {
  const stack = Stack.of(role);
  const l1 = iam.CfnRole.isCfnRole(role) ? role : role.node.defaultChild;
  const written = iam.CfnRole.isCfnRole(l1) && l1.roleName !== undefined && !Token.isUnresolved(l1.roleName) ? `${(l1.path ?? '/').slice(1)}${l1.roleName}` : undefined;
  const { account } = role.env;
  return {
    roleArn: written === undefined ? role.roleRef.roleArn : stack.formatArn({ service: 'iam', region: '', account, resource: 'role', resourceName: written }),
    accountRoot: stack.formatArn({ service: 'iam', region: '', account, resource: 'root' }),
  };
}
