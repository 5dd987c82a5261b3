import * as fc from 'fast-check';
import { withDescription } from './described';
import type { Access, AppDescription, GatewayDescription, TargetDescription, ToolDescription } from './description';
import { consistent, type Draft } from './draft';
import { withoutOpenFindings } from './open-findings';

/** How large apps become. */
export interface AppSize {
  readonly agents: number;
  readonly stacks: number;
  readonly providers: number;
  readonly gateways: number;
}

export const SMALL: AppSize = { agents: 5, stacks: 3, providers: 6, gateways: 2 };
export const LARGE: AppSize = { agents: 12, stacks: 4, providers: 14, gateways: 3 };
export const FLEET: AppSize = { agents: 30, stacks: 5, providers: 30, gateways: 4 };

const rarely = fc.integer({ min: 0, max: 9 }).map((number) => number === 9);
const seldom = fc.integer({ min: 0, max: 3 }).map((number) => number === 3);
const place = fc.nat({ max: 97 });
const region = fc.constantFrom('eu-west-1' as const, 'eu-west-1' as const, 'us-east-1' as const);
const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
const perhaps = <T>(...values: T[]) => fc.oneof(fc.constant([] as T[]), fc.subarray(values, { minLength: 1, maxLength: 2 }));

/** Issuers, claims and ids that are nearly one another. */
const ISSUERS = ['https://acme.okta.com/oauth2/default', 'https://acme.okta.com/oauth2/default2', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI'];
const caller = fc.record({
  issuer: fc.constantFrom(...ISSUERS),
  audiences: perhaps('api://agents', 'api://agents/2'),
  clients: perhaps('portal', 'portal2'),
  scopes: perhaps('agents:use', 'agents:use:all'),
});

const host = fc.record({
  kind: fc.constantFrom('role' as const, 'role' as const, 'L1 role' as const, 'role by ARN' as const, 'role by name' as const, 'Lambda' as const, 'ECS' as const, 'EKS' as const, 'EC2' as const,
    'Step Functions' as const, 'runtime' as const, 'official L2 runtime' as const, 'runtime by ARN' as const),
  stack: place,
});

const capability = fc.record({
  kind: fc.constantFrom('user' as const, 'user' as const, 'behalf' as const, 'user id' as const, 'itself' as const, 'key' as const),
  provider: place,
  through: fc.constantFrom('construct' as const, 'construct' as const, 'name' as const, 'ARN' as const),
  suspended: rarely,
  subjects: fc.oneof({ weight: 3, arbitrary: fc.constant([] as string[]) }, { weight: 1, arbitrary: some('user-1', 'user-10', 'user-2') }),
  group: fc.option(fc.constant('sales'), { nil: undefined }),
  prefix: fc.option(fc.constantFrom('cognito+', 'okta+'), { nil: undefined }),
  ids: some('cognito+alice', 'cognito+alice2', 'okta+alice'),
  session: fc.constantFrom('itself' as const, 'user' as const),
});

const SCOPES = ['mcp:read', 'mcp:read:all', 'mcp:write'];
const access: fc.Arbitrary<Access> = fc.letrec<{ access: Access }>((tie) => ({
  access: fc.oneof({ maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<Access>({ who: 'nobody' }, { who: 'every caller' }, { who: 'role', role: 'bystander' }, { who: 'role', role: 'caller' }),
    fc.record<Access & { who: 'all scopes' | 'any scope' }>({ who: fc.constantFrom('all scopes', 'any scope'), scopes: some(...SCOPES) }),
    fc.record<Access & { who: 'group' }>({ who: fc.constant('group'), group: fc.constantFrom('sales', 'sales-admins') }),
    fc.record<Access & { who: 'subject' }>({ who: fc.constant('subject'), subject: fc.constantFrom('user-1', 'user-10') }),
    fc.record<Access & { who: 'all' | 'any' }>({ who: fc.constantFrom('all', 'any'), of: fc.array(tie('access'), { minLength: 2, maxLength: 3 }) })),
})).access;

const tool: fc.Arbitrary<ToolDescription> = fc.record({
  tool: fc.constantFrom('read' as const, 'read' as const, 'read_all' as const, '*' as const),
  requires: fc.option(access, { nil: undefined }),
  forbids: fc.option(fc.record({ access, unless: fc.boolean() }), { nil: undefined, freq: 1 }),
});

const target: fc.Arbitrary<TargetDescription> = fc.record({
  kind: fc.constantFrom('Lambda' as const, 'OpenAPI' as const, 'OpenAPI' as const, 'MCP server' as const, 'MCP server' as const, 'API Gateway' as const, 'Smithy' as const),
  way: fc.constantFrom('none' as const, 'role' as const, 'client credentials' as const, 'consent' as const, 'exchange' as const, 'key' as const),
  provider: place,
  tools: fc.array(tool, { maxLength: 3 }),
});

const gateway: fc.Arbitrary<GatewayDescription> = fc.record({
  stack: place,
  name: fc.constantFrom('derived' as const, 'chosen' as const, 'with capitals' as const, 'at deployment' as const),
  inbound: fc.constantFrom('JWT' as const, 'JWT' as const, 'JWT' as const, 'IAM' as const, 'any signature' as const, 'everybody' as const),
  caller,
  key: fc.option(place, { nil: undefined, freq: 1 }),
  targets: fc.array(target, { maxLength: 4 }),
});

const agent = fc.record({
  stack: place,
  identity: fc.constantFrom(
    'derived' as const, 'derived' as const, 'named' as const, 'named at deployment' as const, 'name' as const, 'ARN' as const, 'ARN at deployment' as const,
    'L1' as const, 'official L2' as const, 'of the runtime' as const,
  ),
  region,
  parts: fc.array(fc.record({ work: fc.constantFrom('act' as const, 'act' as const, 'mint' as const, 'vend' as const, 'complete' as const), host, shared: fc.option(place, { nil: undefined, freq: 3 }) }), { minLength: 1, maxLength: 3 }),
  callers: fc.array(caller, { maxLength: 2 }),
  capabilities: fc.array(capability, { maxLength: 5 }),
  suspended: rarely,
});

/** Whole apps that the library accepts. */
export function arbitraryApp(size: AppSize): fc.Arbitrary<AppDescription> {
  return fc.record<Draft>({
    environment: fc.constantFrom('known' as const, 'known' as const, 'at deployment' as const),
    stacks: fc.array(fc.record({ region }), { minLength: 1, maxLength: size.stacks }),
    keys: fc.array(fc.record({ made: fc.constantFrom('L2' as const, 'L1' as const, 'imported' as const), stack: place, region, signs: seldom }), { maxLength: 4 }),
    secrets: fc.array(fc.record({
      made: fc.constantFrom('L2' as const, 'L1' as const, 'complete ARN' as const, 'partial ARN' as const, 'name' as const, 'ARN at deployment' as const),
      stack: place,
      region,
      key: fc.option(place, { nil: undefined }),
      keyToldBy: fc.constantFrom('secret' as const, 'provider' as const),
    }), { minLength: 1, maxLength: size.providers }),
    providers: fc.array(fc.record({
      family: fc.constantFrom('OAuth2' as const, 'OAuth2' as const, 'API key' as const),
      made: fc.constantFrom('here' as const, 'here' as const, 'L1' as const, 'official L2' as const, 'name' as const, 'ARN' as const, 'ARN at deployment' as const),
      stack: place,
      region,
      name: fc.constantFrom('derived' as const, 'chosen' as const, 'at deployment' as const),
      secret: fc.oneof({ weight: 3, arbitrary: place }, { weight: 1, arbitrary: fc.constant('kept by AgentCore' as const) }),
      client: fc.oneof({ weight: 4, arbitrary: fc.constant('secret' as const) }, { weight: 1, arbitrary: fc.constantFrom('IAM token' as const, 'IAM token by ES384' as const) }, { weight: 1, arbitrary: place }),
      exchange: fc.constantFrom('no' as const, 'no' as const, 'no' as const, 'without actor' as const, 'client as actor' as const, 'role as actor' as const, 'JWT grant' as const),
      bundle: fc.boolean(),
      suspended: rarely,
    }), { minLength: 1, maxLength: size.providers }),
    vaults: fc.array(fc.record({
      stack: place,
      how: fc.constantFrom('key made for it' as const, 'key given' as const, 'set elsewhere' as const),
      key: place,
      formerKeys: fc.array(place, { maxLength: 2 }),
    }), { maxLength: 2 }),
    sharedPages: fc.array(host, { maxLength: 2 }),
    agents: fc.array(agent, { minLength: 1, maxLength: size.agents, size: 'max' }),
    gateways: fc.array(gateway, { maxLength: size.gateways }),
    stages: fc.constantFrom('none' as const, 'none' as const, 'one' as const, 'two' as const),
  }).map(consistent).map(withoutOpenFindings).map(withDescription);
}
