import * as fc from 'fast-check';
import type { AgentBehindDraft, GatewayDraft } from './agents-behind-draft';
import {
  type Access, DEPLOYERS, ENDPOINTS, ORGANIZATIONS, type RestrictionDescription, SPOKEN, type TargetDescription, type ToolDescription, VPC_ENDPOINTS,
} from './description';
import { caller, callerOfMachines, claim, maybe, perhaps, place, rarely, SCOPES, some } from './draws';

const access: fc.Arbitrary<Access> = fc.letrec<{ access: Access }>((tie) => ({
  access: fc.oneof({ maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<Access>({ who: 'nobody' }, { who: 'every caller' }, { who: 'role', role: 'bystander' }, { who: 'role', role: 'caller' }),
    fc.record<Access & { who: 'all scopes' | 'any scope' }>({ who: fc.constantFrom('all scopes', 'any scope'), scopes: some(...SCOPES) }),
    fc.record<Access & { who: 'group' }>({ who: fc.constant('group'), group: fc.constantFrom('sales', 'sales-admins') }),
    fc.record<Access & { who: 'department' }>({ who: fc.constant('department'), department: fc.constantFrom('sales', 'legal') }),
    fc.record<Access & { who: 'subject' }>({ who: fc.constant('subject'), subject: fc.constantFrom('user-1', 'user-10') }),
    fc.record<Access & { who: 'all' | 'any' }>({ who: fc.constantFrom('all', 'any'), of: fc.array(tie('access'), { minLength: 2, maxLength: 3 }) })),
})).access;

const tool: fc.Arbitrary<ToolDescription> = fc.record({
  tool: fc.constantFrom('read' as const, 'read' as const, 'read_all' as const, '*' as const),
  requires: fc.option(access, { nil: undefined }),
  forbids: maybe(fc.record({ access, unless: fc.boolean() })),
});

const target: fc.Arbitrary<TargetDescription> = fc.record({
  kind: fc.constantFrom('Lambda' as const, 'OpenAPI' as const, 'OpenAPI' as const, 'MCP server' as const, 'MCP server' as const, 'API Gateway' as const, 'Smithy' as const),
  way: fc.constantFrom('none' as const, 'role' as const, 'client credentials' as const, 'consent' as const, 'exchange' as const, 'key' as const),
  provider: place,
  tools: fc.array(tool, { maxLength: 3 }),
  suspended: rarely,
});

/** What is passed through by HTTP. */
const passthrough: fc.Arbitrary<TargetDescription> = fc.record({
  kind: fc.constant('passthrough' as const),
  way: fc.constantFrom('role' as const, 'caller' as const, 'client credentials' as const, 'token' as const, 'key' as const),
  provider: place,
  speaks: fc.constantFrom(...SPOKEN),
  tools: fc.array(tool, { maxLength: 3 }),
  suspended: rarely,
});

const restriction: fc.Arbitrary<RestrictionDescription> = fc.record({
  roles: fc.boolean(),
  partner: fc.boolean(),
  organizations: perhaps<string>(...ORGANIZATIONS),
  vpcEndpoints: perhaps<string>(...VPC_ENDPOINTS),
  deployer: maybe(fc.constantFrom(...DEPLOYERS)),
});

const agentBehind: fc.Arbitrary<AgentBehindDraft> = fc.record({
  agent: place,
  way: fc.constantFrom('token' as const, 'role' as const),
  runtime: maybe(place),
  endpoint: maybe(fc.constantFrom(...ENDPOINTS)),
  derivesCallers: fc.constantFrom(true, true, true, false),
  tools: fc.array(tool, { maxLength: 3 }),
  suspended: rarely,
});

export const gateway: fc.Arbitrary<GatewayDraft> = fc.record({
  stack: place,
  protocol: fc.constantFrom('MCP' as const, 'MCP' as const, 'MCP' as const, 'HTTP' as const, 'HTTP' as const),
  agentsBehind: fc.array(agentBehind, { minLength: 1, maxLength: 3 }),
  passthroughs: fc.oneof(fc.constant([]), fc.array(passthrough, { minLength: 1, maxLength: 2 })),
  name: fc.constantFrom('derived' as const, 'chosen' as const, 'with capitals' as const, 'at deployment' as const),
  inbound: fc.constantFrom('JWT' as const, 'JWT' as const, 'JWT' as const, 'IAM' as const, 'IAM' as const, 'any signature' as const, 'everybody' as const),
  caller: fc.oneof({ weight: 3, arbitrary: caller }, { weight: 1, arbitrary: callerOfMachines }),
  registered: maybe(fc.record({ pool: place, clients: fc.array(place, { minLength: 1, maxLength: 3 }), scopes: perhaps('agents/mcp:read', 'agents/mcp:write') })),
  key: maybe(place),
  claim: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: claim }),
  targets: fc.array(target, { maxLength: 4 }),
  only: maybe(restriction),
  page: fc.boolean(),
  suspended: rarely,
});
