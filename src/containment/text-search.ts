import { Pattern, PatternSet } from './pattern';
import { accepts, acceptsAll, Following, Positions, start, step, TextSymbol } from './symbol-step';

/** Places of the product that are looked at before giving up. */
const LIMIT = 20_000;

/** A text, the shortest there is; `undefined`: there is none; `too large`: nobody looked to the end. */
export type Found = { readonly text: string } | 'too large' | undefined;

export interface Search {
  /** What the text is made from. */
  readonly origin: Pattern;
  /** Sets all of which it has to be in. */
  readonly inside: readonly (readonly Pattern[])[];
  /** Patterns none of which it may match. */
  readonly outside: readonly Pattern[];
  readonly followInside: Following;
  readonly followOutside: Following;
  /** How many texts there have to be; the last of them is the answer. @default 1 */
  readonly count?: number;
}

interface Place {
  readonly origin: Positions;
  readonly inside: readonly (readonly Positions[])[];
  readonly outside: readonly Positions[];
  readonly text: string;
}

/** Looks for a text in the product of the patterns, breadth first. */
export function findText(search: Search): Found {
  const { origin, inside, outside, followInside, followOutside, count = 1 } = search;
  const patterns = [origin, ...inside.flat(), ...outside];
  const alphabet = alphabetOf(patterns);
  const bothCases = origin.folded && patterns.some(({ folded }) => !folded);
  const texts = new Set<string>();
  const first: Place = {
    origin: start(origin, 'origin'),
    inside: inside.map((set) => set.map((pattern) => start(pattern, followInside))),
    outside: outside.map((pattern) => start(pattern, followOutside)),
    text: '',
  };
  const seen = new Set<string>();
  const queue: Place[] = [first];
  for (let head = 0; head < queue.length; head += 1) {
    const place = queue[head];
    if (isEnd(search, place)) {
      texts.add(place.text);
      if (texts.size === count) {
        return { text: place.text };
      }
    }
    if (seen.size > LIMIT) {
      return 'too large';
    }
    for (const symbol of symbolsAt(origin, place.origin, alphabet, bothCases)) {
      const next = follow(search, place, symbol);
      if (next !== undefined) {
        const key = `${count > 1 ? `${next.text}|` : ''}${next.origin}|${next.inside.map((set) => set.join(';')).join('&')}|${next.outside.join(';')}`;
        if (!seen.has(key)) {
          seen.add(key);
          queue.push(next);
        }
      }
    }
  }
  return undefined;
}

export function union(sets: readonly PatternSet[]): Pattern[] {
  return sets.flatMap(({ patterns }) => patterns);
}

function isEnd({ origin, inside, outside }: Search, place: Place): boolean {
  return accepts(origin, place.origin)
    && inside.every((set, at) => set.some((pattern, index) => accepts(pattern, place.inside[at][index])))
    && !outside.some((pattern, index) => accepts(pattern, place.outside[index]));
}

/** No place where nothing can be found any more. */
function follow(search: Search, place: Place, symbol: TextSymbol): Place | undefined {
  const origin = step(search.origin, place.origin, symbol, 'origin');
  if (origin.length === 0) {
    return undefined;
  }
  const outside = search.outside.map((pattern, index) => step(pattern, place.outside[index], symbol, search.followOutside));
  if (outside.some((positions, index) => acceptsAll(search.outside[index], positions))) {
    return undefined;
  }
  const inside = search.inside.map((set, at) => set.map((pattern, index) => step(pattern, place.inside[at][index], symbol, search.followInside)));
  if (inside.some((set) => set.every((positions) => positions.length === 0))) {
    return undefined;
  }
  return { origin, inside, outside, text: place.text + ('char' in symbol ? symbol.char : `\${${symbol.unknown}}`) };
}

/** Unknown values stand where the origin has them; its wildcards stand for characters alone. */
function symbolsAt(origin: Pattern, positions: Positions, alphabet: readonly string[], bothCases: boolean): TextSymbol[] {
  const tokens = positions.flatMap((position) => origin.tokens[position] ?? []);
  const unknown = tokens.flatMap((token): TextSymbol[] => (token.kind === 'unknown' ? [{ unknown: token.name }] : []));
  const free = tokens.some(({ kind }) => kind === 'one' || kind === 'many');
  const chars = free ? alphabet : tokens.flatMap((token) => (token.kind !== 'text' ? [] : bothCases ? [token.char, token.char.toUpperCase()] : [token.char]));
  return [...unknown, ...chars.map((char) => ({ char }))];
}

/** Characters that some pattern tells apart, and of all others one that a value of CloudFormation can have and one that it cannot. */
function alphabetOf(patterns: readonly Pattern[]): string[] {
  const used = new Set<string>();
  for (const { tokens, folded } of patterns) {
    for (const token of tokens) {
      if (token.kind === 'text') {
        used.add(token.char);
        if (folded) used.add(token.char.toUpperCase());
      }
    }
  }
  const other = [...'xyzqjwkvbuhfgpmncdrlstioea0123456789-'].find((char) => !used.has(char));
  const foreign = [...'_X~YZQ!'].find((char) => !used.has(char));
  return [...new Set([...(other !== undefined ? [other] : []), ...used, ':', ...(foreign !== undefined ? [foreign] : [])])];
}
