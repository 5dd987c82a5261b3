import { existsSync } from 'fs';
import { Browser, BrowserContextOptions, chromium, Page } from 'playwright-core';

/** Where a browser usually is. `CHROMIUM` names another place. */
const PLACES = [
  process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/microsoft-edge', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser of this machine, if it has one. */
export function browserHere(): string | undefined {
  return PLACES.find((place) => place !== undefined && existsSync(place));
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserHere(), args: ['--no-sandbox', '--disable-gpu'] });
}

/** A page of the browser, with everything that it complains about and everything that it asks for. */
export class WatchedPage {
  public static async open(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const watched = new WatchedPage(await context.newPage());
    watched.page.on('console', (message) => watched.complaints.push(`${message.type()}: ${message.text()}`));
    watched.page.on('pageerror', (error) => watched.complaints.push(error.message));
    watched.page.on('dialog', (dialog) => { watched.complaints.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    watched.page.on('request', (request) => watched.requests.push(request.url()));
    await watched.page.goto(`file://${file}`);
    return watched;
  }

  public readonly complaints: string[] = [];
  public readonly requests: string[] = [];

  private constructor(public readonly page: Page) {}

  public async close(): Promise<void> {
    await this.page.context().close();
  }
}
