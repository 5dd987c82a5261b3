import { Construct } from 'constructs';
import { pageRights } from './return-page-rights';
import type { ToolGateway } from './tool-gateway';
import { AgentHost } from '../agent/agent-host';
import { AgentPart } from '../agent/agent-part';
import { attachPart } from '../agent/policy-attachment';
import { expectInTime } from '../declaration/in-time';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { statementsFor } from '../permission/statements';

/** Beneath it stand the policies of the pages, so that pages and targets may have one name. */
const FOLDER = 'ReturnPages';

/** Lets a host complete the sessions that users begin at a gateway's targets. */
export function addReturnPage(gateway: ToolGateway, name: string, host: AgentHost): void {
  const problems = new Problems(gateway.node.path);
  expectInTime(problems, gateway, 'addReturnPage()', 'ToolGateway/TooLate');
  problems.expect(gateway._returnPages.every((page) => page.name !== name), {
    code: 'GatewayReturnPage/Name', what: 'the gateway has a return page of this name already', received: name, fix: 'Name each page differently.',
  });
  const taken = gateway._returnPages.length === 0 && gateway.node.tryFindChild(FOLDER) !== undefined;
  problems.expect(!taken, {
    code: 'GatewayReturnPage/Name', what: `the gateway has a target called ${FOLDER}, beneath which the policies of pages would stand`, fix: 'Give the target another name.',
  });
  problems.raise();
  gateway._returnPages.push(AgentPart.returnPage(name, host));
  Ledger.of(gateway).changed();
  if (gateway.node.tryFindChild(FOLDER) === undefined) {
    new Construct(gateway, FOLDER);
  }
}

/** Writes what each page's role may do onto it. One that is managed elsewhere gets nothing here. */
export function attachReturnPages(gateway: ToolGateway): void {
  for (const page of gateway._returnPages.filter(({ host }) => host.managedElsewhereReason === undefined)) {
    const { name, host } = page;
    const words = { area: 'GatewayReturnPage', part: 'return page', whole: 'gateway' };
    attachPart(gateway.node.findChild(FOLDER) as Construct, { name, host, owner: gateway, words }, statementsFor(pageRights(gateway, page)));
  }
}
