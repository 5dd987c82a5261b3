import { code, noticeList, oneOf, statementDetails, text } from './markdown-text';
import { partDetails, partLine } from './part-markdown';
import { GatewayAccess, InboundAccess, RoutingRuleAccess, TargetAccess, ToolRuleAccess } from '../gateway/gateway-access';
import { routingRuleText } from '../gateway/routing-rule-words';

/** A gateway in the report: who gets in, who may call which tool, and with whose credentials. */
export function gatewaySection(gateway: GatewayAccess): string[] {
  const { mode, logOnlyReason } = gateway.enforcement;
  return [
    `## Gateway ${text(gateway.path)}`,
    '',
    ...(gateway.suspendedReason === undefined ? [] : [`**SUSPENDED**: ${text(gateway.suspendedReason)}`, '']),
    `- Owner: ${text(gateway.owner.name)} (${text(gateway.owner.contact)})`,
    `- Name: ${code(gateway.name)}, in account ${gateway.environment.account}, region ${gateway.environment.region}, role ${text(gateway.role)}`,
    `- ${inboundLine(gateway.inbound)}`,
    ...(gateway.onlyCallers === undefined ? [] : [gateway.onlyCallers.length === 0 ? '- Nobody may call: its resource policy denies everybody but the role that deploys' : `- Only these may call, everybody else is denied: ${gateway.onlyCallers.map(text).join(', ')}`]),
    `- Rules for tools: ${mode}${logOnlyReason === undefined ? '' : `, so NOTHING IS ENFORCED: ${text(logOnlyReason)}`}`,
    ...(gateway.errorDetailsReason === undefined ? [] : [`- Callers see what targets answered in errors: ${text(gateway.errorDetailsReason)}`]),
    ...(gateway.interceptors ?? []).map((each) => `- ${text(each.charAt(0).toUpperCase() + each.slice(1))}`),
    ...(gateway.returnPages ?? []).map((page) => `- ${partLine(page, 'Return page')}`),
    ...gateway.rateLimits.flatMap(({ dimensions, rules }) => rules.map(({ values, limit }) => `- At most ${text(limit)} per ${text(dimensions.join(', '))}${oneOf(' of', values)}`)),
    ...gateway.targets.flatMap(({ name, privateCaCertificates = [] }) => privateCaCertificates.map((place) =>
      `- Target ${text(name)} is recognized by the private CA certificate in ${text(place)}, which the role may read for that: who issues certificates of that authority, or writes there, can pass as the target`)),
    '',
    ...(gateway.targets.length === 0 ? ['It has no target.', ''] : [
      '| Target | Kind | What it calls | Called as | Credentials | Scopes | Tool | Rule |',
      '|---|---|---|---|---|---|---|---|',
      ...gateway.targets.flatMap((target) => targetRows(target, logOnlyReason === undefined)),
      '',
    ]),
    ...noticeList('Routing rules (NOT an access control: they refuse nobody)', (gateway.routingRules ?? []).map(routingRuleLine)),
    ...noticeList('Wildcards that remain', gateway.remainingWildcards.map(({ resource, reason }) => `${code(resource)}: ${text(reason)}`)),
    ...noticeList('Left to others', gateway.leftToOthers.map(text)),
    ...statementDetails('IAM of the gateway', gateway.statements),
    ...(gateway.consentPortal === undefined ? [] : statementDetails(`IAM of consent portal ${gateway.consentPortal.path}`, gateway.consentPortal.statements)),
    ...(gateway.returnPages ?? []).flatMap((page) => partDetails(page, 'return page')),
  ];
}

function routingRuleLine(rule: RoutingRuleAccess): string {
  return `${text(rule.path)}: ${text(routingRuleText(rule))}`;
}

function inboundLine(inbound: InboundAccess): string {
  const limits = `${oneOf(' from', inbound.issuers)}${oneOf(' for audience', inbound.audiences)}${oneOf(' of client', inbound.clients)}`
    + `${oneOf(' with scope', inbound.scopes)}${oneOf(' with claim', inbound.claims)}`;
  return `Callers get in by: ${text(inbound.kind)}${limits}${inbound.weakerReason === undefined ? '' : `, WEAKER THAN IT COULD BE: ${text(inbound.weakerReason)}`}`;
}

function targetRows(target: TargetAccess, enforced: boolean): string[] {
  const suspended = target.suspendedReason === undefined ? '' : `**SUSPENDED** (${text(target.suspendedReason)}): `;
  const broad = [target.noCredentialsReason, target.alsoWithoutUserReason].filter((reason) => reason !== undefined).map((reason) => `, BROAD: ${text(reason!)}`).join('');
  const cells = [
    `${suspended}${text(target.name)}`, text(target.kind), `${text(target.backend ?? 'not told')}${(target.forwards ?? []).map((field) => `<br>with ${text(field)}`).join('')}`, text(target.asWhom), `${text(target.credentials)}${broad}`,
    `${target.scopes.length === 0 ? 'none' : target.scopes.map(code).join('<br>')}${target.refreshTokens === undefined ? '' : `<br>(${text(target.refreshTokens)})`}`,
  ];
  const rules = target.tools.length === 0 ? [['any', 'nobody may call it']] : target.tools.map((rule) => [rule.tool === '*' ? 'EVERY TOOL' : code(rule.tool), ruleText(rule, enforced)]);
  return rules.map((rule) => `| ${[...cells, ...rule].join(' | ')} |`);
}

/** Where rules are only logged, no layer holds them. */
function ruleText({ effect, who, reason, allToolsReason }: ToolRuleAccess, enforced: boolean): string {
  const why = [reason, allToolsReason].filter((each) => each !== undefined).map((each) => text(each!)).join('; ');
  return `${effect} ${text(who)}: **${enforced ? 'Cedar' : 'NOT ENFORCED'}**${why === '' ? '' : ` (${why})`}`;
}
