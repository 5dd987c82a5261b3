import { Change } from './change';
import { ComparedCedarPolicy } from './compared-app';
import { matched } from './matched';

/** What became of Cedar policies. Two that say the same in other white space are the same; what a changed one allows is not decided. */
export function cedarChanges(before: readonly ComparedCedarPolicy[], now: readonly ComparedCedarPolicy[]): Change[] {
  const same = matched(before, now, (policy) => `${policy.engine} ${policy.mode} ${normalised(policy.statement)}`);
  const { pairs, removed, added } = matched(same.removed, same.added, ({ engine, statement }) => `${engine} ${normalised(statement)}`, ({ id }) => id);
  const change = ({ id }: ComparedCedarPolicy) => ({ subject: 'Cedar policy', of: id } as const);
  return [
    ...added.map((policy): Change => ({ ...change(policy), kind: kindOf(policy, true), what: `${effectOf(policy)} added`, now: normalised(policy.statement) })),
    ...removed.map((policy): Change => ({ ...change(policy), kind: kindOf(policy, false), what: `${effectOf(policy)} removed`, before: normalised(policy.statement) })),
    ...pairs.map((pair): Change => {
      const text = normalised(pair.before.statement) === normalised(pair.now.statement);
      return text
        ? { ...change(pair.now), kind: kindOf(pair.now, pair.now.mode === 'ACTIVE'), what: `${effectOf(pair.now)}: enforcement`, before: pair.before.mode, now: pair.now.mode }
        : { ...change(pair.now), kind: 'undecided', what: `${effectOf(pair.now)} changed`, before: normalised(pair.before.statement), now: normalised(pair.now.statement) };
    }),
  ];
}

function kindOf(policy: ComparedCedarPolicy, appears: boolean): Change['kind'] {
  const effect = effectOf(policy);
  return effect === 'policy' ? 'undecided' : (effect === 'permit') === appears ? 'widened' : 'narrowed';
}

function effectOf({ statement }: ComparedCedarPolicy): string {
  return /^(?:@\w+(?:\("[^"]*"\))?\s*)*(permit|forbid)\b/.exec(normalised(statement))?.[1] ?? 'policy';
}

/** Without comments, and with one blank where there is white space, but for what stands in quotes. */
function normalised(statement: string): string {
  return statement.split(/("(?:[^"\\]|\\.)*")/).map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/\/\/[^\n]*/g, ' ').replace(/\s+/g, ' ').replace(/ ?([(),;{}]) ?/g, '$1'))).join('').trim();
}
