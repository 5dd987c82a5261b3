import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { accessMarkdown } from './access-markdown';
import type { AccessModel } from './access-model';
import { accessHtml } from './html/access-html';

/** The access model as JSON, with two blanks of indentation and a line end. */
export function accessJson(model: AccessModel): string {
  return `${JSON.stringify(model, undefined, 2)}\n`;
}

/** Writes the report in all its forms into a directory, which is made where it is missing. */
export function writeReportFiles(model: AccessModel, directory: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'agentcore-access.json'), accessJson(model));
  writeFileSync(join(directory, 'agentcore-access.md'), accessMarkdown(model));
  writeFileSync(join(directory, 'agentcore-access.html'), accessHtml(model));
}
