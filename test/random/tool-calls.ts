import type { BuiltGateway } from './built-gateway';
import { type Access, type AppDescription, partName, type TargetDescription, toolName } from './description';
import { byAgentRole, type CallingRole } from './role-call';
import { everyToken, type Token } from './token';
import { type CedarRequest, prepared } from '../cedar/cedar-engine';
import type { FakeAccount } from '../simulation/fake-account';

/** Somebody who calls a tool: with a token, and its claims as Cedar sees them, or with a role. */
interface Caller {
  readonly name: string;
  readonly token?: Token;
  readonly role?: 'bystander' | 'caller' | CallingRole;
  readonly claims: Record<string, string>;
}

/** Differences, and how many calls were judged. */
export interface JudgedCalls {
  readonly surplus: string[];
  readonly missing: string[];
  readonly calls: number;
  readonly permitted: number;
}

/** What each caller may call, against plain membership in lists. */
export function judgedToolCalls(app: AppDescription, gateways: readonly BuiltGateway[], roles: ReadonlyMap<string, string>, account: FakeAccount): JudgedCalls {
  const [surplus, missing]: string[][] = [[], []];
  let [calls, permitted] = [0, 0];
  gateways.forEach((built, index) => {
    const ask = engineOf(built, roles, account);
    for (const caller of callersFor(app, index)) {
      app.gateways[index].targets.forEach((target, place) => (['read', 'read_all', 'read_'] as const).forEach((tool) => {
        const expected = mayCall(app, index, place, tool, caller);
        const found = ask(caller, `T${place}___${toolName(target, tool)}`, `T${place}`);
        calls += 1;
        permitted += Number(expected);
        if (expected !== found) (found ? surplus : missing).push(`${caller.name} | call ${tool} of target ${place} of gateway ${index}`);
      }));
    }
  });
  return { surplus, missing, calls, permitted };
}

/** The policies of the gateway's engine, as the templates have them, asked of Cedar's own engine. One at a time. */
export function engineOf(
  { gateway, stack, callers }: BuiltGateway, roles: ReadonlyMap<string, string>, account: FakeAccount,
): (caller: Omit<Caller, 'name'>, action: string, group: string) => boolean {
  const value = (token: unknown) => account.valueOf(stack, token) as string;
  const engine = value(gateway._engine.attrPolicyEngineId);
  const policies = account.resourcesOfType('AWS::BedrockAgentCore::Policy').filter((policy) => policy.property('PolicyEngineId') === engine)
    .map((policy) => policy.property('Definition').Cedar.Statement as string).join('\n');
  const decide = prepared(policies);
  const gatewayArn = value(gateway.gatewayArn);
  const arnOf = (role: NonNullable<Caller['role']>) => (typeof role === 'string' ? value(callers[role].roleArn) : roles.get(role.name)!);
  return ({ role, token, claims }, action, group) => {
    const principal: CedarRequest['principal'] = role !== undefined
      ? { type: 'IamEntity', id: arnOf(role).replace(':iam:', ':sts:').replace(':role/', ':assumed-role/') } : { type: 'OAuthUser', id: token?.sub ?? '' };
    return decide({ principal, claims, action, actionGroups: [group], gatewayArn }) === 'allow';
  };
}

/** Nobody calls what is cut off. What the gateway says of a tool is the whole truth; if it says nothing, its agents say it. */
function mayCall(app: AppDescription, gateway: number, place: number, tool: string, caller: Caller): boolean {
  const { suspended, targets } = app.gateways[gateway];
  if (suspended || targets[place].suspended) return false;
  const said = rulesLetIn(targets[place], tool, caller);
  if (said === 'forbidden' || typeof caller.role !== 'object') return said === 'permitted';
  const called = byAgentRole(app, caller.role, gateway, place, tool);
  return called !== 'cut off' && (said === 'permitted' || called === 'permitted');
}

/** Rules of a tool and of all tools together: one has to require what the caller has, and none may forbid it. */
export function rulesLetIn({ tools }: TargetDescription, tool: string, caller: Pick<Caller, 'token' | 'role'>): 'permitted' | 'forbidden' | 'nothing' {
  const rules = tools.filter((rule) => rule.tool === tool || rule.tool === '*');
  const forbidden = rules.some(({ requires, forbids }) => requires?.who === 'nobody' || (forbids !== undefined && has(caller, forbids.access) !== forbids.unless));
  return forbidden ? 'forbidden' : rules.some(({ requires }) => requires !== undefined && has(caller, requires)) ? 'permitted' : 'nothing';
}

function has(caller: Pick<Caller, 'token' | 'role'>, access: Access): boolean {
  const { token, role } = caller;
  switch (access.who) {
    case 'nobody': return false;
    case 'every caller': return true;
    case 'all scopes': return token !== undefined && access.scopes.every((scope) => token.scopes.includes(scope));
    case 'any scope': return token !== undefined && access.scopes.some((scope) => token.scopes.includes(scope));
    case 'group': return token?.groups.includes(access.group) === true;
    case 'department': return token?.department === access.department;
    case 'subject': return token?.sub === access.subject;
    case 'role': return role === access.role;
    case 'agent': return typeof role === 'object' && role.agent === access.agent && role.calls;
    case 'all': return access.of.every((term) => has(caller, term));
    case 'any': return access.of.some((term) => has(caller, term));
  }
}

/** Every role of an agent and those that rules name, or every token that a rule could tell apart, its claims written in two ways. */
function callersFor({ agents, gateways }: AppDescription, gateway: number): Caller[] {
  const { inbound } = gateways[gateway];
  if (inbound === 'IAM' || inbound === 'any signature') {
    const ofAgents = agents.flatMap((agent, index) => agent.parts.flatMap(({ work, host }, part): CallingRole[] => (typeof host === 'number' ? []
      : [{ agent: index, name: `agent ${index} ${partName(agent, part)}`, calls: work === 'act' || work === 'vend' }])));
    return [...(['bystander', 'caller'] as const), ...ofAgents].map((role) => ({ name: `role ${typeof role === 'string' ? role : role.name}`, role, claims: {} }));
  }
  const written = (list: readonly string[], asJson: boolean): string => (asJson ? JSON.stringify(list) : list.join(' '));
  return everyToken().map((drawn, index): Caller => {
    // Groups have blanks in their names: several that are written with blanks between them are one.
    const groups = written(drawn.groups, index % 4 < 2);
    const token: Token = { ...drawn, groups: groups.startsWith('[') || drawn.groups.length < 2 ? drawn.groups : [groups] };
    return {
      name: JSON.stringify(token),
      token,
      claims: {
        sub: token.sub,
        ...(token.scopes.length === 0 ? {} : { scope: written(token.scopes, index % 2 === 1) }),
        ...(token.groups.length === 0 ? {} : { groups }),
        ...(token.department === undefined ? {} : { department: token.department }),
      },
    };
  });
}
