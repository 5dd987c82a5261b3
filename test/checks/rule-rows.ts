import { findings, foundBy, Resources } from './app-with';

type Row = [title: string, resources: Resources, expected: string[]];

/** Rows with findings are plants, rows without are near misses. */
export function finds(rule: string, rows: Row[], options: { requireCustomerKeys?: boolean } = {}): void {
  describe(rule, () => test.each(rows)('%s', (_title, resources, expected) => expect(foundBy(rule, findings({ S: resources }, options))).toEqual(expected)));
}
