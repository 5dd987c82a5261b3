import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgedArrivals } from './arrivals';
import { BuiltApp } from './built-app';
import { judgedDeliveries } from './deliveries';
import type { AppDescription } from './description';
import { unheldCalls, withEnforcement } from './held-users';
import { judgedJourneys } from './journeys';
import { landscapeOf } from './landscape';
import { expectedRequests } from './oracle';
import { policiesOfOutsiders } from './outsider';
import { withDeployedClients } from './registered-client';
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
  /** Tokens that were shown to authorizers. */
  readonly arrivals: number;
  /** Targets of gateways that were looked at, journeys of tokens to agents behind gateways, and those that arrive. */
  readonly targets: number;
  readonly journeys: number;
  readonly arrived: number;
  /** Whether the app was refused at first, because nobody would have held a limit. */
  readonly refused: number;
}

/** So many requests are judged for one app, beside those that are needed. */
const MOST_REQUESTS = 60_000;

/** The one refusal that depends on what a description says of users, and not on whether it fits together. */
const NOBODY_HOLDS = 'Capability/UsersNotEnforced';

/**
 * Builds an app from its description, deploys it, and puts the whole product of requests to every role. Where nobody would hold a
 * limit of users, the library has to refuse the app; then it is compared with code in the agents that holds it.
 */
export async function compare(description: AppDescription, most = MOST_REQUESTS): Promise<Comparison> {
  const unheld = unheldCalls(description);
  try {
    const compared = await compareAccepted(description, most);
    return { ...compared, surplus: [...compared.surplus, ...unheld.map((line) => `${line}, and nobody looks at it`)] };
  } catch (error) {
    const codes = [...new Set([...String((error as Error).message).matchAll(/\[([A-Za-z0-9]+\/[A-Za-z0-9]+)\]/g)].map(([, code]) => code))].filter((code) => !/^Stack\d/.test(code));
    if (codes.length !== 1 || codes[0] !== NOBODY_HOLDS) throw error;
    return { ...await compareAccepted(withEnforcement(description), most), refused: 1 };
  }
}

async function compareAccepted(accepted: AppDescription, most: number): Promise<Comparison> {
  const outdir = mkdtempSync(join(tmpdir(), 'random-app-'));
  try {
    const built = new BuiltApp(accepted, outdir);
    const account = deploy(built.app, { externalPolicies: policiesOfOutsiders(accepted) });
    const description = withDeployedClients(accepted, built, account);
    const landscape = landscapeOf(description, built, account);
    const requests = requestsFor(description, landscape);
    const expected = expectedRequests(description, requests);
    const principals = new Map([...landscape.roles, ...landscape.outsiders]);
    const invocations = requests.filter(({ question: { ask } }) => ask === 'invoke gateway' || ask === 'invoke runtime' || ask === 'run command');
    const put = new Map([
      ...sampled([...landscape.roles.keys()], requests, expected, most, description.agents.length),
      ...[...landscape.outsiders.keys()].map((name) => [name, invocations] as const),
    ]);
    const [surplus, missing]: string[][] = [[], []];
    for (const [role, asked] of put) {
      const needed = expected.get(role) ?? new Set();
      const allowed = new Set(await sweep(account, { [role]: principals.get(role)! }, asked));
      asked.forEach((request) => {
        const line = `${role} | ${request.line}`;
        if (allowed.has(line) !== needed.has(request)) (needed.has(request) ? missing : surplus).push(line);
      });
    }
    const tools = judgedToolCalls(description, built.gateways, landscape.roles, account);
    const doors = judgedArrivals(description, landscape, account);
    const deliveries = judgedDeliveries(description, built, landscape, account);
    const journeys = judgedJourneys(description, built, landscape, account);
    return {
      surplus: [...surplus, ...tools.surplus, ...doors.surplus, ...deliveries.surplus, ...journeys.surplus],
      missing: [...missing, ...tools.missing, ...doors.missing, ...deliveries.missing, ...journeys.missing],
      needed: [...expected.values()].reduce((sum, { size }) => sum + size, 0),
      requests: [...put.values()].reduce((sum, { length }) => sum + length, 0),
      possible: requests.length * landscape.roles.size + invocations.length * landscape.outsiders.size,
      simulations: judgeOf(account).simulations,
      calls: tools.calls,
      permitted: tools.permitted,
      arrivals: doors.arrivals,
      targets: deliveries.targets,
      journeys: journeys.journeys,
      arrived: journeys.arrived,
      refused: 0,
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
