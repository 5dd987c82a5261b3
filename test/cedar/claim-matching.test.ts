import { prepared } from './cedar-engine';
import { cedarText, toolAction } from '../../src/cedar/cedar-policy';
import { ClaimShape } from '../../src/cedar/claim-shape';
import { unmatchable } from '../../src/cedar/claim-tests';

/*
 * Whether a claim holds a value, asked of Cedar's own engine, against plain membership in a list.
 */
const GATEWAY = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5';

/** Whether a text of the claim holds the value. */
function holder(value: string, shape: ClaimShape): (claimText: string | undefined) => boolean {
  const decide = prepared(cedarText({
    effect: 'permit', principal: 'OAuthUser', action: toolAction('T', 'tool'), gatewayArn: GATEWAY, condition: { kind: 'claim', claim: 'scope', value, shape },
  }));
  return (claimText) => decide({
    principal: { type: 'OAuthUser', id: 'u' }, claims: claimText !== undefined ? { scope: claimText } : {}, action: 'T___tool', gatewayArn: GATEWAY,
  }) === 'allow';
}

describe('mcp:call', () => {
  const { SINGLE, BLANK_SEPARATED, JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST } = ClaimShape;
  test.each<[string | undefined, ClaimShape[]]>([
    ['mcp:call', [SINGLE, BLANK_SEPARATED, ARRAY_OR_SINGLE, ANY_LIST]],
    ['mcp:call calendar:read', [BLANK_SEPARATED, ANY_LIST]],
    ['calendar:read mcp:call', [BLANK_SEPARATED, ANY_LIST]],
    ['a mcp:call b', [BLANK_SEPARATED, ANY_LIST]],
    ['["mcp:call"]', [JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST]],
    ['["mcp:call","b"]', [JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST]],
    ['["a","mcp:call"]', [JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST]],
    ['["a", "mcp:call"]', [JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST]],
    ['["a", "mcp:call", "b"]', [JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST]],
    [undefined, []],
    ['', []],
    ['mcp:call:admin', []],
    ['xmcp:call', []],
    ['mcp:call2', []],
    ['mcp:call:admin xmcp:call mcp:call2', []],
    ['MCP:CALL', []],
    ['mcp:call\tx', []],
    ['mcp:call,x', []],
    ['mcp:*', []],
    ['*', []],
    ['mcp:cal*', []],
    ['"mcp:call"', []],
    ['\\"mcp:call\\"', []],
    ['["mcp:call:admin"]', []],
    ['["xmcp:call"]', []],
    ['["mcp:call2","mcp:cal"]', []],
    ['["x\\",\\"mcp:call"]', []],
    ['["x\\",\\"mcp:call\\",\\"y"]', []],
    ['["x mcp:call y"]', []],
    ['["a","x mcp:call y","b"]', []],
    ['{"a":"mcp:call"}', []],
    ['["mcp:call"', []],
  ])('%j is matched by %j', (text, shapes) => {
    // A blank-separated claim has no JSON, so there `["x mcp:call y"]` would be a list of three.
    const asked = [SINGLE, BLANK_SEPARATED, JSON_ARRAY, ARRAY_OR_SINGLE, ANY_LIST].filter((shape) => !(shape === BLANK_SEPARATED && text?.startsWith('[')));
    expect(asked.filter((shape) => holder('mcp:call', shape)(text))).toEqual(shapes);
  });
});

/*
 * Names with blanks, as Okta, Entra and Active Directory have them. The texts are what AgentCore makes of the claim: a list becomes the
 * JSON text of its array, a single text stays as it is.
 */
describe('groups whose names share words', () => {
  const { ARRAY_OR_SINGLE, JSON_ARRAY } = ClaimShape;
  const NEITHER: string[] = [];
  test.each<[string, string[]]>([
    ['Admins', ['Admins']],
    ['Sales Admins', ['Sales Admins']],
    ['["Admins"]', ['Admins']],
    ['["Sales Admins"]', ['Sales Admins']],
    ['["Staff","Sales Admins","Admins"]', ['Admins', 'Sales Admins']],
    ['["Staff", "Admins", "Everyone"]', ['Admins']],
    ['Admins Sales', NEITHER],
    ['Billing Admins Readers', NEITHER],
    ['Sales  Admins', NEITHER],
    ['Adminss', NEITHER],
    ['admins', NEITHER],
    ['ADMINS', NEITHER],
    ['Admin', NEITHER],
    ['Admins ', NEITHER],
    [' Admins', NEITHER],
    ['Staff Admins Everyone', NEITHER],
    ['["Admins Sales"]', NEITHER],
    ['["Adminss","admins","Sales","Admin"]', NEITHER],
    ['["Staff","Global Sales Admins"]', NEITHER],
    ['["Staff","Sales Admins EU","Everyone"]', NEITHER],
    ['["x\\",\\"Admins"]', NEITHER],
    ['[]', NEITHER],
    ['', NEITHER],
  ])('%j holds %j', (text, held) => {
    expect(['Admins', 'Sales Admins'].filter((group) => holder(group, ARRAY_OR_SINGLE)(text))).toEqual(held);
    expect(['Admins', 'Sales Admins'].filter((group) => holder(group, JSON_ARRAY)(text))).toEqual(text.startsWith('[') ? held : NEITHER);
  });

  test('what is said of blanks is true: between them, a name of two words is two', () =>
    expect([ClaimShape.BLANK_SEPARATED, ClaimShape.ANY_LIST].map((shape) => holder('Admins', shape)('Sales Admins'))).toEqual([true, true]));
});

describe('at random', () => {
  /** Park and Miller's generator: the same sequence in every run. */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
  }
  const LISTS_EACH = 40;
  const blank = (list: string[]) => list.join(' ');
  const json = (list: string[]) => JSON.stringify(list);
  const spacedJson = (list: string[]) => `[${list.map((each) => JSON.stringify(each)).join(', ')}]`;
  const alone = ([first = '']: string[]) => first;
  const SCOPE_LETTERS = [...'ab:*,[]{}().?'];
  const HOSTILE_LETTERS = [...'ab"\\*,[]: {}?', 'é', '"', '\\', ',', '😀'];
  const WITHOUT_BLANK = HOSTILE_LETTERS.filter((letter) => letter !== ' ');

  test.each<[string, ClaimShape, string[], ((list: string[]) => string)[], number]>([
    ['OAuth2 scopes between blanks or as JSON', ClaimShape.ANY_LIST, SCOPE_LETTERS, [blank, json, spacedJson], 260],
    ['hostile values between blanks', ClaimShape.BLANK_SEPARATED, WITHOUT_BLANK, [blank], 75],
    ['hostile values as JSON or alone', ClaimShape.ARRAY_OR_SINGLE, HOSTILE_LETTERS, [json, spacedJson, alone], 75],
    ['hostile values as JSON', ClaimShape.JSON_ARRAY, HOSTILE_LETTERS, [json, spacedJson], 75],
  ])('%s: the same as membership', (_what, shape, letters, encodings, values) => {
    const next = random(20261121);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)];
    const word = (longest: number) => Array.from({ length: 1 + Math.floor(next() * longest) }, () => pick(letters)).join('');
    const differences: string[] = [];
    let asked = 0;
    let members = 0;
    while (asked < values * LISTS_EACH) {
      const value = word(3);
      if (unmatchable(value, shape) !== undefined) continue;
      const holds = holder(value, shape);
      for (let count = 0; count < LISTS_EACH; count++) {
        const near = () => pick([word(3), word(2), `${value}${word(1)}`, `${word(1)}${value}`, `${word(1)}${value}${word(1)}`, value, [...value].slice(1).join('') || word(1)]);
        const list = Array.from({ length: Math.floor(next() * 4) }, near);
        const encoding = pick(encodings);
        const text = encoding(list);
        // Where JSON can come, too, a text that begins with [ is read as JSON; such values are outside of what is promised.
        if (encodings.includes(json) && (encoding === blank || encoding === alone) && text.startsWith('[')) continue;
        const expected = (encoding === alone ? list.slice(0, 1) : list).includes(value);
        asked += 1;
        members += Number(expected);
        if (holds(text) !== expected) differences.push(`${JSON.stringify(value)} in ${text}: ${!expected}`);
      }
    }
    expect(differences).toEqual([]);
    expect(members / asked).toBeGreaterThan(0.1);
    expect(members / asked).toBeLessThan(0.7);
  });
});
