import { Problems, TextRule } from '../declaration/problems';

/** Expects the sentence that stands in the access report beside a broad form. */
export function expectReason(problems: Problems, reason: unknown, code: string, fix: string): void {
  const rule: TextRule = { name: 'reason', code, minimum: 10, maximum: 500, forPeople: true, allowed: 'a sentence of 10 to 500 characters', fix };
  problems.expectText(reason, rule);
}
