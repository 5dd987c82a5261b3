/** A table in Markdown. Numbers stand at the right. */
export function table<T extends object>(rows: readonly T[]): string {
  const columns = Object.keys(rows[0]) as (keyof T & string)[];
  const line = (cells: unknown[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line(columns),
    line(columns.map((column) => (rows.some((row) => typeof row[column] === 'number') ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map((column) => row[column]))),
  ].join('');
}
