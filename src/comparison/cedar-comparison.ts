import { Change } from './change';
import { ComparedCedarPolicy } from './compared-app';
import { matched } from './matched';
import type { ToldCedar } from './told-cedar';

/**
 * What became of Cedar policies. Two that say the same in other white space are the same; what a changed one allows is not decided.
 * `told`: those that changed rules of the report come to, whose change is told there.
 */
export function cedarChanges(before: readonly ComparedCedarPolicy[], now: readonly ComparedCedarPolicy[], told?: ToldCedar): Change[] {
  const same = matched(before, now, (policy) => `${policy.engine} ${policy.mode} ${textOf(policy)}`);
  const { pairs, removed, added } = matched(
    same.removed.filter((policy) => told?.removed(policy) !== true),
    same.added.filter((policy) => told?.added(policy) !== true),
    (policy) => `${policy.engine} ${textOf(policy)}`, ({ id }) => id,
  );
  const change = ({ id }: ComparedCedarPolicy) => ({ subject: 'Cedar policy', of: id } as const);
  return [
    ...added.map((policy): Change => ({ ...change(policy), kind: kindOf(policy, true), what: `${effectOf(policy)} added`, now: textOf(policy) })),
    ...removed.map((policy): Change => ({ ...change(policy), kind: kindOf(policy, false), what: `${effectOf(policy)} removed`, before: textOf(policy) })),
    ...pairs.flatMap((pair): Change[] => {
      const what = effectOf(pair.now);
      if (textOf(pair.before) !== textOf(pair.now)) {
        return [{ ...change(pair.now), kind: 'undecided', what: `${what} changed`, before: textOf(pair.before), now: textOf(pair.now) }];
      }
      return [
        ...(pair.before.mode === pair.now.mode ? [] : [{ ...change(pair.now), kind: kindOf(pair.now, pair.now.mode === 'ACTIVE'), what: `${what}: enforcement`, before: pair.before.mode, now: pair.now.mode }]),
        ...(pair.before.engine === pair.now.engine ? [] : [{ ...change(pair.now), kind: 'undecided' as const, what: `${what}: engine`, before: pair.before.engine, now: pair.now.engine }]),
      ];
    }),
  ];
}

/** `permit` or `forbid`; of anything else nothing is known. */
export function cedarEffect(statement: string): string {
  return /^(?:@\w+(?:\("(?:[^"\\]|\\.)*"\))?\s*)*(permit|forbid)\b/.exec(normalisedCedar(statement))?.[1] ?? 'policy';
}

/** Without comments, and with one blank where there is white space, but for what stands in quotes. */
export function normalisedCedar(statement: string): string {
  const pieces = statement.match(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|[^"/]+|[^]/g) ?? [];
  const [blank, quoted]: [string[], string[]] = [[], []];
  pieces.forEach((piece) => {
    const isQuoted = piece.length > 1 && piece.startsWith('"');
    blank.push(isQuoted ? '"' : piece.startsWith('//') ? ' ' : piece);
    if (isQuoted) quoted.push(piece);
  });
  // A quote that nothing ends stays where it is, and makes no other text of the same one.
  const words = blank.join('').replace(/\s+/g, ' ').replace(/ ?([(),;{}]) ?/g, '$1').trim();
  return quoted.length === words.split('"').length - 1 ? words.replace(/"/g, () => quoted.shift()!) : statement;
}

function kindOf(policy: ComparedCedarPolicy, appears: boolean): Change['kind'] {
  const effect = effectOf(policy);
  return effect === 'policy' ? 'undecided' : (effect === 'permit') === appears ? 'widened' : 'narrowed';
}

function effectOf({ statement }: ComparedCedarPolicy): string {
  return cedarEffect(statement);
}

function textOf({ statement, onlyIf }: ComparedCedarPolicy): string {
  return `${normalisedCedar(statement)}${onlyIf === undefined ? '' : ` // only if ${onlyIf}`}`;
}
