import { ANYTHING, CedarPattern, isCedarText } from './cedar-text';
import { ClaimShape } from './claim-shape';

/** Texts of a claim that hold a value: one of these exactly, or one that matches a pattern. */
export interface ClaimTests {
  readonly texts: readonly string[];
  readonly patterns: readonly CedarPattern[];
  /** Patterns that count only where the text is no JSON array. */
  readonly patternsOutsideJson: readonly CedarPattern[];
}

/**
 * The tests that hold for exactly those texts of a claim in which the value stands as a whole member, wherever in the list.
 *
 * Between blanks: the value alone, first, last, or in the middle, with the blank as its border. In JSON: the value with its
 * quotation marks, behind `[` or a comma and in front of a comma or `]`. Within a JSON text a quotation mark always has a
 * backslash in front, so `,"` cannot stand in a member; it can end one whose last character is a comma, which is why a value
 * that begins like what follows a member is refused (`unmatchable`).
 */
export function claimTests(value: string, shape: ClaimShape): ClaimTests {
  switch (shape) {
    case ClaimShape.SINGLE: return { texts: [value], patterns: [], patternsOutsideJson: [] };
    case ClaimShape.BLANK_SEPARATED: return { texts: [value], patterns: betweenBlanks(value), patternsOutsideJson: [] };
    case ClaimShape.JSON_ARRAY: return inJson(value);
    case ClaimShape.ARRAY_OR_SINGLE: return withItself(value, inJson(value));
    case ClaimShape.ANY_LIST: return { ...withItself(value, inJson(value)), patternsOutsideJson: betweenBlanks(value) };
  }
}

/** Why a value cannot be matched exactly in a claim of this shape, or nothing if it can. */
export function unmatchable(value: string, shape: ClaimShape): string | undefined {
  if (value === '') {
    return 'it is empty';
  }
  if (!isCedarText(value)) {
    return 'it has a control character or half of a character';
  }
  if ((shape === ClaimShape.BLANK_SEPARATED || shape === ClaimShape.ANY_LIST) && value.includes(' ')) {
    return 'it has a blank, and the values of the claim stand between blanks';
  }
  const mayBeJson = shape === ClaimShape.JSON_ARRAY || shape === ClaimShape.ARRAY_OR_SINGLE || shape === ClaimShape.ANY_LIST;
  if (mayBeJson && /^[\],: ]/.test(value)) {
    return 'it begins with a character that also stands between the members of a JSON array';
  }
  if (mayBeJson && shape !== ClaimShape.JSON_ARRAY && value.startsWith('[')) {
    return 'it begins like a JSON array';
  }
  return undefined;
}

/** The value as the whole text of the claim, too. */
function withItself(value: string, tests: ClaimTests): ClaimTests {
  return { ...tests, texts: [value, ...tests.texts] };
}

function betweenBlanks(value: string): CedarPattern[] {
  return [[`${value} `, ANYTHING], [ANYTHING, ` ${value}`], [ANYTHING, ` ${value} `, ANYTHING]];
}

function inJson(value: string): ClaimTests {
  const forms = jsonForms(value);
  return {
    texts: forms.map((form) => `[${form}]`),
    patterns: forms.flatMap((form): CedarPattern[] => [
      [`[${form},`, ANYTHING, ']'],
      ['["', ANYTHING, `",${form}]`],
      ['["', ANYTHING, `", ${form}]`],
      ['["', ANYTHING, `",${form},`, ANYTHING, ']'],
      ['["', ANYTHING, `", ${form},`, ANYTHING, ']'],
    ]),
    patternsOutsideJson: [],
  };
}

/** The value as JSON writes it; other than ASCII also as `\uXXXX`, as some writers do. */
function jsonForms(value: string): string[] {
  const plain = JSON.stringify(value);
  const ascii = plain.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return plain === ascii ? [plain] : [plain, ascii];
}
