import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { AgentHost, CustomScope, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway } from '../../src';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { crm, ENV, gatewayProps, REASON, TARGETS } from '../gateway/every-target';

/* A gateway's return page that comes, goes or may do more is told, and so is what its role may do. */
const folder = mkdtempSync(join(tmpdir(), 'return-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Declared {
  readonly page?: string;
  readonly role?: string;
  readonly elsewhere?: string;
  readonly providers?: string[];
}

function comparedApp({ page, role = 'First', elsewhere, providers = ['crm'] }: Declared) {
  const app = new App({ outdir: mkdtempSync(join(folder, 'app-')) });
  const stack = new Stack(app, 'S', { env: ENV });
  const roles = Object.fromEntries(['First', 'Other'].map((id) => [id, new iam.Role(stack, id, { roleName: id, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })]));
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  providers.forEach((name) => gateway.addTarget(name, TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(crm(stack, name), { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl: 'https://agents.example.com/return' }),
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON)));
  if (page !== undefined) {
    gateway.addReturnPage(page, elsewhere === undefined ? AgentHost.role(roles[role]) : AgentHost.roleManagedElsewhere(roles[role], { reason: elsewhere }));
  }
  return comparedAppOf(readSynthesizedApp(app.synth().directory));
}

const ONE: Declared = { page: 'Consent' };
const MORE = (role: string, of: string) => [`widened IAM ${of}: IAM of S/${role}: more is allowed`, `guard-strengthened IAM ${of}: IAM of S/${role}: more is denied`];
const LESS = (role: string, of: string) => [`narrowed IAM ${of}: IAM of S/${role}: less is allowed`, `guard-weakened IAM ${of}: IAM of S/${role}: less is denied`];

test.each<[string, Declared, Declared, string[]]>([
  ['nothing', ONE, ONE, []],
  ['a page', {}, ONE, ['added gateway S/Gateway: return page Consent', ...MORE('First', 'S/Gateway'), 'changed gateway S/Gateway: no longer left to others']],
  ['a page that goes', ONE, {}, ['removed gateway S/Gateway: return page Consent', ...LESS('First', 'S/First'), 'changed gateway S/Gateway: left to others']],
  ['a page of another name', ONE, { page: 'Return' }, ['added gateway S/Gateway: return page Return', 'removed gateway S/Gateway: return page Consent']],
  ['another role', ONE, { page: 'Consent', role: 'Other' }, ['changed gateway S/Gateway: return page Consent: role', ...MORE('Other', 'S/Other'), ...LESS('First', 'S/First')]],
  ['a policy that is attached elsewhere', ONE, { page: 'Consent', elsewhere: 'The web team does it' }, [
    'changed gateway S/Gateway: return page Consent: policy attached here', 'reason-changed gateway S/Gateway: return page Consent: why nothing is attached here',
    ...LESS('First', 'S/Gateway'), 'changed gateway S/Gateway: left to others',
  ]],
])('%s', (_what, before, now, expected) => {
  const told = compareApps(comparedApp(before), comparedApp(now)).changes.map(({ kind, subject, of, what }) => `${kind} ${subject} ${of}: ${what}`);
  expect(told.sort()).toEqual([...expected].sort());
});

test('a target with consent more is told of the page, too, with an example', () => {
  const { changes } = compareApps(comparedApp(ONE), comparedApp({ ...ONE, providers: ['crm', 'mail'] }));
  const widened = changes.filter(({ kind, what }) => kind === 'widened' && what.includes('S/First'));
  expect(widened.map(({ example }) => [example?.action, example?.resource])).toEqual([
    ['bedrock-agentcore:CompleteResourceTokenAuth', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/mail'],
  ]);
});
