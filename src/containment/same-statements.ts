import { PolicyStatement } from './policy-statement';
import { sameData } from './same-data';

/** Whether two lists hold the same statements, whatever their order, their Sids and the order of their members. */
export function sameStatements(one: readonly PolicyStatement[] | undefined, other: readonly PolicyStatement[] | undefined): boolean {
  if (one === undefined || other === undefined || one === other) {
    return one === other;
  }
  if (sameData(one, other)) {
    return true;
  }
  const [ones, others] = [one, other].map((statements) => new Set(statements.map(statementWords)));
  return ones.size === others.size && [...ones].every((words) => others.has(words));
}

/** The same words for statements that are written differently only in order. */
export function statementWords(statement: PolicyStatement): string {
  const known = WORDS.get(statement) ?? wordsOf(statement);
  WORDS.set(statement, known);
  return known;
}

const WORDS = new WeakMap<PolicyStatement, string>();

function wordsOf({ effect, actions, notActions, resources, notResources, principals, notPrincipals, conditions }: PolicyStatement): string {
  const people = (list: PolicyStatement['principals']) => list && sorted(list.map(({ type, value }) => `${type} ${value}`));
  return JSON.stringify([
    effect, sorted(actions?.map((action) => action.toLowerCase())), sorted(notActions?.map((action) => action.toLowerCase())), sorted(resources), sorted(notResources),
    people(principals), people(notPrincipals),
    sorted(conditions.map(({ operator, key, values }) => JSON.stringify([operator.toLowerCase(), key.toLowerCase(), sorted(values)]))),
  ]);
}

function sorted(values: readonly string[] | undefined): string[] | null {
  return values === undefined ? null : [...new Set(values)].sort();
}
