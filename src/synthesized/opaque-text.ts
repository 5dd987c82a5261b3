/**
 * A value that is known only at deployment, as `${...}`. Equal words stand for equal values.
 *
 * The words hold nothing that IAM or a reader of JSON would take for its own: no wildcard, no quote, no brace.
 */
export function opaque(words: string): string {
  const inner = words.replace(/\$\{/g, '<').replace(/\}/g, '>').replace(/["\\*?\n{]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `\${${inner}}`;
}

/** Whether a text holds something that is known only at deployment. IAM's own variables (`${aws:...}`) are known. */
export function isOpaque(text: string): boolean {
  return /\$\{(?!aws:|\*\}|\?\}|\$\})[^}]+\}/.test(text);
}

/** What stands for an environment's parts where they are known only at deployment. None of them holds a separator. */
const PLAIN = ['${AWS::Region}', '${AWS::AccountId}', '${AWS::Partition}'];

/** Splits a text, if it is certain where: no part that is known only at deployment may hold the delimiter. */
export function splitText(text: string, delimiter: string): string[] | undefined {
  const masked = mask(text);
  return delimiter === '' || isOpaque(masked) ? undefined : masked.split(delimiter).map(unmask);
}

/** One piece of a split text, if what is in front of it and itself are certain. */
export function pieceOf(text: string, delimiter: string, index: number): string | undefined {
  const known = mask(text).split('${')[0];
  const whole = splitText(text, delimiter);
  if (whole !== undefined) {
    return whole[index];
  }
  // The last piece of the known beginning goes on behind it.
  return delimiter === '' ? undefined : known.split(delimiter).slice(0, -1).map(unmask)[index];
}

function mask(text: string): string {
  return PLAIN.reduce((masked, plain, index) => masked.split(plain).join(`\u0001${index}\u0002`), text);
}

function unmask(text: string): string {
  return PLAIN.reduce((plain, words, index) => plain.split(`\u0001${index}\u0002`).join(words), text);
}
