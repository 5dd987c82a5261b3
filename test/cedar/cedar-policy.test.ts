import { alternativesOf, CedarCondition, cedarExpression } from '../../src/cedar/cedar-condition';
import { CedarPolicy, cedarText, dividedPolicy, targetActions, toolAction } from '../../src/cedar/cedar-policy';
import { ANYTHING, cedarPattern, cedarString, isCedarText } from '../../src/cedar/cedar-text';
import { ClaimShape } from '../../src/cedar/claim-shape';
import { claimTests, unmatchable } from '../../src/cedar/claim-tests';

/* Cedar source, letter by letter: https://docs.cedarpolicy.com/policies/syntax-grammar.html */
const GATEWAY = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5';
const ALWAYS: CedarCondition = { kind: 'always' };
const user = (id: string): CedarCondition => ({ kind: 'principal', type: 'OAuthUser', id });
const permit = (given: Partial<CedarPolicy> = {}): CedarPolicy => ({ effect: 'permit', action: toolAction('Crm', 'find'), gatewayArn: GATEWAY, condition: ALWAYS, ...given });

describe('a policy', () => {
  test.each<[string, Partial<CedarPolicy>, string]>([
    ['for whoever calls', {}, `permit(\n  principal,\n  action == AgentCore::Action::"Crm___find",\n  resource == AgentCore::Gateway::"${GATEWAY}"\n);`],
    ['for users with a token', { principal: 'OAuthUser' },
      `permit(\n  principal is AgentCore::OAuthUser,\n  action == AgentCore::Action::"Crm___find",\n  resource == AgentCore::Gateway::"${GATEWAY}"\n);`],
    ['against IAM roles, for a whole target', { effect: 'forbid', principal: 'IamEntity', action: targetActions('Crm') },
      `forbid(\n  principal is AgentCore::IamEntity,\n  action in AgentCore::Action::"Crm",\n  resource == AgentCore::Gateway::"${GATEWAY}"\n);`],
    ['under a condition', { condition: user('alice') },
      `permit(\n  principal,\n  action == AgentCore::Action::"Crm___find",\n  resource == AgentCore::Gateway::"${GATEWAY}"\n) when {\n  principal == AgentCore::OAuthUser::"alice"\n};`],
  ])('%s', (_title, given, text) => expect(cedarText(permit(given))).toBe(text));
});

describe('a condition', () => {
  const input = (path: string[], test: unknown) => ({ kind: 'input', path, test }) as CedarCondition;
  test.each<[string, CedarCondition, string]>([
    ['always', ALWAYS, 'true'],
    ['a user', user('a"b'), 'principal == AgentCore::OAuthUser::"a\\"b"'],
    ['an IAM role', { kind: 'principal', type: 'IamEntity', id: 'r' }, 'principal == AgentCore::IamEntity::"r"'],
    ['not', { kind: 'not', of: user('a') }, '!(principal == AgentCore::OAuthUser::"a")'],
    ['all', { kind: 'all', of: [ALWAYS, user('a'), { kind: 'not', of: user('b') }] },
      'true &&\n  (principal == AgentCore::OAuthUser::"a") &&\n  !(principal == AgentCore::OAuthUser::"b")'],
    ['any', { kind: 'any', of: [user('a'), user('b')] }, '(principal == AgentCore::OAuthUser::"a") ||\n  (principal == AgentCore::OAuthUser::"b")'],
    ['a text', input(['size'], { operator: 'equals', values: ['s'] }), 'context.input has "size" && (context.input["size"] == "s")'],
    ['one of two texts', input(['size'], { operator: 'equals', values: ['s', 'm'] }), 'context.input has "size" && (context.input["size"] == "s" || context.input["size"] == "m")'],
    ['inside an object, each step guarded', input(['order', 'to'], { operator: 'startsWith', value: 'DE*' }),
      'context.input has "order" && context.input["order"] has "to" && context.input["order"]["to"] like "DE\\**"'],
    ['a truth value', input(['dry'], { operator: 'is', value: true }), 'context.input has "dry" && context.input["dry"] == true'],
    ['at least', input(['n'], { operator: 'integerBetween', atLeast: 1 }), 'context.input has "n" && context.input["n"] >= 1'],
    ['at most', input(['n'], { operator: 'integerBetween', atMost: 0 }), 'context.input has "n" && context.input["n"] <= 0'],
    ['between', input(['n'], { operator: 'integerBetween', atLeast: -1, atMost: 9 }), 'context.input has "n" && context.input["n"] >= -1 && context.input["n"] <= 9'],
    ['decimals', input(['n'], { operator: 'decimalBetween', atLeast: 0.5, atMost: 2 }),
      'context.input has "n" && context.input["n"].greaterThanOrEqual(decimal("0.5000")) && context.input["n"].lessThanOrEqual(decimal("2.0000"))'],
    ['a claim', { kind: 'claim', claim: 'team', value: 'sales', shape: ClaimShape.SINGLE }, 'principal.hasTag("team") && (\n    principal.getTag("team") == "sales"\n  )'],
    ['a claim of any list', { kind: 'claim', claim: 'scope', value: 'x', shape: ClaimShape.ANY_LIST }, [
      'principal.hasTag("scope") && (',
      '    principal.getTag("scope") == "x" ||',
      '    principal.getTag("scope") == "[\\"x\\"]" ||',
      '    principal.getTag("scope") like "[\\"x\\",*]" ||',
      '    principal.getTag("scope") like "[\\"*\\",\\"x\\"]" ||',
      '    principal.getTag("scope") like "[\\"*\\", \\"x\\"]" ||',
      '    principal.getTag("scope") like "[\\"*\\",\\"x\\",*]" ||',
      '    principal.getTag("scope") like "[\\"*\\", \\"x\\",*]" ||',
      '    (!(principal.getTag("scope") like "[*") && (principal.getTag("scope") like "x *" || principal.getTag("scope") like "* x" || principal.getTag("scope") like "* x *"))',
      '  )',
    ].join('\n')],
  ])('%s', (_title, condition, expression) => expect(cedarExpression(condition)).toBe(expression));
});

describe('a policy that is too long', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(user);
  const any: CedarPolicy = permit({ condition: { kind: 'any', of: [a, { kind: 'any', of: [b, c] }] } });
  const usersOf = (text: string) => [...text.matchAll(/OAuthUser::"(.)"/g)].map(([, name]) => name).join('');

  test('its alternatives, also those within alternatives', () => expect(alternativesOf(any.condition)).toEqual([a, b, c]));
  test('another condition is its own only alternative', () => expect(alternativesOf({ kind: 'all', of: [a, b] })).toEqual([{ kind: 'all', of: [a, b] }]));
  test('what fits stays as it is', () => expect(dividedPolicy(any, () => true)).toEqual([any]));
  test('pieces of two', () => expect(dividedPolicy(any, (text) => usersOf(text).length <= 2).map((piece) => usersOf(cedarText(piece)))).toEqual(['ab', 'c']));
  test('pieces of one, without an "any" around it', () => expect(dividedPolicy(any, (text) => usersOf(text).length <= 1).map(({ condition }) => condition)).toEqual([a, b, c]));
  test('what cannot be divided stays, too long', () => expect(dividedPolicy(permit({ condition: a }), () => false)).toEqual([permit({ condition: a })]));
  test('pieces keep effect, action and gateway', () => expect(dividedPolicy({ ...any, effect: 'forbid' }, (text) => usersOf(text).length <= 1)[2]).toEqual({ ...any, effect: 'forbid', condition: c }));
});

describe('text', () => {
  test.each([
    ['plain ~', '"plain ~"'], ['"', '"\\""'], ['\\', '"\\\\"'], ['é', '"\\u{e9}"'], ['😀', '"\\u{1f600}"'], ['\n', '"\\u{a}"'], ['\u007f', '"\\u{7f}"'],
    ['${x}', '"\\u{24}{x}"'], ['${Token[A.1]}', '"${Token[A.1]}"'], ['a*', '"a*"'],
  ])('%j as a literal', (text, literal) => expect(cedarString(text)).toBe(literal));

  test('in a pattern an asterisk is an asterisk', () => expect(cedarPattern([ANYTHING, 'a*b*', ANYTHING])).toBe('"*a\\*b\\**"'));

  test.each<[string, boolean]>([
    ['text', true], ['😀', true], ['', true], [' ~', true], ['\u00a0', true], ['\u0000', false], ['\u001f', false], ['\u007f', false], ['\u009f', false], ['\ud83d', false], ['\ude00', false], ['\ud83dx', false], ['x\ude00', false],
  ])('%j can be held: %s', (text, good) => expect(isCedarText(text)).toBe(good));
});

describe('what cannot be matched', () => {
  const { SINGLE, BLANK_SEPARATED, JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST } = ClaimShape;
  const EMPTY = 'it is empty';
  const CONTROL = 'it has a control character or half of a character';
  const BLANK = 'it has a blank, and the values of the claim stand between blanks';
  const BETWEEN = 'it begins with a character that also stands between the members of a JSON array';
  const BEGINS = 'it begins like a JSON array';
  test.each<[string, Partial<Record<ClaimShape, string>>]>([
    ['', { [SINGLE]: EMPTY, [BLANK_SEPARATED]: EMPTY, [JSON_ARRAY]: EMPTY, [ARRAY_OR_SINGLE]: EMPTY, [ANY_LIST]: EMPTY }],
    ['a\nb', { [SINGLE]: CONTROL, [BLANK_SEPARATED]: CONTROL, [JSON_ARRAY]: CONTROL, [ARRAY_OR_SINGLE]: CONTROL, [ANY_LIST]: CONTROL }],
    ['a b', { [BLANK_SEPARATED]: BLANK, [ANY_LIST]: BLANK }],
    [' a', { [BLANK_SEPARATED]: BLANK, [JSON_ARRAY]: BETWEEN, [ARRAY_OR_SINGLE]: BETWEEN, [ANY_LIST]: BLANK }],
    [',a', { [JSON_ARRAY]: BETWEEN, [ARRAY_OR_SINGLE]: BETWEEN, [ANY_LIST]: BETWEEN }],
    [']a', { [JSON_ARRAY]: BETWEEN, [ARRAY_OR_SINGLE]: BETWEEN, [ANY_LIST]: BETWEEN }],
    [':a', { [JSON_ARRAY]: BETWEEN, [ARRAY_OR_SINGLE]: BETWEEN, [ANY_LIST]: BETWEEN }],
    ['a,', {}],
    ['[a', { [ARRAY_OR_SINGLE]: BEGINS, [ANY_LIST]: BEGINS }],
    ['a[', {}],
  ])('%j', (value, reasons) => expect(Object.fromEntries([SINGLE, BLANK_SEPARATED, JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST].flatMap((shape) => {
    const reason = unmatchable(value, shape);
    return reason === undefined ? [] : [[shape, reason]];
  }))).toEqual(reasons));

  test('an array or one value is the JSON array, and the value itself', () => expect(claimTests('a b', ARRAY_OR_SINGLE)).toEqual({ ...claimTests('a b', JSON_ARRAY), texts: ['a b', '["a b"]'] }));
  test('other than ASCII is looked for as it is and escaped', () => expect(claimTests('é', JSON_ARRAY).texts).toEqual(['["é"]', '["\\u00e9"]']));
  test('a JSON array is not looked for between blanks', () => expect(claimTests('a', JSON_ARRAY).patternsOutsideJson).toEqual([]));
  test('between blanks', () => expect(claimTests('a', BLANK_SEPARATED)).toEqual({ texts: ['a'], patterns: [['a ', ANYTHING], [ANYTHING, ' a'], [ANYTHING, ' a ', ANYTHING]], patternsOutsideJson: [] }));
});
