import { Finding } from '../../src/checks/finding';
import { runChecks } from '../../src/checks/run-checks';
import { oneLine } from '../../src/review/html/html-text';
import { code, text } from '../../src/review/markdown-text';
import { Judged, judged, readAcknowledgements } from '../acknowledgements';
import { givenApp } from '../app-source';
import { json, put } from '../output';
import { EXIT, UsageError } from '../usage-error';

/** Severities from the gravest. `--fail-on` names the least grave one that fails. */
const SEVERITIES = ['error', 'warning', 'info'] as const;

export interface CheckCommandOptions {
  readonly format: string;
  readonly output?: string;
  readonly failOn: string;
  readonly acknowledge?: string;
  readonly requireCustomerKeys?: boolean;
}

/** Looks for grants and settings that are wider than they need to be, in any CDK app. */
export function check(source: string, options: CheckCommandOptions): number {
  const limit = SEVERITIES.indexOf(options.failOn as typeof SEVERITIES[number]);
  if (limit === -1 && options.failOn !== 'never') {
    throw new UsageError(`--fail-on takes ${SEVERITIES.join(', ')} or never, not ${options.failOn}`, 'Name the least grave severity that shall fail.');
  }
  const { app } = givenApp(source);
  const result = judged(
    runChecks(app, { requireCustomerKeys: options.requireCustomerKeys === true }),
    options.acknowledge === undefined ? [] : readAcknowledgements(options.acknowledge),
  );
  put(render(options.format, result), options.output);
  const fails = result.open.some(({ rule }) => SEVERITIES.indexOf(rule.severity) <= limit);
  // An acknowledgement of nothing may hide the next finding of the same id.
  return fails || (result.unused.length > 0 && options.failOn !== 'never') ? EXIT.FOUND : EXIT.NOTHING_FOUND;
}

function render(format: string, result: Judged): string {
  switch (format) {
    case 'json': return json(asJson(result));
    case 'markdown': return markdown(result);
    default: return plain(result);
  }
}

function asJson({ open, acknowledged, unused }: Judged) {
  const finding = ({ id, rule, resource, location, detail }: Finding) => ({
    id,
    rule: rule.id,
    severity: rule.severity,
    title: rule.title,
    path: resource.path,
    logicalId: resource.logicalId,
    stack: resource.stack.name,
    location,
    detail,
    why: rule.why,
    fix: rule.fix,
    see: rule.see,
  });
  return {
    version: '1.0',
    findings: open.map(finding),
    acknowledged: acknowledged.map((each) => ({ ...finding(each.finding), reason: each.reason })),
    unusedAcknowledgements: unused,
  };
}

function summary({ open, acknowledged, unused }: Judged): string {
  const counts = SEVERITIES.map((severity) => `${open.filter(({ rule }) => rule.severity === severity).length} ${severity}`);
  return `${counts.join(', ')}${acknowledged.length > 0 ? `, ${acknowledged.length} acknowledged` : ''}${unused.length > 0 ? `, ${unused.length} acknowledgements of nothing` : ''}`;
}

function plain(result: Judged): string {
  return [
    ...result.open.flatMap(({ id, rule, resource, location, detail }) => [
      `${rule.severity.toUpperCase()} ${rule.title}`,
      `  at    ${oneLine(resource.path)} (${oneLine(resource.logicalId)}), ${oneLine(location)}`,
      `  found ${oneLine(detail)}`,
      `  why   ${rule.why}`,
      `  fix   ${rule.fix}`,
      `  see   ${rule.see}`,
      `  id    ${oneLine(id)}`,
      '',
    ]),
    ...result.acknowledged.map(({ finding, reason }) => `acknowledged ${oneLine(finding.id)}: ${oneLine(reason)}`),
    ...result.unused.map(({ id }) => `ACKNOWLEDGED BUT NOT FOUND ${oneLine(id)}: remove the acknowledgement`),
    summary(result),
  ].join('\n');
}

function markdown(result: Judged): string {
  return [
    `**${summary(result)}**`,
    '',
    ...(result.open.length === 0 ? [] : [
      '| Severity | What | Where | Found | Fix |',
      '|---|---|---|---|---|',
      ...result.open.map(({ rule, resource, detail }) => `| ${rule.severity} | [${text(rule.title)}](${rule.see}) | ${text(resource.path)} | ${code(detail)} | ${text(rule.fix)} |`),
      '',
    ]),
    ...result.acknowledged.map(({ finding, reason }) => `- Acknowledged: ${code(finding.id)} (${text(reason)})`),
    ...result.unused.map(({ id }) => `- **Acknowledged but not found**: ${code(id)}`),
  ].join('\n');
}
