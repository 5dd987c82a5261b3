import { INVOKE_GATEWAY } from './identity-action';

/*
 * The resource policy of a gateway.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */

/** Who may call a gateway at all. */
export interface GatewayPolicyRights {
  readonly gatewayArn: string;
  /** The gateway's own account. */
  readonly account: string;
  /** Roles, each with the root of its account. */
  readonly roles: readonly { readonly roleArn: string; readonly accountRoot: string }[];
  /** Organizations whose accounts may let their principals in. */
  readonly organizations: readonly string[];
  /** VPC endpoints through which calls have to come. */
  readonly vpcEndpoints: readonly string[];
  /** The role that deploys: it is not denied, because AWS asks whether it may invoke the gateway when it writes rules. */
  readonly deployedBy: string;
}

/**
 * The policy in IAM's JSON. Roles are named by `aws:PrincipalArn`, since a role may be made after the policy; in their own account
 * they need their own policy beside it. Callers with a token are nobody to IAM: for them the principal is `*`, always with the
 * condition on the way that they come. The account of the gateway stays out of its organization's statement: inside one account a
 * resource policy for `*` is a right by itself, and principals there have their own policies.
 */
export function gatewayPolicyJson({ gatewayArn, account, roles, organizations, vpcEndpoints, deployedBy }: GatewayPolicyRights): Record<string, unknown> {
  const statement = statementOn(gatewayArn);
  const roleArns = roles.map(({ roleArn }) => roleArn);
  return {
    Version: '2012-10-17',
    Statement: [
      ...(roles.length > 0 ? [namedRolesInvoke(gatewayArn, roles)] : []),
      ...(organizations.length > 0 ? [statement('OrganizationInvokes', 'Allow', { AWS: '*' }, {
        StringEquals: { 'aws:PrincipalOrgID': organizations },
        StringNotEquals: { 'aws:PrincipalAccount': account },
      })] : []),
      ...(vpcEndpoints.length > 0 ? [statement('EndpointsInvoke', 'Allow', '*', { StringEquals: { 'aws:SourceVpce': vpcEndpoints } })] : []),
      statement('NobodyElseInvokes', 'Deny', '*', {
        ArnNotEquals: { 'aws:PrincipalArn': [...roleArns, deployedBy] },
        ...(organizations.length + vpcEndpoints.length > 0 ? {
          StringNotEquals: {
            ...(organizations.length > 0 ? { 'aws:PrincipalOrgID': organizations } : {}),
            ...(vpcEndpoints.length > 0 ? { 'aws:SourceVpce': vpcEndpoints } : {}),
          },
        } : {}),
      }),
    ],
  };
}

/** The statement that lets roles in: all that a gateway of another account needs for them. */
export function namedRolesInvoke(gatewayArn: string, roles: GatewayPolicyRights['roles']): Record<string, unknown> {
  const roots = [...new Set(roles.map(({ accountRoot }) => accountRoot))];
  return statementOn(gatewayArn)('NamedRolesInvoke', 'Allow', { AWS: roots }, { ArnEquals: { 'aws:PrincipalArn': roles.map(({ roleArn }) => roleArn) } });
}

function statementOn(gatewayArn: string): (sid: string, effect: string, principal: unknown, condition: object) => Record<string, unknown> {
  return (sid, effect, principal, condition) => ({ Sid: sid, Effect: effect, Principal: principal, Action: INVOKE_GATEWAY, Resource: gatewayArn, Condition: condition });
}
