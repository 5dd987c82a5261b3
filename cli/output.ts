import { writeFileSync } from 'fs';
import { visible } from '../src/review/html/html-text';

/** Prints a text, in which nothing moves the cursor or hides what stands there, or writes it to a file and says so. */
export function put(text: string, file?: string): void {
  if (file === undefined) {
    process.stdout.write(visible(text.endsWith('\n') ? text : `${text}\n`));
  } else {
    writeFileSync(file, text);
    process.stderr.write(`${file} written\n`);
  }
}

/** What JSON lets stand, and a terminal does not show as it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** JSON for other programs, with a version of its own. Whatever could not be seen is written by its number. */
export function json(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2).replace(UNSEEN, (character) => (character === '\n' ? character : numbers(character)));
  return `${text}\n`;
}

function numbers(character: string): string {
  return character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
