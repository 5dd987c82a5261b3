import { Change, CHANGE_KINDS, ChangeKind, Comparison } from './change';
import { exampleText } from '../containment/example-request';
import { oneLine } from '../review/html/html-text';

/** What stands in the first line whether there is one or not. */
const ALWAYS: readonly ChangeKind[] = ['widened', 'added', 'undecided'];

/** Such as `2 widened, 1 added, 0 cannot decide`. */
export function summaryLine({ counts }: Comparison): string {
  return CHANGE_KINDS.filter((kind) => ALWAYS.includes(kind) || counts[kind] > 0).map((kind) => `${counts[kind]} ${kindWords(kind)}`).join(', ');
}

export function kindWords(kind: ChangeKind): string {
  return kind === 'undecided' ? 'cannot decide' : kind.replace('-', ' ');
}

/** For a terminal. No colour, so that it can be read anywhere. */
export function comparisonText(result: Comparison): string {
  const { changes, unchanged } = result;
  const lines = CHANGE_KINDS.flatMap((kind) => {
    const some = changes.filter((change) => change.kind === kind);
    return some.length === 0 ? [] : ['', `${kindWords(kind).toUpperCase()}`, ...some.flatMap(changeLines)];
  });
  return [`${summaryLine(result)}`, `unchanged: ${unchanged.agents} agents, ${unchanged.principals} other principals`, ...lines, ''].join('\n');
}

function changeLines({ subject, of, what, before, now, example, unannounced, kind }: Change): string[] {
  return [
    `  ${unannounced === true ? '!! ' : ''}${oneLine(of)}: ${oneLine(what)}${unannounced === true ? ' (nothing that the agent declares says so)' : ''} [${subject}]`,
    ...(before !== undefined ? [`      before: ${oneLine(before)}`] : []),
    ...(now !== undefined ? [`      now:    ${oneLine(now)}`] : []),
    ...(example !== undefined ? [`      for example${kind === 'narrowed' || kind === 'guard-strengthened' ? ' no longer' : ''}: ${oneLine(exampleText(example))}`] : []),
  ];
}
