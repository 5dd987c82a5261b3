/**
 * Text as Cedar source: what stands between quotation marks, so that no value can end its literal and begin a policy.
 *
 * Everything but printable ASCII is written as an escape, which also keeps characters that cannot be seen, or that turn the
 * reading direction, out of a reviewer's diff.
 * https://docs.cedarpolicy.com/policies/syntax-grammar.html
 */
export function cedarString(text: string): string {
  return `"${escaped(text)}"`;
}

/** Stands for any characters, also none, in a pattern. */
export const ANYTHING = Symbol('anything');

/** A pattern for `like`: literal pieces, in which an asterisk is an asterisk, and wildcards. */
export type CedarPattern = readonly (string | typeof ANYTHING)[];

/** The pattern as Cedar source. */
export function cedarPattern(pattern: CedarPattern): string {
  return `"${pattern.map((piece) => (piece === ANYTHING ? '*' : escaped(piece).replace(/\*/g, '\\*'))).join('')}"`;
}

/** Whether the text has no control characters and no half of a surrogate pair, so that Cedar can hold it. */
export function isCedarText(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u001f\u007f-\u009f]/.test(text) && !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

/** `${` is escaped as well: it means nothing to Cedar, but CloudFormation's checkers take it for a forgotten `Fn::Sub`. CDK's own tokens stay. */
function escaped(text: string): string {
  return text.split(/\$\{(?!Token\[)/).map(escapedPart).join('\\u{24}{');
}

function escapedPart(text: string): string {
  return [...text].map((character) => {
    if (character === '"' || character === '\\') {
      return `\\${character}`;
    }
    return character >= ' ' && character <= '~' ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`;
  }).join('');
}
