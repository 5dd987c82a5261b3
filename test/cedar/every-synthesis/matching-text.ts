/** A piece of a `like` pattern as Cedar's JSON has it. */
export type PatternPiece = 'Wildcard' | { readonly Literal: string };

/** What is asked of a text. */
export interface TextTest {
  /** The text itself, or a pattern. */
  readonly fits: string | readonly PatternPiece[];
  readonly wanted: boolean;
}

/**
 * A text that passes all of the tests, or nothing if none is found.
 *
 * Of patterns, their beginnings come first, then what stands between wildcards, then their ends, each time as short as overlaps
 * allow, so that two members of a list become a list of two.
 */
export function matchingText(tests: readonly TextTest[]): string | undefined {
  const wanted = tests.filter((test) => test.wanted).map((test) => test.fits);
  const text = wanted.find((each): each is string => typeof each === 'string');
  const candidates = text !== undefined ? [text] : joined(wanted.filter((each): each is readonly PatternPiece[] => typeof each !== 'string'));
  return candidates.find((candidate) => tests.every((test) => fits(candidate, test.fits) === test.wanted));
}

/** Whether Cedar's `like`, or `==`, holds. */
function fits(text: string, test: TextTest['fits']): boolean {
  if (typeof test === 'string') return text === test;
  const { first, between, last } = literalsOf(test);
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of between) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

/** Where a pattern has no wildcard, `last` is missing. */
function literalsOf(pattern: readonly PatternPiece[]): { first: string; between: string[]; last?: string } {
  const literals = [''];
  for (const piece of pattern) {
    if (piece === 'Wildcard') literals.push('');
    else literals[literals.length - 1] += piece.Literal;
  }
  const [first, ...rest] = literals;
  return rest.length === 0 ? { first, between: [] } : { first, between: rest.slice(0, -1), last: rest[rest.length - 1] };
}

function joined(patterns: readonly (readonly PatternPiece[])[]): string[] {
  const literals = patterns.map(literalsOf);
  const longest = (pieces: string[]) => pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  const pieces = [longest(literals.map(({ first }) => first)), ...new Set(literals.flatMap(({ between }) => between)), longest(literals.map(({ last = '' }) => last))];
  // Wildcards between pieces are mostly nothing; where two pieces may not touch, something stands between them.
  return ['', 'x', '2'].flatMap((filling) => [pieces.reduce((text, piece) => overlapped(text, filling, piece)), pieces.join(filling), `${filling}${pieces.join(filling)}${filling}`]);
}

function overlapped(text: string, filling: string, piece: string): string {
  for (let length = Math.min(text.length, piece.length); length > 0; length--) {
    if (text.endsWith(piece.slice(0, length))) return text + piece.slice(length);
  }
  return text + filling + piece;
}
