import { readdirSync, readFileSync, statSync } from 'fs';
import { join, relative } from 'path';

/** The top of the repository, which paths of pages are relative to. */
export const ROOT = join(__dirname, '..', '..');

/** One documentation page. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a page. */
export interface Fence {
  readonly page: string;
  /** Number of the line in front of the code: the opening fence. */
  readonly line: number;
  readonly language: string;
  /** What stands behind the language: `no-run`, `throws=Agent/OwnerMissing`. */
  readonly marks: readonly string[];
  readonly code: string;
}

/** README, CONTRIBUTING and everything below docs/. */
export function pages(): Page[] {
  return ['README.md', 'CONTRIBUTING.md', ...markdownBelow('docs')].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** The fenced blocks of a page, in order. */
export function fences(page: Page): Fence[] {
  const found: Fence[] = [];
  const lines = page.text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const opening = /^(`{3,})(.*)$/.exec(lines[index]);
    if (opening === null) {
      continue;
    }
    const end = lines.indexOf(opening[1], index + 1);
    if (end === -1) {
      throw new Error(`${page.path}:${index + 1}: the fence is not closed`);
    }
    const [language, ...marks] = opening[2].trim().split(/\s+/);
    found.push({ page: page.path, line: index + 1, language, marks, code: lines.slice(index + 1, end).join('\n') });
    index = end;
  }
  return found;
}

/** Targets of the links of a page, fenced blocks left out. */
export function links(page: Page): string[] {
  const prose = page.text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}

/** The anchors that the headings of a page give it. */
export function anchors(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)]
    .map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-'));
}

function markdownBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(join(ROOT, path)).isDirectory() ? markdownBelow(path) : name.endsWith('.md') ? [relative(ROOT, join(ROOT, path))] : [];
  });
}
