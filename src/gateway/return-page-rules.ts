import { consentTargets } from './return-page-rights';
import type { ToolGateway } from './tool-gateway';
import type { AgentPart } from '../agent/agent-part';
import { roleLabel } from '../agent/role-arn';
import { noticeRenamedRoles, pagesWithRole, pageWords, partsWithRole, serviceWithRole } from '../agent/role-index';
import { expectRoleOfHost } from '../agent/role-of-host';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';

/** What only shows of a gateway's return pages when everything is declared. */
export function returnPageRules(problems: Problems, gateway: ToolGateway): void {
  const { _returnPages: pages, _portal: portal, targets } = gateway;
  if (pages.length === 0) {
    return;
  }
  const received = pages.map(({ name }) => name);
  problems.expect(consentTargets(gateway).length > 0, {
    code: 'GatewayReturnPage/NothingToComplete',
    what: 'a return page is given, but no target of the gateway acts with a user\'s consent',
    received: targets.map(({ targetName }) => targetName),
    fix: 'Give a target grantType: OAuthGrantType.AUTHORIZATION_CODE, or leave the page out.',
  });
  problems.expect(portal === undefined, {
    code: 'GatewayReturnPage/Portal',
    what: `users return to the consent portal ${portal?.node.path}, which completes their sessions, so a return page would have nothing to complete and could all the same`,
    received,
    fix: 'Leave out the page, or the portal.',
  });
  noticeRenamedRoles(Ledger.of(gateway), gateway);
  pages.forEach((page) => pageRules(problems, gateway, page));
}

function pageRules(problems: Problems, gateway: ToolGateway, page: AgentPart): void {
  const { iamRole: role } = page.host;
  const others = othersWith(gateway, page);
  problems.expect(others.length === 0, {
    code: 'GatewayReturnPage/RoleShared',
    what: `return page ${page.name} has the role of ${others.join(' and ')}: IAM cannot keep their rights apart inside one role`,
    received: roleLabel(role),
    fix: 'Give the page a role of its own, on each gateway.',
  });
  problems.expect(!knownToDiffer(role.env.account, gateway.env.account), {
    code: 'GatewayReturnPage/RoleInOtherAccount',
    what: `the role of return page ${page.name} is in account ${role.env.account}, the gateway in ${gateway.env.account}; AgentCore identities have no resource policy that would let another account in`,
    received: roleLabel(role),
    fix: 'Use a role of the gateway\'s account, which code in the other account may assume.',
  });
  expectRoleOfHost(problems, page, 'return page');
}

/** Whatever else of this app acts for an identity with the page's role, in words. */
function othersWith(gateway: ToolGateway, page: AgentPart): string[] {
  const ledger = Ledger.of(gateway);
  const { iamRole: role } = page.host;
  return [
    ...[serviceWithRole(ledger, role)].flatMap((service) => service ?? []),
    ...pagesWithRole(ledger, role).filter((words) => words !== pageWords(gateway, page)),
    ...partsWithRole(ledger, role).map(({ agent, part }) => `part ${part.name} of ${agent.node.path}`),
  ].sort();
}
