import { consentProviders, consentTargets, pageRights, pageSecrets } from './return-page-rights';
import type { ToolGateway } from './tool-gateway';
import { roleLabel } from '../agent/role-arn';
import { statementsFor } from '../permission/statements';
import { webIdentityWildcards } from '../provider/web-identity-access';
import type { PartAccess } from '../review/agent-access';
import type { WildcardAccess } from '../review/policy-access';
import { requiredPolicy, statementAccess } from '../review/statement-access';

/** The return pages of a gateway in the access model, by name. */
export function returnPagesAccess(gateway: ToolGateway): { readonly returnPages?: PartAccess[] } {
  const pages = gateway._returnPages.map((page): PartAccess => {
    const { name, host: { iamRole: role, kind, managedElsewhereReason }, verbs } = page;
    const statements = statementsFor(pageRights(gateway, page));
    return {
      name,
      host: kind,
      role: roleLabel(role),
      verbs,
      attachedHere: managedElsewhereReason === undefined,
      ...(managedElsewhereReason === undefined ? {} : { managedElsewhereReason, requiredPolicy: requiredPolicy(statements) }),
      statements: statements.map(statementAccess),
    };
  });
  return pages.length === 0 ? {} : { returnPages: pages.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** What cannot be named exactly in the roles of the pages. */
export function returnPageWildcards(gateway: ToolGateway): WildcardAccess[] {
  return gateway._returnPages.flatMap((page) => [
    ...pageSecrets(gateway, page).flatMap(({ wildcards }) => wildcards),
    ...webIdentityWildcards(pageRights(gateway, page).webIdentityTokens),
  ]);
}

/** The roles of pages for which AWS issues tokens, to authenticate clients without a secret. */
export function pagesWithWebIdentity(gateway: ToolGateway): string[] {
  return gateway._returnPages.filter((page) => pageRights(gateway, page).webIdentityTokens !== undefined).map(({ host }) => host.iamRole.node.path);
}

/** What is left to others so that users' consents are completed. A portal completes them itself. */
export function consentNotices(gateway: ToolGateway): string[] {
  const { _portal: portal, _returnPages: pages } = gateway;
  const nobody = consentTargets(gateway).length > 0 && portal === undefined && pages.length === 0;
  const providers = [...new Set(consentProviders(gateway).map(({ node }) => node.path))].sort();
  return [
    ...pages.flatMap(({ name, host }) => (host.managedElsewhereReason === undefined ? [] : [`The owner of role ${roleLabel(host.iamRole)} attaches the policy of return page ${name} to it.`])),
    ...(!nobody || providers.length === 0 ? [] : [
      `NOBODY OF THIS APP COMPLETES CONSENTS: whoever else acts for the identity of ${gateway.node.path} ends the sessions of ${providers.join(' and ')} `
      + '(CompleteResourceTokenAuth). A return page of the gateway would (addReturnPage), or a ConsentPortal.',
    ]),
  ];
}
