import * as fc from 'fast-check';
import type { AgentDraft, FrontEndDraft } from './agent-draft';
import { ENDPOINTS, type HostDescription, type ToolCallDescription, type WorkloadDescription } from './description';
import { caller, maybe, place, rarely, region, SCOPES, seldom, some, users } from './draws';

export const host: fc.Arbitrary<HostDescription> = fc.record({
  kind: fc.constantFrom('role' as const, 'role' as const, 'L1 role' as const, 'role by ARN' as const, 'role by name' as const, 'Lambda' as const, 'ECS' as const, 'EKS' as const, 'EC2' as const,
    'Step Functions' as const, 'runtime' as const, 'official L2 runtime' as const, 'runtime by ARN' as const),
  stack: place,
});

const capability = fc.record({
  kind: fc.constantFrom('user' as const, 'user' as const, 'behalf' as const, 'user id' as const, 'itself' as const, 'key' as const),
  provider: place,
  through: fc.constantFrom('construct' as const, 'construct' as const, 'name' as const, 'ARN' as const),
  suspended: rarely,
  users,
  prefix: fc.option(fc.constantFrom('cognito+', 'okta+'), { nil: undefined }),
  ids: some('cognito+alice', 'cognito+alice2', 'okta+alice'),
  session: fc.constantFrom('itself' as const, 'user' as const),
});

const toolCall: fc.Arbitrary<ToolCallDescription> = fc.record({
  gateway: place,
  authority: fc.constantFrom('machine client' as const, 'user token' as const),
  provider: place,
  scopes: some(...SCOPES),
  users,
  enforced: fc.boolean(),
  tools: fc.array(fc.record({ target: place, tool: fc.constantFrom('read' as const, 'read_all' as const) }), { maxLength: 3 }),
  suspended: seldom,
});

const frontEnd: fc.Arbitrary<FrontEndDraft> = fc.record({
  host,
  elsewhere: seldom,
  agent: maybe(place),
  runtime: maybe(place),
  both: fc.boolean(),
  names: maybe(fc.record({ prefix: maybe(fc.constantFrom('cognito+', 'okta+')), ids: some('cognito+alice', 'okta+alice') })),
  endpoints: fc.subarray([...ENDPOINTS]),
  webSocket: fc.boolean(),
});

const workload: fc.Arbitrary<WorkloadDescription> = fc.oneof(fc.record({ gateway: place }), fc.record({ agent: place }));

const anyAgent: fc.Arbitrary<AgentDraft> = fc.record({
  stack: place,
  identity: fc.constantFrom(
    'derived' as const, 'derived' as const, 'named' as const, 'named at deployment' as const, 'name' as const, 'ARN' as const, 'ARN at deployment' as const,
    'L1' as const, 'official L2' as const, 'of the runtime' as const,
  ),
  region,
  parts: fc.array(fc.record({ work: fc.constantFrom('act' as const, 'act' as const, 'mint' as const, 'vend' as const, 'complete' as const), host, shared: fc.option(place, { nil: undefined, freq: 3 }) }), { minLength: 1, maxLength: 3 }),
  callers: fc.array(caller, { maxLength: 2 }),
  capabilities: fc.array(capability, { maxLength: 5 }),
  toolCalls: fc.oneof(fc.constant([]), fc.array(toolCall, { maxLength: 3 })),
  frontEnds: fc.array(frontEnd, { maxLength: 3 }),
  onlyFrontEnds: fc.boolean(),
  operators: fc.array(seldom, { maxLength: 2 }),
  accepts: fc.oneof(fc.constant([]), fc.array(workload, { maxLength: 2 })),
  signed: fc.boolean(),
  suspended: rarely,
});

/** One in a few is on a runtime that mints for it, or on two runtimes. */
export const agent: fc.Arbitrary<AgentDraft> = fc.record({
  drawn: anyAgent,
  on: fc.constantFrom(undefined, undefined, undefined, undefined, 'runtime' as const, 'runtime' as const, 'official L2 runtime' as const, 'two runtimes' as const),
  second: fc.constantFrom('runtime' as const, 'runtime' as const, 'runtime by ARN' as const),
}).map(({ drawn, on: kind, second }): AgentDraft => {
  const { parts: [{ host: { stack }, ...first }, ...others] } = drawn;
  switch (kind) {
    case undefined: return drawn;
    case 'two runtimes': return {
      ...drawn, parts: [{ work: 'act', host: { kind: 'runtime', stack } }, ...others.slice(1), { ...first, work: 'vend', host: { kind: second, stack: others[0]?.host.stack ?? stack } }],
    };
    default: return { ...drawn, identity: 'of the runtime', parts: [{ work: 'act', host: { kind, stack } }, ...others] };
  }
});
