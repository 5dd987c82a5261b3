import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { AgentCoreChecks } from '../../src';
import { RULES } from '../../src/checks/rules';

const PAGE = join(__dirname, '..', '..', 'docs', 'checks.md');
const TABLE = /(<!-- rules -->\n)([\s\S]*?)(<!-- \/rules -->)/;

function table(): string {
  const cell = (text: string) => text.replace(/\|/g, '\\|');
  return [
    '| Rule | Severity | What it finds | What brings it about |',
    '|---|---|---|---|',
    ...RULES.map(({ id, severity, title, trigger }) => `| \`${id}\` | ${severity} | ${cell(title)} | ${cell(trigger)} |`),
    '',
  ].join('\n');
}

test('the table of rules in the docs is that of the code (UPDATE_CHECKS=1 renews it)', () => {
  const page = readFileSync(PAGE, 'utf8');
  if (process.env.UPDATE_CHECKS === '1') {
    writeFileSync(PAGE, page.replace(TABLE, (_all, begin: string, _old, end: string) => `${begin}${table()}${end}`));
  }
  expect(TABLE.exec(readFileSync(PAGE, 'utf8'))?.[2]).toBe(table());
});

test('the page names no rule that does not exist', () => {
  const rules = new AgentCoreChecks().ruleIds!;
  const [, , , beside] = readFileSync(PAGE, 'utf8').split(/^## /m);
  const named = [...beside.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !rules.includes(id))).toEqual([]);
});

describe('every rule', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s says what, why, what to write and where AWS says so', (_id, rule) => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(rule.see).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|github\.com\/aws)\//);
    [rule.title, rule.why, rule.fix, rule.trigger].forEach((text) => expect(text.trim().length).toBeGreaterThan(10));
  });

  test('has an id of its own', () => expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length));
});
