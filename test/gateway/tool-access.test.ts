import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { calendarFunction, gatewayProps, REASON, stackIn, WAYS } from './every-target';
import {
  ClaimShape, GatewayInbound, GatewayTarget, InputCondition, Tool, ToolAccess, ToolGateway, ToolGatewayProps, ToolParameter, ToolSchema, ToolTarget,
} from '../../src';
import { DeployedGateway, ToolsElsewhere } from '../cedar/deployed-gateway';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/*
 * Who may call which tool, asked of Cedar's own engine with the policies of the template, against a schema made from the template.
 */
const SCHEMA = ToolSchema.inline(
  Tool.named('list_events', { description: 'Lists events', parameters: { city: ToolParameter.text({ required: true }), limit: ToolParameter.integer(), draft: ToolParameter.flag() } }),
  Tool.named('delete_event', { description: 'Deletes an event', parameters: { id: ToolParameter.text({ required: true }) } }),
  Tool.named('pay', {
    description: 'Pays',
    parameters: {
      amount: ToolParameter.numeric({ required: true }),
      currency: ToolParameter.text(),
      order: ToolParameter.structure({ total: ToolParameter.integer(), tags: ToolParameter.listOf(ToolParameter.text()) }),
    },
  }),
);
const LIST = 'Calendar___list_events';
const DELETE = 'Calendar___delete_event';
const PAY = 'Calendar___pay';
const EVENTS = { city: 'Berlin' };
const EVENT = { id: '1' };
const decimal = (value: string) => ({ __extn: { fn: 'decimal', arg: value } });

type Declare = (calendar: ToolTarget, gateway: ToolGateway, stack: Stack) => void;

function deployed(declare: Declare, props: Partial<ToolGatewayProps> = {}, elsewhere: ToolsElsewhere = {}): DeployedGateway {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps(props));
  const calendar = gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), SCHEMA), { credentials: WAYS.gatewayRole(stack) });
  declare(calendar, gateway, stack);
  for (const name of SCHEMA.toolNames!) {
    const said = calendar._tools.some((tool) => (tool.name === name || tool.name === '*') && tool._rules.some(({ effect }) => effect === 'permit'));
    if (!said) calendar.tool(name).requires(ToolAccess.nobody());
  }
  const account = deploy(app);
  expect(templateSchemaErrors(account)).toEqual([]);
  const result = new DeployedGateway(account, elsewhere);
  expect(result.findings).toEqual([]);
  return result;
}

describe('an admin calls both tools, a plain user one, nobody else any', () => {
  const gateway = deployed((calendar) => {
    calendar.tool('list_events').requires(ToolAccess.allScopes('mcp:call', 'calendar:read'));
    calendar.tool('delete_event').requires(ToolAccess.allOf(ToolAccess.allScopes('mcp:call', 'calendar:read'), ToolAccess.group('admins')));
  });
  const READ = 'mcp:call calendar:read';
  test.each<[string, Record<string, string>, string, string]>([
    ['admin', { scope: READ, groups: '["admins"]' }, 'allow', 'allow'],
    ['admin among others', { scope: READ, groups: '["sales","admins","eu"]' }, 'allow', 'allow'],
    ['admin, of that group alone', { scope: READ, groups: 'admins' }, 'allow', 'allow'],
    ['a group of two words, one of which is the name', { scope: READ, groups: 'sales admins' }, 'allow', 'deny'],
    ['such a group in a list', { scope: READ, groups: '["sales admins","admins eu"]' }, 'allow', 'deny'],
    ['plain user', { scope: READ, groups: '["sales"]' }, 'allow', 'deny'],
    ['plain user without groups', { scope: READ }, 'allow', 'deny'],
    ['scopes the other way round, among others', { scope: 'openid calendar:read profile mcp:call' }, 'allow', 'deny'],
    ['scopes as JSON', { scope: '["calendar:read","mcp:call"]' }, 'allow', 'deny'],
    ['one scope only', { scope: 'mcp:call' }, 'deny', 'deny'],
    ['the other scope only, as admin', { scope: 'calendar:read', groups: '["admins"]' }, 'deny', 'deny'],
    ['no scope', { groups: '["admins"]' }, 'deny', 'deny'],
    ['nobody', {}, 'deny', 'deny'],
    ['longer scope', { scope: 'mcp:call:admin calendar:read' }, 'deny', 'deny'],
    ['scope with something in front', { scope: 'xmcp:call calendar:read' }, 'deny', 'deny'],
    ['scope with something behind', { scope: 'mcp:call2 calendar:read' }, 'deny', 'deny'],
    ['all confusable ones together', { scope: 'mcp:call:admin xmcp:call mcp:call2 mcp: :call calendar:read' }, 'deny', 'deny'],
    ['wildcard', { scope: '* calendar:read' }, 'deny', 'deny'],
    ['quotes', { scope: '"mcp:call" calendar:read' }, 'deny', 'deny'],
    ['an end of the literal', { scope: 'x" || true || "mcp:call calendar:read' }, 'deny', 'deny'],
    ['backslashes', { scope: 'mcp:call\\ calendar:read' }, 'deny', 'deny'],
    ['the scope in another claim', { scp: READ, groups: '["admins"]' }, 'deny', 'deny'],
    ['a group that contains the name', { scope: READ, groups: '["nonadmins","admins2","x admins y"]' }, 'allow', 'deny'],
    ['a group with quotes in it', { scope: READ, groups: '["x\\",\\"admins\\",\\"y"]' }, 'allow', 'deny'],
  ])('%s', (_who, claims, list, remove) => {
    expect([gateway.ask(claims, LIST, EVENTS), gateway.ask(claims, DELETE, EVENT)]).toEqual([list, remove]);
  });
});

describe('groups with blanks in their names, in the claims of three issuers', () => {
  const rules = (claim?: string) => deployed((calendar) => {
    calendar.tool('list_events').requires(ToolAccess.group('Admins', { claim }));
    calendar.tool('delete_event').requires(ToolAccess.group('Sales Admins', { claim }));
  });
  test.each<[string, string | undefined]>([['Okta', undefined], ['Amazon Cognito', 'cognito:groups'], ['Microsoft Entra, app roles', 'roles']])('%s', (_issuer, claim) => {
    const gateway = rules(claim);
    const ask = (text: string) => [gateway.ask({ [claim ?? 'groups']: text }, LIST, EVENTS), gateway.ask({ [claim ?? 'groups']: text }, DELETE, EVENT)];
    expect(ask('["Admins"]')).toEqual(['allow', 'deny']);
    expect(ask('["Sales Admins"]')).toEqual(['deny', 'allow']);
    expect(ask('["Everyone","Sales Admins","Admins"]')).toEqual(['allow', 'allow']);
    expect(ask('Admins')).toEqual(['allow', 'deny']);
    expect(ask('Sales Admins')).toEqual(['deny', 'allow']);
    for (const near of ['Admins Sales', 'Adminss', 'admins', 'SALES ADMINS', 'Staff Sales Admins', 'Sales Admins Staff', '["Admins Sales","Adminss","admins","sales admins","Global Sales Admins"]']) {
      expect([near, ...ask(near)]).toEqual([near, 'deny', 'deny']);
    }
    // The same lists in another claim.
    expect([gateway.ask({ other: '["Admins"]' }, LIST, EVENTS), gateway.ask({ other: '["Sales Admins"]' }, DELETE, EVENT)]).toEqual(['deny', 'deny']);
  });
});

describe('values with hostile characters are compared, not read as Cedar', () => {
  const HOSTILE = ['ad"min', 'ad\\min', '") || true || ("', '*', 'a*b', '${principal}', 'x"; permit(principal,action,resource);//', 'Ädmin', 'DOMAIN\\admins', 'CN=Admins,OU=Groups', '\\"', '\\'];
  test.each(HOSTILE)('group %j', (group) => {
    const gateway = deployed((calendar) => {
      calendar.tool('list_events').requires(ToolAccess.group(group));
      calendar.tool('delete_event').requires(ToolAccess.claim('department', group));
    });
    const near = [`${group}x`, `x${group}`, group.slice(1), group.replace(/\*/g, 'zz'), group.replace(/\\/g, ''), 'true'].filter((each) => each !== group);
    expect(gateway.ask({ groups: JSON.stringify([group]) }, LIST, EVENTS)).toBe('allow');
    expect(gateway.ask({ groups: JSON.stringify(['a', group, 'b']) }, LIST, EVENTS)).toBe('allow');
    expect(gateway.ask({ department: group }, DELETE, EVENT)).toBe('allow');
    for (const other of near) {
      expect([other, gateway.ask({ groups: JSON.stringify(['a', other, 'b']) }, LIST, EVENTS)]).toEqual([other, 'deny']);
      expect([other, gateway.ask({ department: other }, DELETE, EVENT)]).toEqual([other, 'deny']);
    }
  });
});

describe('rules of each form', () => {
  const ask = (gateway: DeployedGateway, action: string, input: object, ...callers: Record<string, string>[]) =>
    callers.map((claims) => gateway.ask(claims, action, input as never));

  test('any of several scopes', () => {
    const gateway = deployed((calendar) => calendar.tool('list_events').requires(ToolAccess.anyScope('read', 'write')));
    expect(ask(gateway, LIST, EVENTS, { scope: 'read' }, { scope: 'x write' }, { scope: 'read write' }, { scope: 'reads' }, {})).toEqual(['allow', 'allow', 'allow', 'deny', 'deny']);
  });

  test('one subject, and every caller', () => {
    const gateway = deployed((calendar) => {
      calendar.tool('list_events').requires(ToolAccess.everyCaller(REASON));
      calendar.tool('delete_event').requires(ToolAccess.subject('alice'));
    });
    expect(ask(gateway, LIST, EVENTS, {}, { sub: 'bob' })).toEqual(['allow', 'allow']);
    expect(ask(gateway, DELETE, EVENT, { sub: 'alice' }, { sub: 'bob' }, { sub: 'Alice' }, { sub: 'x', name: 'alice' })).toEqual(['allow', 'deny', 'deny', 'deny']);
  });

  test('conditions on arguments, also on those that may be missing', () => {
    const gateway = deployed((calendar) => {
      calendar.tool('list_events').requires(ToolAccess.allScopes('read').whenInput(InputCondition.textIsOneOf('city', 'Berlin', 'Bonn'), InputCondition.integerIn('limit', { atMost: 10 })));
      calendar.tool('delete_event').requires(ToolAccess.allScopes('read').whenInput(InputCondition.textStartsWith('id', 'te*st-')));
      calendar.tool('pay').requires(ToolAccess.everyCaller(REASON).whenInput(InputCondition.decimalIn('amount', { atLeast: 0, atMost: 99.5 }), InputCondition.integerIn('order.total', { atLeast: 1 })));
    });
    const reader = { scope: 'read' };
    const list = (input: object) => ask(gateway, LIST, input, reader)[0];
    expect([list({ city: 'Bonn', limit: 10 }), list({ city: 'Bonn', limit: 11 }), list({ city: 'Bonn' }), list({ city: 'Berlin"', limit: 1 })]).toEqual(['allow', 'deny', 'deny', 'deny']);
    const remove = (id: string) => ask(gateway, DELETE, { id }, reader)[0];
    expect([remove('te*st-1'), remove('test-1'), remove('teXst-1'), remove('x-te*st-1')]).toEqual(['allow', 'deny', 'deny', 'deny']);
    const pay = (amount: string, order?: object) => ask(gateway, PAY, { amount: decimal(amount), ...(order !== undefined ? { order } : {}) }, {})[0];
    expect([pay('99.5', { total: 1 }), pay('99.5001', { total: 1 }), pay('1.0', { total: 0 }), pay('1.0', {}), pay('1.0')]).toEqual(['allow', 'deny', 'deny', 'deny', 'deny']);
  });

  test('a forbid counts although something permits, and does not err where a claim or an argument is missing', () => {
    const gateway = deployed((calendar) => {
      calendar.tool('list_events').requires(ToolAccess.allScopes('read'))
        .forbids(ToolAccess.group('contractors'), REASON)
        .forbids(ToolAccess.everyCaller(REASON).whenInput(InputCondition.flagIs('draft', true)), REASON);
      calendar.tool('delete_event').requires(ToolAccess.allScopes('read')).forbidsUnless(ToolAccess.group('staff'), REASON);
    });
    const reader = { scope: 'read' };
    expect(ask(gateway, LIST, EVENTS, reader, { ...reader, groups: '["staff"]' }, { ...reader, groups: '["contractors"]' }, { ...reader, groups: 'contractors' }, { ...reader, groups: 'staff contractors' }))
      .toEqual(['allow', 'allow', 'deny', 'deny', 'allow']);
    expect([ask(gateway, LIST, { ...EVENTS, draft: true }, reader), ask(gateway, LIST, { ...EVENTS, draft: false }, reader)]).toEqual([['deny'], ['allow']]);
    expect(ask(gateway, DELETE, EVENT, reader, { ...reader, groups: '["staff"]' }, { groups: '["staff"]' })).toEqual(['deny', 'allow', 'deny']);
  });

  test('a rule for all tools, and one that stays shut', () => {
    const gateway = deployed((calendar) => {
      calendar.everyTool(REASON).requires(ToolAccess.allScopes('read'));
      calendar.tool('delete_event').requires(ToolAccess.nobody());
    });
    const reader = { scope: 'read' };
    expect([gateway.ask(reader, LIST, EVENTS), gateway.ask(reader, DELETE, EVENT), gateway.ask({}, LIST, EVENTS)]).toEqual(['allow', 'deny', 'deny']);
  });

  test('a rule of one target says nothing about another', () => {
    const gateway = deployed((calendar, owner) => {
      calendar.tool('list_events').requires(ToolAccess.allScopes('read'));
      owner.addTarget('Crm', GatewayTarget.mcpServer('https://crm.example.com'), { credentials: WAYS.none(owner) }).tool('list_events').requires(ToolAccess.allScopes('crm'));
    }, {}, { Crm: ['list_events', 'unsaid'] });
    const crm = (claims: Record<string, string>, tool: string) => gateway.ask(claims, `Crm___${tool}`);
    expect([crm({ scope: 'read' }, 'list_events'), crm({ scope: 'crm' }, 'list_events'), crm({ scope: 'crm read' }, 'unsaid')]).toEqual(['deny', 'allow', 'deny']);
  });

  test('callers by IAM: one role, whatever its session', () => {
    const gateway = deployed((calendar, _owner, stack) => calendar.tool('list_events').requires(ToolAccess.iamRole(iam.Role.fromRoleName(stack, 'Caller', 'scheduler'))), { inbound: GatewayInbound.iam() });
    const role = (name: string, account = '111111111111') => `arn:aws:sts::${account}:assumed-role/${name}`;
    expect([role('scheduler'), role('scheduler2'), role('Scheduler'), role('scheduler', '222222222222')].map((caller) => gateway.ask(caller, LIST, EVENTS))).toEqual(['allow', 'deny', 'deny', 'deny']);
  });

  test('a gateway that asks nobody opens only what is open to every caller', () => {
    const gateway = deployed((calendar) => calendar.tool('list_events').requires(ToolAccess.everyCaller(REASON)), { inbound: GatewayInbound.none(REASON) });
    expect([gateway.ask('anyone', LIST, EVENTS), gateway.ask('anyone', DELETE, EVENT)]).toEqual(['allow', 'deny']);
  });

  test('a claim with one value is not a list', () => {
    const gateway = deployed((calendar) => {
      calendar.tool('list_events').requires(ToolAccess.claim('tier', 'gold'));
      calendar.tool('delete_event').requires(ToolAccess.claim('tiers', 'gold', { shape: ClaimShape.BLANK_SEPARATED }));
    });
    expect(ask(gateway, LIST, EVENTS, { tier: 'gold' }, { tier: 'gold silver' }, { tier: '["gold"]' })).toEqual(['allow', 'deny', 'deny']);
    expect(ask(gateway, DELETE, EVENT, { tiers: 'gold' }, { tiers: 'gold silver' }, { tiers: 'golden' })).toEqual(['allow', 'allow', 'deny']);
  });

  test('many alternatives are divided into policies that together say the same', () => {
    const scopes = Array.from({ length: 120 }, (_each, index) => `team-${index}:read`);
    const gateway = deployed((calendar) => calendar.tool('list_events').requires(ToolAccess.anyScope(...scopes)));
    expect(gateway.policies.length).toBeGreaterThan(5);
    expect(new Set(gateway.policies.map(({ name }) => name)).size).toBe(gateway.policies.length);
    expect(ask(gateway, LIST, EVENTS, ...['team-0:read', 'team-60:read', 'team-119:read', 'team-120:read', 'team-11:rea'].map((scope) => ({ scope })))).toEqual(['allow', 'allow', 'allow', 'deny', 'deny']);
  });
});

test.each<[string, ToolAccess, string, string | undefined]>([
  ['every caller, of whom a scope is asked', ToolAccess.allOf(ToolAccess.everyCaller(REASON), ToolAccess.allScopes('read')), 'scope read', undefined],
  ['every caller, or those with a scope', ToolAccess.anyOf(ToolAccess.everyCaller(REASON), ToolAccess.allScopes('read')), '(EVERY CALLER) or (scope read)', REASON.reason],
])('%s: the words and the reason say who it is', (_what, { description, everyCallerReason }, words, reason) => {
  expect({ description, everyCallerReason }).toEqual({ description: words, everyCallerReason: reason });
});
