import { trusts } from './acting';
import type { BuiltApp } from './built-app';
import { foundDelivery } from './deliveries';
import { type AppDescription, toolName } from './description';
import { authorizerOf, opensFor } from './door';
import { usersInFrontOf } from './held-users';
import type { Landscape } from './landscape';
import { type Claims, claimsFor } from './request';
import { everyToken, hasClaim, isOneOf, type Token } from './token';
import { engineOf, rulesLetIn } from './tool-calls';
import type { FakeAccount } from '../simulation/fake-account';

/** Differences, how many journeys were judged, and how many reach the agent. */
export interface JudgedJourneys {
  readonly surplus: string[];
  readonly missing: string[];
  readonly journeys: number;
  readonly arrived: number;
}

/**
 * The whole way of a user's token: through a gateway's authorizer and its rules, by its target, and through the authorizer of the
 * runtime behind it, which is the one that the target names.
 */
export function judgedJourneys(app: AppDescription, built: BuiltApp, landscape: Landscape, account: FakeAccount): JudgedJourneys {
  const [surplus, missing]: string[][] = [[], []];
  let [journeys, arrived] = [0, 0];
  // With each token that an authorizer could tell apart, everybody whom a rule could.
  const tokens = claimsFor(app).flatMap((claims) => everyToken().flatMap(({ sub, scopes, ...person }) => [claims.sub, sub]
    .map((subject) => ({ claims: { ...claims, sub: subject, scope: [...claims.scope ?? [], ...scopes] }, person }))));
  app.gateways.forEach(({ inbound, targets }, gateway) => targets.forEach(({ kind, way }, place) => {
    if (kind !== 'agent' || way !== 'token' || inbound !== 'JWT') return;
    const travels = travelling(built, landscape, account, gateway, place, toolName(targets[place], 'read'));
    for (const { claims, person } of tokens) {
      const expected = isToArrive(app, gateway, place, claims, person);
      journeys += 1;
      arrived += Number(expected);
      if (expected !== travels(claims, person)) (expected ? missing : surplus).push(`${JSON.stringify({ ...claims, ...person })} | through target ${place} of gateway ${gateway}`);
    }
  }));
  return { surplus, missing, journeys, arrived };
}

type Person = Pick<Token, 'groups' | 'department'>;

/** As the templates have it. */
function travelling(
  built: BuiltApp, { gateways, roles }: Landscape, account: FakeAccount, gateway: number, place: number, operation: string,
): (claims: Claims, person: Person) => boolean {
  const { arn } = gateways.get(`gateway ${gateway}`)!;
  const delivery = foundDelivery(built, gateway, place, account);
  const [before, behind] = [authorizerOf(account, 'Gateway', 'GatewayArn', arn), delivery === undefined ? undefined : authorizerOf(account, 'Runtime', 'AgentRuntimeArn', delivery.to)];
  const ask = engineOf(built.gateways[gateway], roles, account);
  return (claims, person) => delivery?.as === 'JWT_PASSTHROUGH' && before !== undefined && opensFor(before, { claims, token: person })
    && behind !== undefined && opensFor(behind, { claims, token: person, through: arn })
    && ask({
      token: tokenOf(claims, person),
      claims: {
        sub: claims.sub,
        ...(claims.scope === undefined || claims.scope.length === 0 ? {} : { scope: claims.scope.join(' ') }),
        ...(person.groups.length === 0 ? {} : { groups: JSON.stringify(person.groups) }),
        ...(person.department === undefined ? {} : { department: person.department }),
      },
    }, `T${place}___${operation}`, `T${place}`);
}

function isToArrive({ agents, gateways }: AppDescription, gateway: number, place: number, claims: Claims, person: Person): boolean {
  const { caller, claim, suspended, targets } = gateways[gateway];
  const target = targets[place];
  const agent = agents[target.agent!];
  const token = tokenOf(claims, person);
  return !suspended && !target.suspended && trusts(caller, claims) && (claim === undefined || hasClaim(claim, person))
    && rulesLetIn(target, 'read', { token }) === 'permitted'
    && agent.callers.some((each) => trusts(each, claims)) && isOneOf(usersInFrontOf(agent), token)
    && agent.accepts.some((workload) => 'gateway' in workload && workload.gateway === gateway);
}

function tokenOf({ sub, scope = [] }: Claims, person: Person): Token {
  return { sub, scopes: scope, ...person };
}
