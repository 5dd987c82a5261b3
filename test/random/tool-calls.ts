import type { BuiltGateway } from './built-gateway';
import type { Access, AppDescription, GatewayDescription, TargetDescription } from './description';
import { type CedarRequest, prepared } from '../cedar/cedar-engine';
import type { FakeAccount } from '../simulation/fake-account';

/** Somebody who calls a tool: what the token holds as lists, and how it writes them; or the role. */
interface Caller {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly groups: readonly string[];
  readonly subject: string;
  readonly role?: 'bystander' | 'caller';
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
export function judgedToolCalls(app: AppDescription, gateways: readonly BuiltGateway[], account: FakeAccount): JudgedCalls {
  const [surplus, missing]: string[][] = [[], []];
  let [calls, permitted] = [0, 0];
  gateways.forEach((built, index) => {
    const description = app.gateways[index];
    const ask = engineOf(built, account);
    for (const caller of callersFor(description)) {
      description.targets.forEach((target, place) => (['read', 'read_all', 'read_'] as const).forEach((tool) => {
        const expected = mayCall(target, tool, caller);
        const found = ask(caller, `T${place}___${tool}`, `T${place}`);
        calls += 1;
        permitted += Number(expected);
        if (expected !== found) (found ? surplus : missing).push(`${caller.name} | call ${tool} of target ${place} of gateway ${index}`);
      }));
    }
  });
  return { surplus, missing, calls, permitted };
}

/** The policies of the gateway's engine, as the templates have them, asked of Cedar's own engine. */
function engineOf({ gateway, stack, callers }: BuiltGateway, account: FakeAccount): (caller: Caller, action: string, group: string) => boolean {
  const value = (token: unknown) => account.valueOf(stack, token) as string;
  const engine = value(gateway._engine.attrPolicyEngineId);
  const policies = account.resourcesOfType('AWS::BedrockAgentCore::Policy').filter((policy) => policy.property('PolicyEngineId') === engine)
    .map((policy) => policy.property('Definition').Cedar.Statement as string).join('\n');
  const decide = prepared(policies);
  const gatewayArn = value(gateway.gatewayArn);
  const roleIds = Object.fromEntries(Object.entries(callers).map(([name, role]) => [name, value(role.roleArn).replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')]));
  return ({ role, subject, claims }, action, group) => {
    const principal: CedarRequest['principal'] = role !== undefined ? { type: 'IamEntity', id: roleIds[role] } : { type: 'OAuthUser', id: subject };
    return decide({ principal, claims: role !== undefined ? {} : claims, action, actionGroups: [group], gatewayArn }) === 'allow';
  };
}

/** Rules of a tool and of all tools together: one has to require what the caller has, and none may forbid it. */
function mayCall({ tools }: TargetDescription, tool: string, caller: Caller): boolean {
  const rules = tools.filter((rule) => rule.tool === tool || rule.tool === '*');
  const forbidden = rules.some(({ requires, forbids }) => requires?.who === 'nobody' || (forbids !== undefined && has(caller, forbids.access) !== forbids.unless));
  return !forbidden && rules.some(({ requires }) => requires !== undefined && has(caller, requires));
}

function has(caller: Caller, access: Access): boolean {
  switch (access.who) {
    case 'nobody': return false;
    case 'every caller': return true;
    case 'all scopes': return access.scopes.every((scope) => caller.scopes.includes(scope));
    case 'any scope': return access.scopes.some((scope) => caller.scopes.includes(scope));
    case 'group': return caller.groups.includes(access.group);
    case 'subject': return caller.role === undefined && caller.subject === access.subject;
    case 'role': return caller.role === access.role;
    case 'all': return access.of.every((term) => has(caller, term));
    case 'any': return access.of.some((term) => has(caller, term));
  }
}

/** Every set of scopes and groups that a rule could tell apart, with neighbours, in both ways to write a list. */
function callersFor({ inbound }: GatewayDescription): Caller[] {
  if (inbound === 'IAM' || inbound === 'any signature') {
    return (['bystander', 'caller'] as const).map((role) => ({ name: `role ${role}`, scopes: [], groups: [], subject: '', role, claims: {} }));
  }
  const scopeSets = [[], ['mcp:read'], ['mcp:read:all'], ['mcp:write', 'mcp:read'], ['mcp:write'], ['mcp:read', 'mcp:read:all', 'mcp:write'], ['mcp:rea', 'mcp:read2']];
  const groupSets = [[], ['sales'], ['sales-admins'], ['support', 'sales']];
  const callers = scopeSets.flatMap((scopes, index) => groupSets.map((groups, at): Caller => {
    const subject = ['user-1', 'user-10', 'user-2'][(index + at) % 3];
    const written = (list: string[], asJson: boolean): string => (asJson ? JSON.stringify(list) : list.join(' '));
    return {
      name: `${subject} with scopes ${scopes.join(' ') || 'none'} in ${groups.join(' ') || 'no group'}`,
      scopes,
      groups,
      subject,
      claims: {
        sub: subject,
        ...(scopes.length === 0 ? {} : { scope: written(scopes, at % 2 === 1) }),
        ...(groups.length === 0 ? {} : { groups: written(groups, index % 2 === 0) }),
      },
    };
  }));
  return callers;
}
