import { agentChanges } from './agent-comparison';
import { cedarChanges } from './cedar-comparison';
import { Change, comparison, Comparison } from './change';
import { ComparedApp, ComparedPrincipal } from './compared-app';
import { gatewayChanges, templateGatewayChanges } from './gateway-comparison';
import { iamChanges, policySet, principalChanges, resourcePolicyChanges } from './iam-comparison';
import { IncomparableError } from './incomparable-error';
import { matched } from './matched';
import { Principals } from './principals';
import { providerChanges, tokenVaultChanges } from './provider-comparison';

/** What became of the access between two states of an app. Order, logical ids and how statements are divided mean nothing. */
export function compareApps(before: ComparedApp, now: ComparedApp): Comparison {
  refuseOtherVersions(before, now);
  if ((before.policies === undefined) !== (now.policies === undefined)) {
    throw new IncomparableError('Comparison/OneSideWithoutTemplates', 'One side has templates and the other only a report', 'Give two folders of cdk synth, or two reports');
  }
  const [was, is] = [new Principals(before.policies?.principals), new Principals(now.policies?.principals)];
  const agents = agentChanges(before.model?.agents ?? [], now.model?.agents ?? [], was, is);
  const gateways = gatewayChanges(before.model?.gateways ?? [], now.model?.gateways ?? [], was, is);
  const others = matched(was.left, is.left, ({ id }) => id);
  const compared = others.pairs.map((pair) => principalChanges(pair.before, pair.now));
  return comparison([
    ...agents.changes,
    ...gateways,
    ...compared.flat(),
    ...others.added.flatMap(addedPrincipal),
    ...others.removed.map(({ id }): Change => ({ kind: 'removed', subject: 'IAM', of: id, what: 'principal' })),
    ...resourcePolicyChanges(before.policies?.resourcePolicies ?? [], now.policies?.resourcePolicies ?? []),
    ...templateChanges(before, now, gateways),
    ...providerChanges(before.model?.providers ?? [], now.model?.providers ?? []),
    ...tokenVaultChanges(before.model?.tokenVaults ?? [], now.model?.tokenVaults ?? []),
    ...(now.policies?.unread ?? []).map((place): Change => ({ kind: 'undecided', subject: 'IAM', of: place, what: 'the policy could not be read' })),
  ], { agents: agents.unchanged, principals: compared.filter((changes) => changes.length === 0).length });
}

/** A new principal is one change; what it may do is told by an example. */
function addedPrincipal(principal: ComparedPrincipal): Change[] {
  const [wider] = iamChanges({ subject: 'IAM', of: principal.id, what: 'principal' }, { statements: [] }, policySet(principal)).filter(({ kind }) => kind === 'widened');
  return [{ kind: 'added', subject: 'IAM', of: principal.id, what: 'principal', ...(wider?.example !== undefined ? { example: wider.example } : {}) }];
}

/** Gateways and Cedar of the templates, as far as the report did not say it already. */
function templateChanges(before: ComparedApp, now: ComparedApp, reported: readonly Change[]): Change[] {
  const known = new Set([...before.model?.gateways ?? [], ...now.model?.gateways ?? []].map(({ path }) => path));
  const [was, is] = [before, now].map(({ policies }) => (policies?.gateways ?? []).filter(({ id }) => !known.has(id)));
  const cedar = cedarChanges(before.policies?.cedarPolicies ?? [], now.policies?.cedarPolicies ?? []);
  const said = (kinds: readonly string[]) => reported.some(({ subject, kind }) => (subject === 'tool' || subject === 'gateway') && kinds.includes(kind));
  return [
    ...templateGatewayChanges(was, is),
    ...cedar.filter(({ kind }) => kind === 'narrowed' ? !said(['narrowed', 'removed']) : !said(['widened', 'added', 'resumed'])),
  ];
}

function refuseOtherVersions(...apps: readonly ComparedApp[]): void {
  for (const { model } of apps) {
    if (model !== undefined && !/^1\./.test(String(model.version))) {
      throw new IncomparableError('Comparison/UnknownVersion', `The report has version ${JSON.stringify(model.version)}; versions 1.x are understood`, 'Use the command line of the library that wrote the report');
    }
  }
}
