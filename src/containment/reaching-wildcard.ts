import { Pattern, patternSet, PatternSet } from './pattern';
import type { TextAnswer } from './text-constraint';

/**
 * The same patterns read so that `*` at the end of any segment reaches over colons. IAM's guide says that it can
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html) and not when, so both readings count.
 * `undefined`: there is no other reading.
 */
export function readReaching(set: PatternSet): PatternSet | undefined {
  let reading = READINGS.get(set);
  if (reading === undefined) {
    const patterns = set.patterns.map(reaching);
    reading = patterns.every((pattern, index) => pattern === set.patterns[index]) ? {} : { set: patternSet(patterns) };
    READINGS.set(set, reading);
  }
  return reading.set;
}

const READINGS = new WeakMap<PatternSet, { readonly set?: PatternSet }>();

/** What holds by both readings. */
export function inBothReadings(one: TextAnswer, other: TextAnswer): TextAnswer {
  const same = typeof one === 'object' ? typeof other === 'object' : one === other;
  return same ? one : 'unsure';
}

function reaching(pattern: Pattern): Pattern {
  const { tokens } = pattern;
  const reaches = (index: number) => {
    const [token, next] = [tokens[index], tokens[index + 1]];
    return token.kind === 'many' && token.within && next?.kind === 'text' && next.char === ':';
  };
  return tokens.some((_token, index) => reaches(index))
    ? { ...pattern, tokens: tokens.map((token, index) => (token.kind === 'many' && reaches(index) ? { ...token, within: false } : token)) } : pattern;
}
