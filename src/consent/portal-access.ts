import type { ConsentPortal } from './consent-portal';
import { portalRights, portalSecrets, portalStatements } from './portal-rights';
import { readable } from '../declaration/readable';
import { webIdentityWildcards } from '../provider/web-identity-access';
import type { StatementAccess, WildcardAccess } from '../review/policy-access';
import { statementAccess } from '../review/statement-access';

const AT_DEPLOYMENT = '(known at deployment)';

/** A page for consent. */
export interface ConsentPortalAccess {
  /** Construct path. */
  readonly path: string;
  /** Name in AgentCore. */
  readonly name: string;
  /** Construct path of the provider with which users sign in. */
  readonly signIn: string;
  /** Construct path of its role. */
  readonly role: string;
  /** The statements of the role's policy. */
  readonly statements: readonly StatementAccess[];
}

/** A portal in the access model. */
export function portalAccess(portal: ConsentPortal): ConsentPortalAccess {
  return {
    path: portal.node.path,
    name: readable(portal.portalName, AT_DEPLOYMENT),
    signIn: portal._props.signIn.node.path,
    role: portal.role.node.path,
    statements: portalStatements(portal).map(statementAccess),
  };
}

/** What cannot be named exactly in the portal's role. */
export function portalWildcards(portal: ConsentPortal): WildcardAccess[] {
  return [
    ...portalSecrets(portal).flatMap(({ wildcards }) => wildcards),
    ...webIdentityWildcards(portalRights(portal).webIdentityTokens),
    { resource: 'oauth2credentialprovider/* (ListOauth2CredentialProviders)', reason: 'The consent portal lists providers, which AWS asks of all names. It tells their names only.' },
    {
      resource: `consent-portal/${readable(portal.portalName, AT_DEPLOYMENT)}-?????????? (trust)`,
      reason: 'The role is made before the portal, whose id ends in ten characters that only AWS knows.',
    },
  ];
}
