import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuiltApp } from './built-app';
import type { AppDescription } from './description';
import { landscapeOf } from './landscape';
import { expectedLines } from './oracle';
import { requestsFor } from './request';
import { judgeOf } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { sweep } from '../simulation/sweep';

/** What an app allows, against what its description says. */
export interface Comparison {
  /** Allowed, and not declared. */
  readonly surplus: string[];
  /** Declared, and not allowed. */
  readonly missing: string[];
  readonly needed: number;
  /** Requests that were put, and simulations that they took. */
  readonly requests: number;
  readonly simulations: number;
}

/** Builds an app from its description, deploys it, and puts the whole product of requests to every role. */
export async function compare(description: AppDescription): Promise<Comparison> {
  const outdir = mkdtempSync(join(tmpdir(), 'random-app-'));
  try {
    const built = new BuiltApp(description, outdir);
    const account = deploy(built.app);
    const landscape = landscapeOf(description, built, account);
    const requests = requestsFor(description, landscape);
    const allowed = new Set(await sweep(account, Object.fromEntries(landscape.roles), requests));
    const expected = new Set(expectedLines(description, requests));
    return {
      surplus: [...allowed].filter((line) => !expected.has(line)),
      missing: [...expected].filter((line) => !allowed.has(line)),
      needed: expected.size,
      requests: requests.length * landscape.roles.size,
      simulations: judgeOf(account).simulations,
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
