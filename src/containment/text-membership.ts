import { hasUnknown, isPlain, Pattern } from './pattern';
import { accepts, Following, start, step } from './symbol-step';

/** Whether a pattern matches a text: surely, surely not, or `undefined`. */
export type Membership = boolean | undefined;

/** The text of a pattern that matches one text alone, in one case of letters. */
export function onlyText(pattern: Pattern): string | undefined {
  let text = TEXTS.get(pattern);
  if (text === undefined) {
    text = isPlain(pattern) && pattern.unsure === undefined ? { text: pattern.tokens.map((token) => (token as { char: string }).char).join('') } : {};
    TEXTS.set(pattern, text);
  }
  return text.text;
}

const TEXTS = new WeakMap<Pattern, { readonly text?: string }>();

/** Whether a text is in a union of patterns. */
export function isIn(text: string, patterns: readonly Pattern[]): Membership {
  let found: Membership = false;
  for (const pattern of patterns) {
    const matches = isMatch(text, pattern);
    if (matches === true) {
      return true;
    }
    found = matches === undefined ? undefined : found;
  }
  return found;
}

function isMatch(text: string, pattern: Pattern): Membership {
  const only = onlyText(pattern);
  if (only !== undefined) {
    return only === (pattern.folded ? text.toLowerCase() : text);
  }
  const vague = pattern.unsure !== undefined;
  if (!hasUnknown(pattern)) {
    return walk(text, pattern, 'surely') ? (vague ? undefined : true) : false;
  }
  if (!walk(text, pattern, 'possibly')) {
    return false;
  }
  return !vague && walk(text, pattern, 'surely') ? true : undefined;
}

function walk(text: string, pattern: Pattern, following: Following): boolean {
  let positions = start(pattern, following);
  for (const char of text) {
    positions = step(pattern, positions, { char }, following);
    if (positions.length === 0) {
      return false;
    }
  }
  return accepts(pattern, positions);
}
