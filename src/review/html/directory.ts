import { Attention } from './attention';
import { escaped } from './html-text';
import { Mark, MARKS } from './mark';
import type { GatewayAccess } from '../../gateway/gateway-access';
import type { AgentAccess } from '../access-model';

/** The controls that shorten the directory. The script fills the lists in and shows the section: without it nothing would happen. */
export function filterSection(attention: readonly Attention[]): string {
  const marks = MARKS.filter(({ id }) => attention.some(({ mark }) => mark === id));
  const lists = [['owner', 'Owner'], ['provider', 'Provider'], ['host', 'Host'], ['place', 'Account and region'], ['kind', 'Kind of authority']];
  return [
    '<section id="filter" class="filter" aria-label="Filter" hidden>',
    '<p class="search"><label for="text">Search in everything</label> <input id="text" type="search" autocomplete="off" spellcheck="false"></p>',
    ...lists.map(([id, label]) => `<p><label for="${id}">${label}</label> <select id="${id}"><option value="">all</option></select></p>`),
    ...(marks.length === 0 ? [] : [
      '<fieldset><legend>Only what is marked</legend>',
      ...marks.map(({ id, label }) => `<label class="choice"><input type="checkbox" name="mark" value="${id}"> <span class="mark ${id}">${escaped(label)}</span></label>`),
      '</fieldset>',
    ]),
    '<p class="buttons"><button type="button" id="clear">Show all</button> <button type="button" id="open">Open what is shown</button> <button type="button" id="close">Close everything</button></p>',
    '<p id="shown" role="status"></p>',
    '</section>',
  ].join('\n');
}

export function directorySection(agents: readonly AgentAccess[], attention: readonly Attention[]): string {
  const marks = marksByPath(attention);
  return [
    '<section aria-labelledby="agents"><h2 id="agents" tabindex="-1">Agents</h2>',
    ...(agents.length === 0 ? ['<p>No agent is declared.</p>'] : ['<ol class="directory" id="agent-list">', ...agents.map((agent) => agentEntry(agent, marks.get(agent.path) ?? [])), '</ol>']),
    '</section>',
  ].join('\n');
}

export function gatewaySection(gateways: readonly GatewayAccess[], attention: readonly Attention[]): string {
  const marks = marksByPath(attention);
  return gateways.length === 0 ? '' : [
    '<section aria-labelledby="gateways"><h2 id="gateways">Gateways</h2>', '<ol class="directory" id="gateway-list">',
    ...gateways.map((gateway) => gatewayEntry(gateway, marks.get(gateway.path) ?? [])), '</ol></section>',
  ].join('\n');
}

function agentEntry({ path, owner, parts, environment: { account, region }, capabilities }: AgentAccess, marks: readonly Mark[]): string {
  const hosts = [...new Set(parts.map(({ host }) => host))].join(', ');
  const does = capabilities.length === 0 ? 'It may do nothing with credentials.'
    : capabilities.map(({ kind, provider }) => `<span class="may"><b>${escaped(kind)}</b> through <bdi>${escaped(provider)}</bdi></span>`).join(' ');
  return entry(path, [owner.name, hosts, `${account} ${region}`], does, marks);
}

function gatewayEntry({ path, owner, environment: { account, region }, targets, inbound, enforcement }: GatewayAccess, marks: readonly Mark[]): string {
  const does = `<span class="may"><b>${escaped(enforcement.mode)}</b> callers get in by <bdi>${escaped(inbound.kind)}</bdi></span> `
    + `<span class="may">${targets.length === 1 ? '1 target' : `${targets.length} targets`}: <bdi>${escaped(targets.map(({ name }) => name).join(', '))}</bdi></span>`;
  return entry(path, [owner.name, 'gateway', `${account} ${region}`], does, marks);
}

/** The words between the columns are read out, and are what a copy of the line has between them. */
function entry(path: string, facts: readonly string[], does: string, marks: readonly Mark[]): string {
  return `<li><details class="entry"><summary><span class="name"><bdi>${escaped(path)}</bdi></span> <span class="facts">${facts.map((fact) => `<bdi>${escaped(fact)}</bdi>`).join(' · ')}</span>`
    + `<span class="does"> ${does}</span>${marks.length === 0 ? '' : ` <span class="marks">${marks.map(({ id, label }) => `<span class="mark ${id}">${escaped(label)}</span>`).join(' ')}</span>`}`
    + '</summary><div class="body"></div></details></li>';
}

/** The marks of each agent and gateway, each once, the most urgent first. */
function marksByPath(attention: readonly Attention[]): Map<string, Mark[]> {
  const found = new Map<string, Set<string>>();
  attention.forEach(({ path, mark }) => found.set(path, (found.get(path) ?? new Set()).add(mark)));
  return new Map([...found].map(([path, ids]) => [path, MARKS.filter(({ id }) => ids.has(id))]));
}
