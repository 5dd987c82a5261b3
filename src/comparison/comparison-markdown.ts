import { Change, CHANGE_KINDS, ChangeKind, Comparison, FOR_REVIEW } from './change';
import { kindWords, summaryLine } from './comparison-text';
import { exampleText } from '../containment/example-request';
import { code, text } from '../review/markdown-text';

/** For a pull request: the summary, then tables, the worst first. */
export function comparisonMarkdown(result: Comparison): string {
  const { changes, unchanged, fingerprint } = result;
  const table = (kind: ChangeKind) => {
    const some = changes.filter((change) => change.kind === kind);
    const rows = ['| Where | What | Before | Now | For example |', '|---|---|---|---|---|', ...some.map(row)];
    const title = `${kindWords(kind)[0].toUpperCase()}${kindWords(kind).slice(1)}: ${some.length}`;
    if (some.length === 0) {
      return [];
    }
    // What needs no review is behind a click.
    return FOR_REVIEW.includes(kind) ? [`### ${title}`, '', ...rows, ''] : [`<details><summary>${title}</summary>`, '', ...rows, '', '</details>', ''];
  };
  return [
    `**Access: ${summaryLine(result)}**`,
    '',
    changes.length === 0 ? 'Nobody may do more or less than before.' : `Unchanged: ${unchanged.agents} agents, ${unchanged.principals} other principals.`,
    '',
    ...CHANGE_KINDS.flatMap(table),
    ...(fingerprint === undefined || changes.length === 0 ? [] : [`Fingerprint of the difference: \`${fingerprint}\``, '']),
  ].join('\n');
}

function row({ of, what, before, now, example, unannounced }: Change): string {
  const loud = unannounced === true ? '**Nothing that the agent declares says so:** ' : '';
  return `| ${text(of)} | ${loud}${text(what)} | ${before === undefined ? '' : code(before)} | ${now === undefined ? '' : code(now)} | ${example === undefined ? '' : code(exampleText(example))} |`;
}
