import { agentChanges } from './agent-comparison';
import { cedarChanges } from './cedar-comparison';
import { Change, comparison, Comparison } from './change';
import { ComparedApp, ComparedPrincipal } from './compared-app';
import { gatewayChanges } from './gateway-comparison';
import { iamChanges, policySet, principalChanges, resourcePolicyChanges } from './iam-comparison';
import { IncomparableError } from './incomparable-error';
import { machineClientChanges } from './machine-client-comparison';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { premiseChanges } from './premise-comparison';
import { principalWords } from './principal-words';
import { Principals } from './principals';
import { providerChanges } from './provider-comparison';
import { foreignRoleChanges } from './role-user-comparison';
import { templateRuleChanges } from './routing-rule-comparison';
import { SaidInReport } from './said-in-report';
import { settingChanges } from './setting-comparison';
import { templateGatewayChanges } from './template-gateway-comparison';
import { tokenVaultChanges } from './token-vault-comparison';
import { ToldCedar } from './told-cedar';
import { AccessModel } from '../review/access-model';

/** What became of the access between two states of an app. Order, logical ids and how statements are divided mean nothing. */
export function compareApps(before: ComparedApp, now: ComparedApp): Comparison {
  refuseOtherVersions(before, now);
  if ((before.policies === undefined) !== (now.policies === undefined)) {
    throw new IncomparableError('Comparison/OneSideWithoutTemplates', 'One side has templates and the other only a report', 'Give two folders of cdk synth, or two reports');
  }
  const resources = new Set(now.policies?.resources);
  const [was, is] = [new Principals(before.policies?.principals), new Principals(now.policies?.principals, resources)];
  const agents = agentChanges(before.model?.agents ?? [], now.model?.agents ?? [], was, is);
  const gateways = gatewayChanges(before.model?.gateways ?? [], now.model?.gateways ?? [], was, is);
  // A role of the same name in another account is another role.
  const others = matched(was.left, is.left, ({ id, aliases }) => [id, ...aliases].join(' '), ({ id }) => id);
  const compared = others.pairs.map((pair) => principalChanges(pair.before, pair.now, pair.now.id, resources));
  return comparison([
    ...agents.changes,
    ...gateways,
    ...compared.flat(),
    ...others.added.flatMap(addedPrincipal),
    ...others.removed.map(({ id }): Change => ({ kind: 'removed', subject: 'IAM', of: id, what: 'principal' })),
    ...foreignRoleChanges(before.policies?.foreignRoles ?? [], now.policies?.foreignRoles ?? []),
    ...resourcePolicyChanges(before.policies?.resourcePolicies ?? [], now.policies?.resourcePolicies ?? [], resources),
    ...templateChanges(before, now, gateways, new SaidInReport(before.model, now.model)),
    ...providerChanges(before.model?.providers ?? [], now.model?.providers ?? []),
    ...tokenVaultChanges(before.model?.tokenVaults ?? [], now.model?.tokenVaults ?? []),
    ...machineClientChanges(before.model?.machineClients ?? [], now.model?.machineClients ?? []),
    ...otherMembers(before.model, now.model),
    ...unreadChanges(before, now),
    ...premiseChanges(before.policies?.premises ?? [], now.policies?.premises ?? []),
  ], { agents: agents.unchanged, principals: compared.filter((changes) => changes.length === 0).length });
}

/** A new principal is one change: who may become it, and an example of what it may do. */
function addedPrincipal(principal: ComparedPrincipal): Change[] {
  const [wider] = iamChanges({ subject: 'IAM', of: principal.id, what: 'principal' }, { statements: [] }, policySet(principal)).filter(({ kind }) => kind === 'widened');
  const now = principalWords(principal);
  return [{
    kind: 'added', subject: 'IAM', of: principal.id, what: 'principal', ...(now !== undefined ? { now } : {}), ...(wider?.example !== undefined ? { example: wider.example } : {}),
  }];
}

/** Gateways, Cedar and other resources of the templates, as far as the report did not say it already. */
function templateChanges(before: ComparedApp, now: ComparedApp, reported: readonly Change[], said: SaidInReport): Change[] {
  const [was, is] = [before.model?.gateways ?? [], now.model?.gateways ?? []];
  const [gatewaysBefore, gatewaysNow] = [before.policies?.gateways ?? [], now.policies?.gateways ?? []];
  return [
    ...templateGatewayChanges(gatewaysBefore, gatewaysNow, said, reported),
    ...templateRuleChanges(before.policies?.routingRules ?? [], now.policies?.routingRules ?? [], reported),
    ...cedarChanges(before.policies?.cedarPolicies ?? [], now.policies?.cedarPolicies ?? [], new ToldCedar(was, is, gatewaysBefore, gatewaysNow)),
    ...settingChanges(before.policies?.settings ?? [], now.policies?.settings ?? [], said),
  ];
}

/** What nobody can read may have become anything, unless the very same stands there as before. */
function unreadChanges(before: ComparedApp, now: ComparedApp): Change[] {
  const [was, is] = [before.policies?.unread ?? [], now.policies?.unread ?? []];
  const same = (place: string) => {
    const text = now.policies?.unreadTexts?.[place];
    return text !== undefined && text === before.policies?.unreadTexts?.[place];
  };
  const change = (place: string, what: string): Change => ({ kind: 'undecided', subject: 'IAM', of: place, what });
  return [
    ...is.filter((place) => !same(place)).map((place) => change(place, 'the policy could not be read')),
    ...was.filter((place) => !is.includes(place)).map((place) => change(place, 'the policy could not be read before; it may have denied something')),
  ];
}

/** Members of the report that this version does not know. */
function otherMembers(before: AccessModel | undefined, now: AccessModel | undefined): Change[] {
  return before === undefined || now === undefined ? [] : new Members({ subject: 'report', of: 'the report' }).changes<AccessModel>(before, now, {
    $schema: ELSEWHERE, version: ELSEWHERE, agents: ELSEWHERE, providers: ELSEWHERE, gateways: ELSEWHERE, machineClients: ELSEWHERE, tokenVaults: ELSEWHERE,
  });
}

function refuseOtherVersions(...apps: readonly ComparedApp[]): void {
  for (const { model } of apps) {
    if (model !== undefined && !/^1\./.test(String(model.version))) {
      throw new IncomparableError('Comparison/UnknownVersion', `The report has version ${JSON.stringify(model.version)}; versions 1.x are understood`, 'Use the command line of the library that wrote the report');
    }
  }
}
