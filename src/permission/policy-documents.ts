import { NamedResource, Statement } from './statement';

/** The longest document that is written, in characters without white space: IAM's limit for a managed policy. */
export const LONGEST_DOCUMENT = 6144;

/** `{"Version":"2012-10-17","Statement":[]}` */
const FRAME = 40;

/** How long a document of these statements is. */
export function documentLength(statements: readonly Statement[], size: (statement: Statement) => number): number {
  return FRAME + statements.reduce((sum, statement) => sum + size(statement) + 1, 0);
}

/**
 * Divides statements into documents that IAM accepts. Never by widening: a statement that is too long for one document is
 * divided by its resources, which IAM evaluates one by one, and the pieces keep its Sid with a number.
 *
 * The Denies come in the first documents, one where they fit, so that they are in force from the first piece on. A Deny of all but
 * some resources is never divided: each piece would deny what the others spare.
 */
export function policyDocuments(statements: readonly Statement[], size: (statement: Statement) => number, longest: number = LONGEST_DOCUMENT): Statement[][] {
  const denies = statements.filter((statement) => statement.effect === 'Deny');
  const allows = statements.filter((statement) => statement.effect === 'Allow');
  const whole = documentLength([...allows, ...denies], size);
  if (whole <= longest) {
    return statements.length === 0 ? [] : [[...allows, ...denies]];
  }
  const documents: Statement[][] = [[]];
  let used = FRAME;
  for (const statement of [...denies, ...allows].flatMap((each) => divided(each, size, longest))) {
    const length = size(statement) + 1;
    if (used + length > longest && used > FRAME) {
      documents.push([]);
      used = FRAME;
    }
    documents[documents.length - 1].push(statement);
    used += length;
  }
  return documents;
}

function divided(statement: Statement, size: (statement: Statement) => number, longest: number): Statement[] {
  if (statement.resources === undefined || statement.resources.length < 2) {
    return [statement];
  }
  // Half a document, so that pieces fill the gaps that other statements leave.
  const target = Math.floor((longest - FRAME) / 2);
  const pieces: NamedResource[][] = [];
  for (const resource of statement.resources) {
    const current = pieces[pieces.length - 1];
    if (current !== undefined && size({ ...statement, resources: [...current, resource] }) <= target) {
      current.push(resource);
    } else {
      pieces.push([resource]);
    }
  }
  return pieces.map((piece, index) => ({ ...statement, sid: index === 0 ? statement.sid : `${statement.sid}Part${index + 1}`, resources: piece }));
}
