import { writeFileSync } from 'fs';

/** Prints a text, or writes it to a file and says so. */
export function put(text: string, file?: string): void {
  if (file === undefined) {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  } else {
    writeFileSync(file, text);
    process.stderr.write(`${file} written\n`);
  }
}

/** JSON for other programs, with a version of its own. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
