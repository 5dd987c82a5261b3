import * as fc from 'fast-check';
import type { CallerDescription, ClaimDescription, UsersDescription } from './description';

/* What descriptions of agents and of gateways are drawn from alike. */
export const rarely = fc.integer({ min: 0, max: 9 }).map((number) => number === 9);
export const seldom = fc.integer({ min: 0, max: 3 }).map((number) => number === 3);
/** Or nothing, as often as not. */
export const maybe = <T>(drawn: fc.Arbitrary<T>) => fc.option(drawn, { nil: undefined, freq: 2 });
export const place = fc.nat({ max: 97 });
export const region = fc.constantFrom('eu-west-1' as const, 'eu-west-1' as const, 'us-east-1' as const);
export const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
export const perhaps = <T>(...values: T[]) => fc.oneof(fc.constant([] as T[]), fc.subarray(values, { minLength: 1, maxLength: 2 }));

/** Issuers, claims and ids that are nearly one another. */
const ISSUERS = ['https://acme.okta.com/oauth2/default', 'https://acme.okta.com/oauth2/default2', 'https://acme.okta.com/oauth2/tickets', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI'];
export const caller: fc.Arbitrary<CallerDescription> = fc.record({
  issuer: fc.constantFrom(...ISSUERS),
  audiences: perhaps('api://agents', 'api://agents/2'),
  clients: perhaps('portal', 'portal2'),
  scopes: perhaps('agents:use', 'agents:use:all'),
});

/** Tokens that Amazon Cognito makes for machines have no audience. */
export const callerOfMachines: fc.Arbitrary<CallerDescription> = fc.constant({ issuer: ISSUERS[3], audiences: [], clients: ['portal'], scopes: [] });

export const SCOPES = ['mcp:read', 'mcp:read:all', 'mcp:write', 'agents/mcp:read'];

export const claim: fc.Arbitrary<ClaimDescription> = fc.oneof(
  fc.record({ name: fc.constant('groups' as const), test: fc.constantFrom('contains' as const, 'contains any' as const), values: some('sales', 'sales-admins') }),
  fc.record({ name: fc.constant('department' as const), test: fc.constant('is' as const), values: some('sales', 'legal') }),
).map((drawn) => (drawn.test === 'contains any' ? drawn : { ...drawn, values: drawn.values.slice(0, 1) }));

/** Mostly anybody. */
export const users: fc.Arbitrary<UsersDescription> = fc.record({
  subjects: fc.oneof({ weight: 3, arbitrary: fc.constant([] as string[]) }, { weight: 1, arbitrary: some('user-1', 'user-10', 'user-2') }),
  claim: maybe(claim),
}).map(({ subjects, claim: wanted }) => (subjects.length > 0 || wanted === undefined ? { subjects } : { subjects, claim: wanted }));
