import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder of one run of jest, which its workers share; made by seen-cedar-reporter.cjs, which counts what is in it. */
const FOLDER = process.env.CEDAR_SEEN;
const here = new Set<string>();

/** Whether it was seen in this run: in this test file, or in any where a reporter made the folder. */
export function wasSeen(kind: 'policy' | 'gateway', content: string): boolean {
  const name = fileOf(kind, content);
  return here.has(name) || (FOLDER !== undefined && existsSync(join(FOLDER, name)));
}

/** Remembers it for the rest of the run. */
export function remember(kind: 'policy' | 'gateway', content: string): void {
  const name = fileOf(kind, content);
  if (!here.has(name) && FOLDER !== undefined) {
    writeFileSync(join(FOLDER, name), '');
  }
  here.add(name);
}

function fileOf(kind: string, content: string): string {
  return `${kind}-${createHash('sha256').update(content).digest('hex')}`;
}
