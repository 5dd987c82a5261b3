import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuiltApp } from './built-app';
import type { AppDescription } from './description';
import { landscapeOf } from './landscape';
import { expectedRequests } from './oracle';
import { requestsFor } from './request';
import { sampled } from './sample';
import { judgedToolCalls } from './tool-calls';
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
  /** Requests that were put, those that there are (where they are too many, some are drawn), and simulations that they took. */
  readonly requests: number;
  readonly possible: number;
  readonly simulations: number;
  /** Calls of tools that were put to Cedar's engine, and those that are permitted. */
  readonly calls: number;
  readonly permitted: number;
}

/** So many requests are judged for one app, beside those that are needed. */
const MOST_REQUESTS = 60_000;

/** Builds an app from its description, deploys it, and puts the whole product of requests to every role. */
export async function compare(description: AppDescription, most = MOST_REQUESTS): Promise<Comparison> {
  const outdir = mkdtempSync(join(tmpdir(), 'random-app-'));
  try {
    const built = new BuiltApp(description, outdir);
    const account = deploy(built.app);
    const landscape = landscapeOf(description, built, account);
    const requests = requestsFor(description, landscape);
    const expected = expectedRequests(description, requests);
    const put = sampled([...landscape.roles.keys()], requests, expected, most, description.agents.length);
    const [surplus, missing]: string[][] = [[], []];
    for (const [role, asked] of put) {
      const needed = expected.get(role) ?? new Set();
      const allowed = new Set(await sweep(account, { [role]: landscape.roles.get(role)! }, asked));
      asked.forEach((request) => {
        const line = `${role} | ${request.line}`;
        if (allowed.has(line) !== needed.has(request)) (needed.has(request) ? missing : surplus).push(line);
      });
    }
    const tools = judgedToolCalls(description, built.gateways, account);
    return {
      surplus: [...surplus, ...tools.surplus],
      missing: [...missing, ...tools.missing],
      needed: [...expected.values()].reduce((sum, { size }) => sum + size, 0),
      requests: [...put.values()].reduce((sum, { length }) => sum + length, 0),
      possible: requests.length * landscape.roles.size,
      simulations: judgeOf(account).simulations,
      calls: tools.calls,
      permitted: tools.permitted,
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
