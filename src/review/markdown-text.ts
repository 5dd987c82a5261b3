import { StatementAccess } from './access-model';
import { oneLine } from './html/html-text';

/** Text that somebody wrote: nothing in it may end a table cell or become markup, and all of it can be seen. */
export function text(value: string): string {
  return oneLine(value).replace(/[\\|<>*_`[\]]/g, (character) => `\\${character}`);
}

/** A value as code. A vertical bar would end the cell even there, and a backtick the code. */
export function code(value: string): string {
  return `\`${oneLine(value).replace(/\|/g, '\\|').replace(/`/g, 'ˋ')}\``;
}

/** Values as code, one of which is meant; nothing where there is none. */
export function oneOf(words: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `${words} ${values.map(code).join(' or ')}`;
}

/** A title with a list; nothing where there are no notices. */
export function noticeList(title: string, notices: readonly string[]): string[] {
  return notices.length === 0 ? [] : [`${title}:`, '', ...notices.map((notice) => `- ${notice}`), ''];
}

/** Statements behind a summary that opens on a click. */
export function statementDetails(summary: string, statements: readonly StatementAccess[]): string[] {
  return [
    `<details><summary>${summary}: ${statements.length} statements</summary>`,
    '',
    '| Sid | Effect | Actions | Resources | Conditions |',
    '|---|---|---|---|---|',
    ...statements.map(statementRow),
    '',
    '</details>',
    '',
  ];
}

function statementRow(statement: StatementAccess): string {
  const codes = (values: readonly string[]) => values.map(code).join('<br>');
  const resources = statement.resources !== undefined ? codes(statement.resources) : `all but ${codes(statement.notResources ?? [])}`;
  const conditions = statement.conditions.map(({ operator, key, values }) => `\`${operator}\` \`${key}\` = ${codes(values)}`).join('<br>');
  return `| ${statement.sid} | ${statement.effect} | ${codes(statement.actions)} | ${resources} | ${conditions} |`;
}
