import { WebIdentityTokenRights } from '../permission/rights';
import type { WildcardAccess } from '../review/policy-access';

/** What stays wide where AWS issues tokens for a role. */
export function webIdentityWildcards(tokens: readonly WebIdentityTokenRights[] = []): WildcardAccess[] {
  return tokens.map(({ audiences, anyAudienceReason }) => ({
    resource: `* (sts:GetWebIdentityToken for ${anyAudienceReason !== undefined ? `ANY AUDIENCE (${anyAudienceReason})` : `audience ${audiences.map(({ label }) => label).join(' or ')}`})`,
    reason: 'AWS has no resource level for this action. It is allowed through AWS services only (aws:ViaAWSService), so code that runs with the role gets no such token by itself.',
  }));
}

/** What has to be so in the account and at the authorization server before AWS issues tokens for these roles. */
export function webIdentityNotices(roles: readonly string[]): string[] {
  return roles.length === 0 ? [] : [
    'An administrator switches outbound web identity federation on in the account (iam:EnableOutboundWebIdentityFederation), and the authorization server '
    + `trusts the issuer that this gives, for tokens of ${roles.join(' and ')}.`,
  ];
}
