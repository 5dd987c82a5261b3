import { Comparison } from './change';

/** The comparison as JSON, with two blanks of indentation and a line end. */
export function comparisonJson(result: Comparison): string {
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
