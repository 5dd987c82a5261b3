import { secretsOfGateway } from './gateway-rights';
import { pagesWithWebIdentity, returnPageWildcards } from './return-page-access';
import type { ToolGateway } from './tool-gateway';
import { portalWildcards } from '../consent/portal-access';
import { portalRights } from '../consent/portal-rights';
import { readable } from '../declaration/readable';
import { TargetRight } from '../permission/gateway-statements';
import { Rights } from '../permission/rights';
import { webIdentityWildcards } from '../provider/web-identity-access';
import type { WildcardAccess } from '../review/policy-access';

/** What the role of a gateway may do: under the gateway's identity, and at its targets. */
export interface GatewayRights {
  readonly identity: Rights;
  readonly targets: readonly TargetRight[];
}

/** What cannot be named exactly in the role of a gateway, and in those of its portal and its pages. */
export function gatewayWildcards(gateway: ToolGateway, { identity, targets }: GatewayRights): WildcardAccess[] {
  const found = new Map<string, WildcardAccess>();
  [
    ...secretsOfGateway(gateway).flatMap(({ wildcards: remaining }) => remaining),
    ...targets.flatMap((right) => right.wildcards),
    ...webIdentityWildcards(identity.webIdentityTokens),
    ...(gateway._portal === undefined ? [] : portalWildcards(gateway._portal)),
    ...returnPageWildcards(gateway),
  ].forEach((wildcard) => found.set(wildcard.resource, wildcard));
  const pattern = `gateway/${readable(gateway.gatewayName, '(known at deployment)').toLowerCase()}-??????????`;
  found.set(pattern, { resource: pattern, reason: 'The role is made before the gateway, whose id ends in ten characters that only AWS knows.' });
  return [...found.values()].sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

/** The roles for which AWS issues tokens, to authenticate clients without a secret: the gateway's, and those of its portal and pages. */
export function rolesWithWebIdentity(gateway: ToolGateway, identity: Rights): string[] {
  const { role, _portal: portal } = gateway;
  return [
    ...(identity.webIdentityTokens === undefined ? [] : [role.node.path]),
    ...(portal === undefined || portalRights(portal).webIdentityTokens === undefined ? [] : [portal.role.node.path]),
    ...pagesWithWebIdentity(gateway),
  ];
}
