import * as fc from 'fast-check';
import { named } from './rights-story';
import { policyDocuments } from '../../src/permission/policy-documents';
import { Statement, statementJson } from '../../src/permission/statement';

/** As IAM counts: without white space. */
const size = (statement: Statement) => JSON.stringify(statementJson(statement)).length;
const documentSize = (statements: readonly Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements.map(statementJson) }).length;

const allow = (sid: string, resources: number, length = 100): Statement => ({
  sid, effect: 'Allow', actions: ['s3:GetObject'], resources: Array.from({ length: resources }, (_, index) => named(`arn:${sid}:${index}`.padEnd(length, 'x'))), conditions: [],
});
const deny = (sid: string): Statement => ({ sid, effect: 'Deny', actions: ['s3:PutObject'], resources: [named('*')], conditions: [] });
const sids = (documents: Statement[][]) => documents.map((statements) => statements.map(({ sid }) => sid));

test('nothing is no document', () => {
  expect(policyDocuments([], size)).toEqual([]);
});

test('what fits is one document, denials last', () => {
  expect(sids(policyDocuments([allow('A', 2), deny('D'), allow('B', 1)], size))).toEqual([['A', 'B', 'D']]);
});

test('what fits is not divided, what does not is', () => {
  const statements = [allow('A', 3), deny('D')];
  const length = documentSize(statements);
  expect(policyDocuments(statements, size, length + 2)).toHaveLength(1);
  expect(policyDocuments(statements, size, length - 1)).toHaveLength(2);
});

test('denials come in the first document, so that they are in force from the first piece on', () => {
  const documents = policyDocuments([allow('A', 5), allow('B', 5), deny('D'), deny('E')], size, 800);
  expect(documents.length).toBeGreaterThan(1);
  expect(sids(documents)[0].slice(0, 2)).toEqual(['D', 'E']);
  expect(sids(documents).slice(1).flat().filter((sid) => ['D', 'E'].includes(sid))).toEqual([]);
});

test('a statement that is too long is divided by its resources, and the pieces are numbered', () => {
  const documents = policyDocuments([allow('A', 12), deny('D')], size, 1100);
  expect(sids(documents)).toEqual([['D', 'A', 'APart2'], ['APart3']]);
  expect(documents.flat().filter(({ effect }) => effect === 'Allow').map(({ resources }) => resources!.length)).toEqual([4, 4, 4]);
});

test('the limit is that of a managed policy, unless another is given', () => {
  const documents = policyDocuments([allow('A', 100), deny('D')], size);
  expect(documents.map(documentSize).filter((length) => length > 6144)).toEqual([]);
  expect(documents.length).toBeGreaterThan(1);
  expect(documents.length).toBeLessThanOrEqual(3);
});

test('a statement with one resource is never divided', () => {
  expect(sids(policyDocuments([allow('A', 1, 900), allow('B', 1, 900), deny('D')], size, 1100))).toEqual([['D', 'A'], ['B']]);
});

test('a Deny of all but some resources is never divided: each piece would deny what the others spare', () => {
  const others = { sid: 'Others', effect: 'Deny', actions: ['s3:PutObject'], notResources: allow('A', 12).resources, conditions: [] } as const;
  const documents = policyDocuments([allow('B', 1), others], size, 1100);
  expect(documents).toEqual([[others], [allow('B', 1)]]);
});

test('a resource that is longer than half a document has a piece of its own', () => {
  expect(sids(policyDocuments([allow('A', 2, 900)], size, 1100))).toEqual([['A'], ['APart2']]);
});

test('a statement that fits nowhere stands alone, and no document before it is empty', () => {
  expect(sids(policyDocuments([allow('A', 1, 2000), allow('B', 1)], size, 1100))).toEqual([['A'], ['B']]);
});

describe('to the character', () => {
  const each = (characters: number) => ({ resources }: Statement) => characters * resources!.length;
  const single = ['A', 'B', 'C'].map((sid) => allow(sid, 1));

  test.each<[string, number, number, string[][]]>([
    // 40 of the frame, and 100 for each statement with its comma.
    ['two statements fill a document', 99, 240, [['A', 'B'], ['C']]],
    ['two statements are one character too long', 99, 239, [['A'], ['B'], ['C']]],
    ['three statements fill a document', 99, 340, [['A', 'B', 'C']]],
  ])('%s', (_title, characters, longest, expected) => {
    expect(sids(policyDocuments(single, each(characters), longest))).toEqual(expected);
  });

  test.each<[string, number, number, number[]]>([
    // Half of what the frame leaves: 100 of 240.
    ['two resources are half a document', 50, 240, [2, 2, 1]],
    ['two resources are one character too long for half a document', 50, 239, [1, 1, 1, 1, 1]],
    ['two resources would only be half a document if the frame took nothing', 40, 190, [1, 1, 1, 1, 1]],
  ])('%s', (_title, characters, longest, expected) => {
    expect(policyDocuments([allow('A', 5)], each(characters), longest).flat().map(({ resources }) => resources!.length)).toEqual(expected);
  });
});

describe('whatever the statements', () => {
  const LONGEST = 1500;
  const anyResource = (longest: number) => fc.tuple(fc.nat(200), fc.integer({ min: 20, max: longest }))
    .map(([id, length]) => named(`arn:aws:s3:::${id}-`.padEnd(length, 'x')));
  const anyStatement = (effect: 'Allow' | 'Deny', mostResources: number, longestName: number) => fc.record({
    effect: fc.constant(effect),
    actions: fc.subarray(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], { minLength: 1 }),
    resources: fc.uniqueArray(anyResource(longestName), { minLength: 1, maxLength: mostResources, selector: ({ arn }) => arn }),
    conditions: fc.constantFrom([], [{ operator: 'Bool', key: 'aws:ViaAWSService', values: ['true'] }]),
  });
  /** One resource of an Allow fits in half a document, and all Denies in one. */
  const divisible: fc.Arbitrary<Statement[]> = fc.tuple(
    fc.array(anyStatement('Allow', 30, 400), { maxLength: 6 }), fc.array(anyStatement('Deny', 1, 40), { maxLength: 3 }), fc.array(fc.nat()),
  ).map(([allows, denies, places]) => {
    const mixed: Omit<Statement, 'sid'>[] = [...allows];
    denies.forEach((each, index) => mixed.splice((places[index] ?? 0) % (mixed.length + 1), 0, each));
    return mixed.map((each, index) => ({ ...each, sid: `Statement${String.fromCharCode(65 + index)}` }));
  });
  const always = (check: (statements: Statement[], documents: Statement[][]) => void) => fc.assert(
    fc.property(divisible, (statements) => check(statements, policyDocuments(statements, size, LONGEST))), { seed: 20261121, numRuns: 400 },
  );

  test('no pair of action and resource is lost, none is added, and each keeps its effect and conditions', () => {
    always((statements, documents) => expect(pairs(documents.flat())).toEqual(pairs(statements)));
  });

  test('no document is too long, and none is empty', () => {
    always((_statements, documents) => {
      expect(documents.map(documentSize).filter((length) => length > LONGEST)).toEqual([]);
      expect(documents.filter((statements) => statements.length === 0)).toEqual([]);
    });
  });

  test('all denials are in the first document', () => {
    always((_statements, documents) => expect(documents.slice(1).flat().filter(({ effect }) => effect === 'Deny')).toEqual([]));
  });

  test('Sids stay valid, and each is there once', () => {
    always((_statements, documents) => {
      const all = documents.flat().map(({ sid }) => sid);
      expect(all.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
      expect(new Set(all).size).toBe(all.length);
    });
  });

  test('no statement is left without resource', () => {
    always((_statements, documents) => expect(documents.flat().filter(({ resources }) => resources!.length === 0)).toEqual([]));
  });

  test('the Allows stay in their order', () => {
    always((statements, documents) => {
      const order = documents.flat().filter(({ effect }) => effect === 'Allow').map(({ sid }) => sid.replace(/Part\d+$/, ''));
      expect([...new Set(order)]).toEqual(statements.filter(({ effect }) => effect === 'Allow').map(({ sid }) => sid));
    });
  });
});

/** Every single permission of the statements, as text, sorted. */
function pairs(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ effect, actions, resources, conditions }) =>
    actions.flatMap((action) => resources!.map(({ arn }) => `${effect} ${action} ${arn} ${JSON.stringify(conditions)}`))).sort();
}
