import { trusts } from './acting';
import type { AppDescription, CallerDescription, ClaimDescription, UsersDescription, WorkloadDescription } from './description';
import { type Arrival, authorizerOf, type JwtAuthorizer, opensFor } from './door';
import { usersInFrontOf } from './held-users';
import type { Landscape } from './landscape';
import { type Claims, claimsFor } from './request';
import { hasClaim, isOneOf, type Token } from './token';
import type { FakeAccount } from '../simulation/fake-account';

/** Differences, and how many arrivals were judged. */
export interface JudgedArrivals {
  readonly surplus: string[];
  readonly missing: string[];
  readonly arrivals: number;
}

/** Where tokens are checked before anybody acts: an authorizer, if there is one, and what it is to let in. */
interface Door {
  readonly name: string;
  readonly authorizer?: JwtAuthorizer;
  readonly callers: readonly CallerDescription[];
  readonly users: UsersDescription;
  readonly claim?: ClaimDescription;
  readonly accepts: readonly WorkloadDescription[];
}

const PEOPLE: Pick<Token, 'groups' | 'department'>[] = [
  { groups: [] }, { groups: ['sales'] }, { groups: ['sales-admins'] }, { groups: ['support', 'sales'] }, { groups: [], department: 'sales' }, { groups: ['sales'], department: 'sales2' }, { groups: [], department: 'legal' },
];

/** Every token that is nearly right, of people in several groups, on every way, at every door. */
export function judgedArrivals(app: AppDescription, landscape: Landscape, account: FakeAccount): JudgedArrivals {
  const [surplus, missing]: string[][] = [[], []];
  let arrivals = 0;
  const claims = claimsFor(app);
  for (const { name, authorizer, callers, users, claim, accepts } of doorsOf(app, landscape, account)) {
    const isLetIn = (token: Claims, person: Pick<Token, 'groups' | 'department'>) => callers.some((caller) => trusts(caller, token))
      && isOneOf(users, { ...person, sub: token.sub }) && (claim === undefined || hasClaim(claim, person));
    const ways = accepts.length === 0 ? [undefined] : waysOf(app, landscape);
    for (const person of PEOPLE) {
      for (const each of claims) {
        for (const way of ways) {
          const arrival: Arrival = { claims: each, token: person, through: way?.through };
          const expected = isLetIn(each, person) && (accepts.length === 0 || accepts.some((workload) => way !== undefined && isSame(workload, way.workload)));
          const found = authorizer !== undefined && opensFor(authorizer, arrival);
          arrivals += 1;
          if (expected !== found) (found ? surplus : missing).push(`${JSON.stringify(arrival)} | at ${name}`);
        }
      }
    }
  }
  return { surplus, missing, arrivals };
}

function doorsOf(app: AppDescription, { runtimes, gateways }: Landscape, account: FakeAccount): Door[] {
  const ofAgents = app.agents.flatMap((agent, index): Door[] => {
    const { identity, callers, accepts, parts: [{ host }] } = agent;
    if (identity !== 'of the runtime' || typeof host === 'number' || host.kind === 'runtime by ARN') return [];
    const { arn } = runtimes.get(`agent ${index} Host`)!;
    return [{ name: `the runtime of agent ${index}`, authorizer: authorizerOf(account, 'Runtime', 'AgentRuntimeArn', arn), callers, users: usersInFrontOf(agent), accepts }];
  });
  const ofGateways = app.gateways.map(({ inbound, caller, claim }, index): Door => ({
    name: `gateway ${index}`,
    authorizer: authorizerOf(account, 'Gateway', 'GatewayArn', gateways.get(`gateway ${index}`)!.arn),
    callers: inbound === 'JWT' ? [caller] : [],
    users: { subjects: [] },
    claim,
    accepts: [],
  }));
  return [...ofAgents, ...ofGateways];
}

/** Directly, and through every gateway and agent that there is. */
function waysOf(app: AppDescription, { gateways, identities }: Landscape): ({ readonly workload: WorkloadDescription; readonly through: string } | undefined)[] {
  return [
    undefined,
    ...app.gateways.map((_gateway, index) => ({ workload: { gateway: index }, through: gateways.get(`gateway ${index}`)!.arn })),
    ...app.agents.map((_agent, index) => ({ workload: { agent: index }, through: identities.get(`agent ${index}`)!.split('/workload-identity/')[1] })),
  ];
}

function isSame(one: WorkloadDescription, other: WorkloadDescription): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
