import * as fc from 'fast-check';
import { agent, host } from './arbitrary-agent';
import { withChainOfTokens } from './arbitrary-chain';
import { gateway } from './arbitrary-gateway';
import { withDescription } from './described';
import type { AppDescription } from './description';
import { consistent, type Draft } from './draft';
import { place, rarely, region, seldom, some } from './draws';
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

/** Whole apps that the library accepts, and does as described. */
export function arbitraryApp(size: AppSize): fc.Arbitrary<AppDescription> {
  return acceptedApp(size).map(withoutOpenFindings).map(withDescription);
}

/** The same with what the library does not do as described. */
export function acceptedApp(size: AppSize): fc.Arbitrary<AppDescription> {
  return fc.record<Draft & { readonly chain: boolean }>({
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
      vendor: fc.constantFrom('Google' as const, 'any' as const),
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
    machineClients: fc.oneof(fc.constant([]), fc.array(fc.record({
      stack: place,
      key: fc.oneof(fc.constantFrom('made' as const, 'managed by AWS' as const), place),
      clients: fc.array(fc.record({ scopes: some('mcp:read', 'mcp:write'), suspended: rarely }), { minLength: 1, maxLength: 3 }),
    }), { maxLength: 2 })),
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
    chain: seldom,
  }).map(({ chain, ...draft }) => consistent(chain ? withChainOfTokens(draft) : draft));
}
