import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Browser, Page } from 'playwright-core';
import { browserHere, startBrowser, WatchedPage } from './browser';
import { AccessReport } from '../../../src';
import { accessHtml } from '../../../src/review/html/access-html';
import { hostileModel, HOSTILE } from '../hostile';
import { largeModel } from '../large-model';
import { wholeRange } from '../whole-range';

/* The report's HTML page in a real browser, opened from the disk. REQUIRE_BROWSER=1 makes the lack of one an error. */
const missing = browserHere() === undefined;
if (missing && process.env.REQUIRE_BROWSER === '1') {
  throw new Error('REQUIRE_BROWSER=1, and no browser was found: install chromium, or give its place in CHROMIUM');
}
if (missing) {
  process.stderr.write('SKIPPED: no browser was found, so the HTML report was not opened. Install chromium, or give its place in CHROMIUM.\n');
}
const elsewhere = process.env.REPORT_IN_BROWSER === 'no';
if (elsewhere) {
  process.stderr.write('SKIPPED: the HTML report is opened in a browser by npx jest test/review/browser.\n');
}
const inBrowser = missing || elsewhere ? describe.skip : describe;
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const directory = mkdtempSync(join(tmpdir(), 'report-'));

function fileOf(name: string, html: string): string {
  const file = join(directory, `${name}.html`);
  writeFileSync(file, html);
  return file;
}

/** What axe finds wrong with the page as it is now. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })') as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
}

const names = (page: Page) => page.locator('#agent-list > li:visible .name').allTextContents();

inBrowser('the HTML report', () => {
  let browser: Browser;
  let whole: string;
  beforeAll(async () => {
    browser = await startBrowser();
    whole = fileOf('whole', AccessReport.of(wholeRange()).toHtml());
  });
  afterAll(async () => browser?.close());

  test.each([['light', 1280], ['dark', 1280], ['light', 400], ['dark', 400]] as const)('is accessible in %s at a width of %d, with everything opened', async (colorScheme, width) => {
    // axe reads its own source with eval, which the page's policy forbids to everybody.
    const { page, complaints, close } = await opened(whole, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    expect(await violations(page)).toEqual([]);
    await page.click('#open');
    await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
    await page.waitForTimeout(100);
    await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; }); document.querySelectorAll(".directory > li").forEach((each) => { each.style.contentVisibility = "visible"; })');
    await page.waitForTimeout(100);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(complaints).toEqual([]);
    await close();
  });

  async function opened(file: string, options: object = {}) {
    const watched = await WatchedPage.open(browser, file, options);
    return { page: watched.page, complaints: watched.complaints, requests: watched.requests, close: () => watched.close() };
  }

  test('loads nothing but itself, and says nothing on the console', async () => {
    const { page, complaints, requests, close } = await opened(whole);
    await page.click('#open');
    expect(requests).toEqual([`file://${whole}`]);
    expect(complaints).toEqual([]);
    await close();
  });

  test('lets nothing run that is not its own script', async () => {
    const { page, complaints, close } = await opened(whole);
    await page.evaluate('document.body.appendChild(Object.assign(document.createElement("img"), { src: "https://example.com/x.png" }))');
    await page.evaluate('{ let refused; try { document.body.innerHTML = "<b>markup</b>"; } catch (error) { refused = String(error); } window.refused = refused; }');
    await page.waitForTimeout(100);
    expect(await page.evaluate('window.refused')).toContain('TypeError');
    expect(complaints.join()).toContain('Content Security Policy');
    await close();
  });

  test('is filtered, opened and closed with the keyboard alone', async () => {
    const { page, close } = await opened(whole);
    await page.focus('#text');
    await page.keyboard.type('cognito+');
    expect(await names(page)).toEqual(['Agents/Importer', 'Invoked/Named']);
    expect(await page.textContent('#shown')).toBe('2 of 9 agents, 0 of 2 gateways shown');
    await page.locator('#agent-list > li:visible summary').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#agent-list > li:visible .card');
    const iam = page.locator('#agent-list > li:visible .card details > summary').first();
    await iam.focus();
    await page.keyboard.press('Space');
    await page.waitForSelector('#agent-list > li:visible .card table:has-text("GetWorkloadAccessTokenForUserId")');
    await page.focus('#clear');
    await page.keyboard.press('Enter');
    expect(await names(page)).toHaveLength(9);
    await close();
  });

  test.each<[string, (page: Page) => Promise<unknown>, string[]]>([
    ['an owner', (page) => page.selectOption('#owner', 'security'), ['Agents/Importer', 'Agents/Stopped']],
    ['a provider', (page) => page.selectOption('#provider', 'Agents/Calendar'), ['Agents/Scheduler']],
    ['a host', (page) => page.selectOption('#host', 'AgentCore Runtime'), ['Agents/Planner', 'Invoked/Behind', 'Invoked/Named']],
    ['an account and region', (page) => page.selectOption('#place', '222222222222 us-east-1'), ['Abroad/Foreign']],
    ['a kind of authority', (page) => page.selectOption('#kind', 'use API key'), ['Agents/Drafter', 'Agents/Stopped']],
    ['what is suspended', (page) => page.check('input[value=suspended]'), ['Agents/Drafter', 'Agents/Stopped']],
    ['what is broad', (page) => page.check('input[value=broad]'), ['Agents/Scheduler', 'Invoked/Named']],
    ['two marks, both needed', async (page) => { await page.check('input[value=suspended]'); await page.check('input[value=any-client]'); }, ['Agents/Stopped']],
    ['an ARN', (page) => page.fill('#text', 'ARN:AWS:IAM::222222222222'), ['Abroad/Foreign', 'Invoked/Named']],
    ['words that stand apart', (page) => page.fill('#text', 'leaked incident'), ['Agents/Drafter']],
    ['what nobody has', (page) => page.fill('#text', 'no such word'), []],
  ])('is filtered by %s', async (_what, filter, expected) => {
    const { page, close } = await opened(whole);
    await filter(page);
    expect(await names(page)).toEqual(expected);
    await close();
  });

  test('draws the token path, and says it in words for who cannot see it', async () => {
    const { page, close } = await opened(`${whole}#at:${encodeURIComponent('Agents/Drafter')}`);
    const path = page.getByRole('img', { name: /How authority passes on/ });
    expect(await path.getAttribute('aria-label')).toBe('How authority passes on: users whose "groups" contains "sales" → caller with a token of https://acme.okta.com/oauth2/default, '
      + 'audience api://agents, client portal → agent Agents/Drafter → provider Agents/Mail (as the user, who consents); '
      + 'SUSPENDED: the user of the session → agent Agents/Drafter → provider Agents/Weather (with the API key)');
    expect(await path.locator('.path-lane').first().locator('.path-kind').allTextContents()).toEqual(['user', 'caller', 'agent', 'provider']);
    await close();
  });

  test('has the exact IAM and the exact Cedar behind each row', async () => {
    const { page, close } = await opened(`${whole}#at:${encodeURIComponent('Agents/Importer')}`);
    await page.locator('#agent-list .card details > summary').first().click();
    const table = page.locator('#agent-list .card details[open] table');
    await table.waitFor();
    const text = await table.innerText();
    expect(text).toContain('bedrock-agentcore:GetWorkloadAccessTokenForUserId');
    expect(text).toContain('arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default');
    expect(text).toContain('bedrock-agentcore:userid = cognito+*');
    await page.locator('#gateway-list summary').first().click();
    await page.locator('#gateway-list td summary').first().click();
    expect(await page.locator('#gateway-list td pre').first().innerText()).toMatch(/^(permit|forbid)\(\n {2}principal is AgentCore::OAuthUser,\n {2}action == AgentCore::Action::"Calendar___/);
    await close();
  });

  test('goes from what deserves attention to the agent it is about', async () => {
    const { page, close } = await opened(whole);
    await page.locator('.attention summary', { hasText: 'NOT ATTACHED HERE' }).click();
    await page.getByRole('link', { name: 'Abroad/Foreign' }).first().click();
    await page.waitForSelector('#agent-list > li:has-text("Abroad/Foreign") .card');
    await close();
  });

  test('without JavaScript it is a directory', async () => {
    const { page, close } = await opened(whole, { javaScriptEnabled: false });
    expect(await names(page)).toHaveLength(9);
    const text = await page.locator('#agent-list').innerText();
    expect(text).toContain('sales-tools');
    expect(text).toContain('act on behalf of user through Agents/Orders');
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('noscript').innerText()).toContain('agentcore-access.md');
    await close();
  });

  test('hostile texts stay texts', async () => {
    const { page, complaints, requests, close } = await opened(fileOf('hostile', accessHtml(hostileModel())));
    await page.click('#open');
    await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
    await page.waitForTimeout(200);
    expect(await page.evaluate('[document.scripts.length, document.images.length, document.querySelectorAll("iframe,object,embed,form,base,[onerror],[onclick],[onload]").length]')).toEqual([2, 0, 0]);
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
    const text = await page.locator('body').innerText();
    expect(text).toContain(HOSTILE.markup);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
    expect(text).toContain('⟨U+202E⟩');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
    await close();
  });

  test('a thousand agents are less than 3 MB, and are there and filtered at once', async () => {
    const made = Date.now();
    const html = accessHtml(largeModel(1000));
    const rendered = Date.now();
    const file = fileOf('thousand', html);
    const { page, complaints, close } = await opened(file);
    const loaded = Date.now();
    expect(await page.locator('#agent-list > li').count()).toBe(1000);
    const timed = async (act: string) => page.evaluate(`(() => { const begin = performance.now(); ${act}; document.body.offsetHeight; return Math.round(performance.now() - begin); })()`);
    const first = await timed('document.getElementById("text").value = "agent77"; document.getElementById("text").dispatchEvent(new Event("input", { bubbles: true }))');
    expect(await page.textContent('#shown')).toBe('11 of 1000 agents shown');
    const again = await timed('document.getElementById("text").value = "agent777"; document.getElementById("text").dispatchEvent(new Event("input", { bubbles: true }))');
    expect(await page.textContent('#shown')).toBe('1 of 1000 agents shown');
    const figures = { bytes: Buffer.byteLength(html), modelAndRenderMs: rendered - made, loadMs: loaded - rendered, firstFilterMs: first, filterMs: again };
    process.stderr.write(`1,000 agents: ${JSON.stringify(figures)}\n`);
    expect(figures.bytes).toBeLessThan(3_000_000);
    expect(figures.loadMs).toBeLessThan(15_000);
    expect(figures.filterMs).toBeLessThan(2_000);
    expect(complaints).toEqual([]);
    await close();
  });
});
