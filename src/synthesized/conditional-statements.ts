import type { PlacedStatement } from './policy-document';

/** What is left of statements that may not be there: a Deny then protects nobody. */
export function withoutDenials(statements: readonly PlacedStatement[]): readonly PlacedStatement[] {
  return statements.some(({ statement }) => statement.effect === 'Deny') ? statements.filter(({ statement }) => statement.effect === 'Allow') : statements;
}

/** Statements that are attached only in some branches. */
export function under(statements: readonly PlacedStatement[], onlyIf: readonly string[]): PlacedStatement[] {
  return onlyIf.length === 0 ? [...statements] : statements.map((placed) => ({ ...placed, onlyIf: bothOf(placed.onlyIf, onlyIf) }));
}

/** Branches in which both hold. No branch named: in all of them. */
export function bothOf(own: readonly string[], attached: readonly string[]): string[] {
  return attached.length === 0 ? [...own] : own.length === 0 || own.join() === attached.join() ? [...attached] : own.flatMap((one) => attached.map((other) => `${one} and ${other}`));
}
