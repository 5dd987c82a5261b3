import { createHash } from 'crypto';
import { attentionOf } from './attention';
import { attentionSection } from './attention-section';
import { directorySection, filterSection, gatewaySection } from './directory';
import { escaped, visibleData } from './html-text';
import { pageData } from './page-data';
import { agentScript } from './script/agent';
import { filterScript } from './script/filter';
import { gatewayScript } from './script/gateway';
import { pageScript } from './script/page';
import { pathScript } from './script/path';
import { policyScript } from './script/policy';
import { STYLE } from './style';
import type { AccessModel } from '../access-model';

const SCRIPT = ['\'use strict\';', pageScript, policyScript, pathScript, agentScript, gatewayScript, filterScript].join('\n');

const TITLE = 'What the agents of this app may do';

/**
 * The page runs the one script and takes the one style that are its own, and loads nothing. The browser refuses everything else, also
 * markup made from text.
 */
const CONTENT_SECURITY_POLICY = [
  'default-src \'none\'', `script-src '${hashOf(SCRIPT)}'`, `style-src '${hashOf(STYLE)}'`, 'base-uri \'none\'', 'form-action \'none\'',
  'require-trusted-types-for \'script\'', 'trusted-types \'none\'',
].join('; ');

/**
 * Renders the access model as one page that needs nothing else: no network, no other file. The directory is there without a script;
 * what stands behind each entry is made from the data in the page when it is opened, so that a thousand agents stay one small file.
 */
export function accessHtml(given: AccessModel): string {
  const model = visibleData(given);
  const attention = attentionOf(model);
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(CONTENT_SECURITY_POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${TITLE}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#agents">Skip to the agents</a>',
    `<header><h1>${TITLE}</h1>${counts(model)}</header>`,
    '<main>',
    '<noscript><p class="note">Without JavaScript this page is a directory. Everything else is in agentcore-access.md and agentcore-access.json beside it.</p></noscript>',
    attentionSection(attention),
    filterSection(attention),
    directorySection(model.agents, attention),
    gatewaySection(model.gateways, attention),
    '<div id="rest"></div>',
    '</main>',
    `<script type="application/json" id="data">${pageData(model, attention)}</script>`,
    `<script>${SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function counts({ agents, gateways, providers }: AccessModel): string {
  const owners = new Set([...agents, ...gateways].map(({ owner }) => owner.name)).size;
  const places = new Set([...agents, ...gateways].map(({ environment: { account, region } }) => `${account}/${region}`)).size;
  const capabilities = agents.reduce((sum, agent) => sum + agent.capabilities.length, 0);
  const figures: [number, string, string][] = [
    [agents.length, 'agent', 'agents'], [capabilities, 'capability', 'capabilities'], [gateways.length, 'gateway', 'gateways'], [providers.length, 'provider', 'providers'],
    [owners, 'owner', 'owners'], [places, 'account and region', 'accounts and regions'],
  ];
  return `<ul class="counts">${figures.map(([count, one, many]) => `<li><b>${count.toLocaleString('en-US')}</b> ${count === 1 ? one : many}</li>`).join('')}</ul>`;
}
