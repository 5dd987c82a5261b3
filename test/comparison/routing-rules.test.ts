import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_bedrockagentcore as agentcore, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { AccessReport, ToolAccess, ToolGateway } from '../../src';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { routingRuleText, routingRuleWords } from '../../src/gateway/routing-rule-words';
import type { AccessModel } from '../../src/review/access-model';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { gatewayProps, REASON, stackIn, TARGETS, WAYS } from '../gateway/every-target';

/*
 * Gateway rules, which this library does not make: every one that comes, goes or changes is told, with its calls and its route, and never
 * as something harmless.
 */
const ROLE = 'arn:aws:iam::111111111111:role/qa';
const PRINCIPALS = [{ matchPrincipals: { anyOf: [{ iamPrincipal: { arn: ROLE } }, { iamPrincipal: { arn: 'arn:aws:iam::111111111111:role/dev-*', operator: 'StringLike' } }] } }];
const TO_CANARY = [{ routeToTarget: { staticRoute: { targetName: 'Canary' } } }];
const RULE: Omit<agentcore.CfnGatewayRuleProps, 'gatewayIdentifier'> = { priority: 100, conditions: PRINCIPALS, actions: TO_CANARY };
const TEXT = `priority 100, calls of principals arn:aws:iam::111111111111:role/dev-* (pattern), ${ROLE}: to target Canary`;

type Declare = (gateway: ToolGateway, stack: Stack) => void;
const rule = (props: Partial<agentcore.CfnGatewayRuleProps> = {}): Declare => (gateway, stack) => {
  new agentcore.CfnGatewayRule(stack, 'Rule', { ...RULE, gatewayIdentifier: gateway.gatewayId, ...props });
};

const folder = mkdtempSync(join(tmpdir(), 'routing-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

function appWith(declare: Declare = () => undefined): { app: App; outdir: string } {
  const outdir = mkdtempSync(join(folder, 'app-'));
  const app = new App({ outdir });
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  gateway.addTarget('Crm', TARGETS.openApi(stack), { credentials: WAYS.none(stack) }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  declare(gateway, stack);
  return { app, outdir };
}

const modelOf = (declare?: Declare) => JSON.parse(AccessReport.of(appWith(declare).app).toJson()) as AccessModel;
const lines = ({ changes }: ReturnType<typeof compareApps>) => changes.map(({ kind, subject, of, what, before, now }) => ({ kind, subject, of, what, before, now }));

function templatesOf(declare?: Declare) {
  const { app, outdir } = appWith(declare);
  app.synth();
  return comparedAppOf(readSynthesizedApp(outdir));
}

const UNDECIDED = { kind: 'undecided', subject: 'gateway', of: 'Stack/Gateway', what: 'routing rule Stack/Rule' };

const CHANGES: [string, Declare | undefined, Declare | undefined, string | undefined, string | undefined][] = [
  ['a new rule', undefined, rule(), undefined, TEXT],
  ['a rule that goes', rule(), undefined, TEXT, undefined],
  ['another priority', rule(), rule({ priority: 99 }), TEXT, TEXT.replace('100', '99')],
  ['another route', rule(), rule({ actions: [{ routeToTarget: { staticRoute: { targetName: 'Crm' } } }] }), TEXT, TEXT.replace('Canary', 'Crm')],
  ['no longer for some principals', rule(), rule({ conditions: undefined }), TEXT, 'priority 100, all calls: to target Canary'],
  ['an exact principal that becomes a pattern',
    rule({ conditions: [{ matchPrincipals: { anyOf: [{ iamPrincipal: { arn: ROLE } }] } }] }), rule({ conditions: [{ matchPrincipals: { anyOf: [{ iamPrincipal: { arn: ROLE, operator: 'StringLike' } }] } }] }),
    `priority 100, calls of principals ${ROLE}: to target Canary`, `priority 100, calls of principals ${ROLE} (pattern): to target Canary`],
  ['a share for another target', rule(), rule({
    conditions: [{ matchPaths: { anyOf: ['/Crm/*'] } }],
    actions: [{ routeToTarget: { weightedRoute: { trafficSplit: [{ name: 'a', targetName: 'Crm', weight: 90 }, { name: 'b', targetName: 'Canary', weight: 10 }] } } }],
  }), TEXT, 'priority 100, calls of paths /Crm/*: 10 % to target Canary, 90 % to target Crm'],
  ['a configuration bundle', rule(), rule({ actions: [...TO_CANARY, { configurationBundle: { staticOverride: { bundleArn: 'arn:b', bundleVersion: '2' } } }] }),
    TEXT, `${TEXT} and with configuration bundle {"staticOverride":{"bundleArn":"arn:b","bundleVersion":"2"}}`],
];

describe('between two reports', () => {
  test.each(CHANGES)('%s', (_what, was, is, before, now) => expect(lines(compareApps({ model: modelOf(was) }, { model: modelOf(is) }))).toEqual([{ ...UNDECIDED, before, now }]));

  test('the order in which principals stand: nothing', () => {
    const reversed = rule({ conditions: [{ matchPrincipals: { anyOf: [...PRINCIPALS[0].matchPrincipals.anyOf].reverse() } }] });
    expect(lines(compareApps({ model: modelOf(rule()) }, { model: modelOf(reversed) }))).toEqual([]);
  });
});

describe('between two apps with templates: once', () => {
  test.each(CHANGES)('%s', (_what, was, is, before, now) => expect(lines(compareApps(templatesOf(was), templatesOf(is)))).toEqual([{ ...UNDECIDED, before, now }]));

  test('nothing changed', () => expect(lines(compareApps(templatesOf(rule()), templatesOf(rule())))).toEqual([]));

  test('another description: nothing', () => expect(lines(compareApps(templatesOf(rule()), templatesOf(rule({ description: 'Canary' }))))).toEqual([]));

  test('a rule without a class of its own', () => {
    const raw: Declare = (gateway, stack) => new CfnResource(stack, 'Rule', { type: 'AWS::BedrockAgentCore::GatewayRule', properties: { GatewayIdentifier: gateway.gatewayId, Priority: 5, Actions: [{ RouteToTarget: { StaticRoute: { TargetName: 'Canary' } } }] } });
    expect(lines(compareApps(templatesOf(), templatesOf(raw)))).toEqual([{ ...UNDECIDED, before: undefined, now: 'priority 5, all calls: to target Canary' }]);
  });

  test('a rule beneath the gateway itself', () => {
    const inside: Declare = (gateway) => new agentcore.CfnGatewayRule(gateway, 'Rule', { ...RULE, gatewayIdentifier: gateway.gatewayId });
    expect(lines(compareApps(templatesOf(), templatesOf(inside)))).toEqual([{ ...UNDECIDED, what: 'routing rule Stack/Gateway/Rule', before: undefined, now: TEXT }]);
  });

  test('a rule of a gateway that is not of this app', () =>
    expect(lines(compareApps(templatesOf(), templatesOf(rule({ gatewayIdentifier: 'others-0123456789' }))))).toEqual([{ ...UNDECIDED, of: 'others-0123456789', before: undefined, now: TEXT }]));

  test('a rule that moves to another gateway', () => {
    const [change, ...more] = lines(compareApps(templatesOf(rule({ gatewayIdentifier: 'others-0123456789' })), templatesOf(rule({ gatewayIdentifier: 'third-0123456789' }))));
    expect([change, more]).toEqual([{ ...UNDECIDED, of: 'third-0123456789', what: 'gateway of routing rule Stack/Rule', before: 'others-0123456789', now: 'third-0123456789' }, []]);
  });
});

describe('in the report', () => {
  test('a gateway without rules has no word of them', () => {
    expect(modelOf().gateways[0].routingRules).toBeUndefined();
    expect(AccessReport.of(appWith().app).toMarkdown()).not.toContain('Routing rules');
  });

  test('a rule stands under its gateway, and says what it is not', () => {
    const report = AccessReport.of(appWith(rule()).app);
    expect(JSON.parse(report.toJson()).gateways[0].routingRules).toEqual([{
      path: 'Stack/Rule', priority: '100', calls: [`principals arn:aws:iam::111111111111:role/dev-* (pattern), ${ROLE}`], actions: ['to target Canary'],
    }]);
    expect(report.toMarkdown()).toContain('Routing rules (NOT an access control: they refuse nobody)');
    expect(report.toMarkdown()).toContain('to target Canary');
    expect(report.toHtml()).toContain('to target Canary');
  });

  test('a rule of another stack, with a principal that only deployment knows', () => {
    const { gateways: [gateway] } = modelOf((it, stack) => {
      const other = new Stack(stack.node.root as App, 'Other', { env: { account: stack.account, region: stack.region } });
      const arn = new CfnParameter(other, 'Principal').valueAsString;
      new agentcore.CfnGatewayRule(other, 'Rule', { priority: 1, actions: TO_CANARY, conditions: [{ matchPrincipals: { anyOf: [{ iamPrincipal: { arn } }] } }], gatewayIdentifier: it.gatewayRef.gatewayIdentifier });
    });
    expect(gateway.routingRules).toEqual([{ path: 'Other/Rule', priority: '1', calls: ['principals (known at deployment)'], actions: ['to target Canary'] }]);
  });

  test.each<[string, Declare, string]>([
    ['without a class of its own', (gateway, stack) => new CfnResource(stack, 'Rule', {
      type: 'AWS::BedrockAgentCore::GatewayRule', properties: { GatewayIdentifier: gateway.gatewayId, Priority: 5, Actions: [{ RouteToTarget: { StaticRoute: { TargetName: 'Canary' } } }] },
    }), '5'],
    ['by the id that the gateway has after its first deployment', (gateway, stack) => rule({ gatewayIdentifier: `${gateway.gatewayName.toLowerCase()}-a1b2c3d4e5` })(gateway, stack), '100'],
    ['by Fn.getAtt', (gateway, stack) => {
      const l1 = gateway.node.defaultChild as CfnResource;
      rule({ gatewayIdentifier: Fn.getAtt(stack.resolve(l1.logicalId), 'GatewayIdentifier').toString() })(gateway, stack);
    }, '100'],
    ['with an override', (gateway, stack) => new agentcore.CfnGatewayRule(stack, 'Rule', { ...RULE, gatewayIdentifier: gateway.gatewayId }).addPropertyOverride('Priority', 7), '7'],
  ])('a rule %s', (_how, declare, priority) => {
    const { gateways: [gateway] } = modelOf(declare);
    expect(gateway.routingRules?.map((each) => [each.path, each.priority, each.actions])).toEqual([['Stack/Rule', priority, ['to target Canary']]]);
  });

  test('not a rule of another gateway', () => {
    const { gateways } = modelOf((gateway, stack) => {
      new ToolGateway(stack, 'Second', gatewayProps({ gatewayName: 'second' }));
      rule()(gateway, stack);
    });
    expect(gateways.map(({ path, routingRules }) => [path, routingRules?.length])).toEqual([['Stack/Gateway', 1], ['Stack/Second', undefined]]);
  });
});

describe('what this version does not know of a rule is not left out', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a fallback', { priority: 1, actions: [{ routeToTarget: { staticRoute: { targetName: 'A', fallback: { targetName: 'B' } } } }] }, 'priority 1, all calls: to target A with {"fallback":{"targetName":"B"}}'],
    ['models', { priority: 1, conditions: [{ matchModels: { anyOf: ['m'] } }], actions: TO_CANARY }, 'priority 1, calls of models m: to target Canary'],
    ['another condition', { priority: 1, conditions: [{ matchHeaders: { anyOf: ['x'] } }], actions: TO_CANARY }, 'priority 1, calls of matchHeaders {"anyOf":["x"]}: to target Canary'],
    ['another action', { priority: 1, actions: [{ refuse: { status: 403 } }] }, 'priority 1, all calls: refuse {"status":403}'],
    ['another kind of principal', { priority: 1, conditions: [{ matchPrincipals: { anyOf: [{ jwtPrincipal: { sub: 'a' } }] } }], actions: TO_CANARY }, 'priority 1, calls of principals jwtPrincipal {"sub":"a"}: to target Canary'],
    ['another operator', { priority: 1, conditions: [{ matchPrincipals: { anyOf: [{ iamPrincipal: { arn: ROLE, operator: 'StringNotLike' } }] } }], actions: TO_CANARY }, `priority 1, calls of principals ${ROLE} (StringNotLike): to target Canary`],
    ['conditions that are no list', { priority: 1, conditions: '(known at deployment)', actions: TO_CANARY }, 'priority 1, calls of (known at deployment): to target Canary'],
  ])('%s', (_what, properties, text) => expect(routingRuleText(routingRuleWords(properties))).toBe(text));
});
