import { INVOKE_GATEWAY } from './identity-action';

/*
 * The resource policy of a gateway.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */

/** Who may call a gateway at all. */
export interface GatewayPolicyRights {
  readonly gatewayArn: string;
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
 * condition on the way that they come.
 */
export function gatewayPolicyJson({ gatewayArn, roles, organizations, vpcEndpoints, deployedBy }: GatewayPolicyRights): Record<string, unknown> {
  const statement = (sid: string, effect: string, principal: unknown, condition: object) => (
    { Sid: sid, Effect: effect, Principal: principal, Action: INVOKE_GATEWAY, Resource: gatewayArn, Condition: condition }
  );
  const roleArns = roles.map(({ roleArn }) => roleArn);
  const roots = [...new Set(roles.map(({ accountRoot }) => accountRoot))];
  return {
    Version: '2012-10-17',
    Statement: [
      ...(roles.length > 0 ? [statement('NamedRolesInvoke', 'Allow', { AWS: roots }, { ArnEquals: { 'aws:PrincipalArn': roleArns } })] : []),
      ...(organizations.length > 0 ? [statement('OrganizationInvokes', 'Allow', { AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': organizations } })] : []),
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
