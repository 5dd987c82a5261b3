import { createHash } from 'crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { HOSTILE, hostileModel } from './hostile';
import { largeModel } from './large-model';
import { wholeRange } from './whole-range';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner } from '../../src';
import { accessMarkdown } from '../../src/review/access-markdown';
import { accessHtml } from '../../src/review/html/access-html';
import { visible } from '../../src/review/html/html-text';
import { sharedJson } from '../../src/review/html/shared-json';
import * as markdownText from '../../src/review/markdown-text';

/* The HTML page as bytes. What it does in a browser is tested in browser/. */
const page = AccessReport.of(wholeRange()).toHtml();

/** Reads shared JSON by its description, with none of the page's code. */
function read(text: string): unknown {
  const { shapes, table, root } = JSON.parse(text);
  const value = (given: any): unknown => {
    if (typeof given === 'number') return value(table[given]);
    if (Array.isArray(given)) {
      const members = given.slice(1).map(value);
      return given[0] === 0 ? members : Object.fromEntries(shapes[given[0] - 1].map((name: string, index: number) => [name, members[index]]));
    }
    return given !== null && typeof given === 'object' ? given.n : given;
  };
  return value(root);
}

describe('JSON that says everything once', () => {
  test('is read back as it was', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(read(sharedJson([plain, plain]))).toEqual([plain, plain]);
    }), { numRuns: 300 });
  });
  test.each<[string, unknown]>([
    ['numbers, which are not references', [0, 1, 2, 0, { n: 5 }, { n: { n: 5 } }]], ['empty ones', [[], {}, '', [], {}, '', null, false, null]],
    ['texts that look alike', ['1', 1, 'true', true, 'null', null]],
  ])('also %s', (_what, value) => expect(read(sharedJson(value))).toEqual(value));
  test('cannot end a script element', () => expect(sharedJson([HOSTILE.markup, '<!--', '\u2028'])).not.toMatch(/[<\u2028]/));
});

describe('the page', () => {
  test('is the same bytes for the same app', () => expect(AccessReport.of(wholeRange()).toHtml()).toBe(page));

  test('allows the one script and the one style that it has, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1].replace(/&#39;/g, '\'');
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const only = (pattern: RegExp) => { const all = [...page.matchAll(pattern)]; expect(all).toHaveLength(1); return all[0][1]; };
    expect(policy.split('; ')).toEqual([
      'default-src \'none\'', `script-src ${hash(only(/<script>([\s\S]*?)<\/script>/g))}`, `style-src ${hash(only(/<style>([\s\S]*?)<\/style>/g))}`,
      'base-uri \'none\'', 'form-action \'none\'', 'require-trusted-types-for \'script\'', 'trusted-types \'none\'',
    ]);
  });

  test('refers to nothing that would be loaded, and holds no date', () => {
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|audio|video|base|form)\b|\ssrc=|@import|url\(/);
    expect(page).not.toMatch(/\b20\d\d-\d\d-\d\dT/);
  });

  test('says what is suspended and what is not enforced before anything else', () => {
    const first = page.slice(page.indexOf('Look at this first'), page.indexOf('id="filter"')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(first.indexOf('SUSPENDED')).toBeLessThan(first.indexOf('LOG_ONLY'));
    for (const said of [
      'Agents/Stopped : Incident 4711: prompt injection through invitations',
      'Agents/Drafter use API key with Agents/Weather : Incident 4712: the key leaked',
      'Gateways/Trial : We watch for a week what would be refused',
      'Agents/Importer act as trusted user id with Agents/Import : a user whom the agent names, UNVERIFIED',
      'Agents/Stopped tokens of https://partner.example.com : The partner registers a client for each shop',
      'Agents/Scheduler act as user with Agents/Calendar : Every employee has a calendar',
      'Gateways/Trial weaker : A public demo without data',
      'Abroad/Foreign Host : The network team owns the role',
      'The function refuses tokens without the group before it mints',
    ]) {
      expect(first).toContain(said);
    }
  });

  test('of hostile texts holds none of them as markup', () => {
    const hostile = accessHtml(hostileModel());
    expect(hostile).not.toContain(HOSTILE.markup.slice(0, 20));
    expect(hostile).not.toMatch(/<svg onload|<img|<!--/);
    expect(hostile.match(/<script/g)).toHaveLength(2);
    expect(hostile).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u2028\ud800](?![\udc00-\udfff])/);
    expect(hostile).toContain('⟨U+202E⟩gnitaler');
  });

  test('nor does the Markdown hold what cannot be seen, or turns the direction of writing', () => {
    const hostile = accessMarkdown(hostileModel());
    expect(hostile).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ud800](?![\udc00-\udfff])/);
    expect(hostile).toContain('⟨U+202E⟩gnitaler⟨U+202C⟩');
    expect(hostile).toContain('zero⟨U+200B⟩width');
  });

  test('of a thousand agents is less than 3 MB', () => {
    const model = largeModel(1000);
    const begin = Date.now();
    const html = accessHtml(model);
    process.stderr.write(`1,000 agents as HTML: ${Date.now() - begin} ms, ${Buffer.byteLength(html)} bytes; as JSON ${JSON.stringify(model, undefined, 2).length} bytes\n`);
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
  });
});

test.each([['Grüße, 世界, 👍', 'Grüße, 世界, 👍'], ['a\u202eb', 'a⟨U+202E⟩b'], ['a\u00adb', 'a⟨U+00AD⟩b'], ['a\nb', 'a\nb'], ['a\u0007b', 'a⟨U+0007⟩b'], ['a\ud800b', 'a⟨U+D800⟩b']])(
  'of the text %j everything can be seen', (text, seen) => expect(visible(text)).toBe(seen));

test('what a construct is called is seen in full, in the Markdown and in the table of a comparison', () => {
  const app = new App();
  const stack = new Stack(app, 'Sales', { env: { account: '111111111111', region: 'eu-west-1' } });
  new Agent(stack, 'Agent\u202etnegA\u200b', {
    owner: AgentOwner.team('team', 'team@example.com'),
    host: AgentHost.role(new iam.Role(stack, 'Role\u2066', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
    identity: AgentIdentity.named('agent'),
  });
  const markdown = AccessReport.of(app).toMarkdown();
  expect(markdown).not.toMatch(/[\u200b\u202e\u2066]/);
  expect(markdown).toContain('## Sales/Agent⟨U+202E⟩tnegA⟨U+200B⟩');
  expect(markdown).toContain('role Sales/Role⟨U+2066⟩');
  expect([markdownText.text('a\u202eb\r\n*'), markdownText.code('a\u202eb\n`')]).toEqual(['a⟨U+202E⟩b \\*', '`a⟨U+202E⟩b ˋ`']);
});

test('the report is written where somebody wants it, in all its forms', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'report-')), 'docs', 'access');
  const report = AccessReport.of(wholeRange());
  report.writeTo(directory);
  expect(readdirSync(directory).sort()).toEqual(['agentcore-access.html', 'agentcore-access.json', 'agentcore-access.md']);
  expect(readFileSync(join(directory, 'agentcore-access.html'), 'utf8')).toBe(report.toHtml());
  expect(readFileSync(join(directory, 'agentcore-access.json'), 'utf8')).toBe(report.toJson());
});

test('synthesis writes it beside the templates', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  const app = wholeRange(outdir);
  app.synth();
  expect(readFileSync(join(outdir, 'agentcore-access.html'), 'utf8')).toBe(AccessReport.of(app).toHtml());
});
