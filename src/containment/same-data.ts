/** Whether two values are the same data. */
export function sameData(one: unknown, other: unknown): boolean {
  if (one === other || typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) {
    return one === other;
  }
  const [ones, others] = [one, other] as Readonly<Record<string, unknown>>[];
  const names = Object.keys(ones);
  return names.length === Object.keys(others).length && names.every((name) => name in others && sameData(ones[name], others[name]));
}
