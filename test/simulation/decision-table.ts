import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RequestContext } from './access-request';
import { type Decision, explain } from './decision';
import type { FakeAccount } from './fake-account';

/** One question and the answer that a person expects, with the reason. Roles, resources and values may be aliases. */
export interface DecisionRow {
  readonly situation: string;
  readonly role: string;
  readonly action: string;
  readonly resources: string[];
  readonly context?: RequestContext;
  readonly partial?: boolean;
  /** `Denied` leaves open whether a statement denies it or nothing allows it. */
  readonly expect: Decision | 'Denied';
  readonly because: string;
}

/** A file of decisions about one story, written by hand from AWS's reference. */
export interface DecisionTable {
  readonly title: string;
  /** Short names for role names, ARNs and context values. */
  readonly names: Record<string, string>;
  readonly rows: DecisionRow[];
}

/** Defines one test per row of a table file, and one that asks for a near miss of each row that allows something. */
export function runDecisionTable(file: string, account: FakeAccount | (() => FakeAccount)): void {
  const table = readDecisionTable(file);
  const deployment = () => typeof account === 'function' ? account() : account;
  describe(table.title, () => {
    test('each allowed row has a near miss that is denied', () => expect(missingNearMisses(table)).toEqual([]));
    test.each(table.rows.map(row => [row.situation, row] as const))('%s', async (_situation, row) => {
      expect(await verdict(deployment(), row)).toBe('as expected');
    });
  });
}

/** Reads a table, puts literal values in place of aliases, and refuses what a reader could misunderstand. */
export function readDecisionTable(file: string): DecisionTable {
  const table = JSON.parse(fs.readFileSync(file, 'utf-8')) as DecisionTable;
  const problem = (row: DecisionRow, text: string) => new Error(`${path.basename(file)}, row "${row.situation}": ${text}`);
  const seen = new Set<string>();
  const rows = table.rows.map(row => {
    for (const field of ['situation', 'role', 'action', 'resources', 'expect', 'because'] as const) {
      if (!row[field]?.length) throw problem(row, `"${field}" is missing`);
    }
    if (!['Allowed', 'Denied', 'ImplicitlyDenied', 'ExplicitlyDenied'].includes(row.expect)) throw problem(row, `cannot expect "${row.expect}"`);
    if (seen.has(row.situation)) throw problem(row, 'there is another row of this name');
    seen.add(row.situation);
    const literal = (value: string) => table.names[value] ?? value;
    const resources = row.resources.map(literal);
    const unknown = resources.find(resource => resource !== '*' && !resource.startsWith('arn:'));
    if (unknown) throw problem(row, `"${unknown}" is neither an alias nor an ARN`);
    const context = Object.entries(row.context ?? {}).map(([key, value]) => [key, Array.isArray(value) ? value.map(literal) : literal(value)]);
    return { ...row, role: literal(row.role), resources, context: Object.fromEntries(context) as RequestContext };
  });
  return { ...table, rows };
}

/** `as expected`, or what was decided instead and which statements are to blame. */
export async function verdict(account: FakeAccount, row: DecisionRow): Promise<string> {
  const { decision, statements } = await explain(account, { ...row, principal: row.role });
  if (decision === row.expect || (row.expect === 'Denied' && decision !== 'Allowed')) return 'as expected';
  const cause = statements.length > 0 ? `by ${statements.join(', ')}` : 'for want of a statement';
  return `${decision} ${cause}, but ${row.expect} expected because ${row.because}`;
}

/**
 * Names each allowed row without a denied row that differs from it in one respect: who, what, one resource or one
 * context key. An allowance that no denial stands next to would also pass if everything were allowed.
 */
export function missingNearMisses(table: DecisionTable): string[] {
  const denied = table.rows.filter(row => row.expect !== 'Allowed');
  return table.rows
    .filter(row => row.expect === 'Allowed' && !denied.some(other => differences(row, other) === 1))
    .map(row => `"${row.situation}" has no near miss: add a denied row that differs in the role, the action, one resource or one context key`);
}

/** Another action brings its own context keys with it; then only the keys that all actions share are compared. */
function differences(one: DecisionRow, other: DecisionRow): number {
  const otherAction = one.action !== other.action;
  const added = other.resources.filter(resource => !one.resources.includes(resource)).length;
  const removed = one.resources.filter(resource => !other.resources.includes(resource)).length;
  const keys = new Set([...Object.keys(one.context ?? {}), ...Object.keys(other.context ?? {})]);
  const changed = [...keys].filter(key => !(otherAction && !key.startsWith('aws:')))
    .filter(key => JSON.stringify(one.context?.[key]) !== JSON.stringify(other.context?.[key])).length;
  return Number(one.role !== other.role) + Number(otherAction) + Math.max(added, removed) + changed;
}
