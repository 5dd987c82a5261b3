import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { PrivateCaCertificate, PrivateEndpoint, ToolAccess, ToolGateway, ToolTarget } from '../../src';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { gatewayProps, REASON, stackIn, TARGETS, WAYS } from '../gateway/every-target';

/* By which authority a target is recognized: another one may let somebody else pass as the target. */
const folder = mkdtempSync(join(tmpdir(), 'private-ca-'));
afterAll(() => rmSync(folder, { recursive: true }));

const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-a1B2c3`;
const ca = (stack: Stack, name: string) => PrivateCaCertificate.fromSecret(secretsmanager.Secret.fromSecretCompleteArn(stack, name, secretArn(name)));

function comparedWith(names: string[], change: (target: ToolTarget) => void = () => undefined, edited: (template: string) => string = (template) => template) {
  const outdir = mkdtempSync(join(folder, 'app-'));
  const stack = stackIn(new App({ outdir }));
  const target = new ToolGateway(stack, 'Gateway', gatewayProps()).addTarget('Inside', TARGETS.mcpServer(stack), {
    credentials: WAYS.none(stack),
    privateEndpoint: PrivateEndpoint.latticeResource('rcfg-0123456789abcdef0'),
    ...(names.length === 0 ? {} : { privateCaCertificates: names.map((name) => ca(stack, name)) }),
  });
  target.everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  change(target);
  (stack.node.root as App).synth();
  const template = join(outdir, 'Stack.template.json');
  writeFileSync(template, edited(readFileSync(template, 'utf8')));
  return comparedAppOf(readSynthesizedApp(outdir));
}

const byHand = (name: string) => (target: ToolTarget) => target._resource.addPropertyOverride('CertificateConfigurations', [{ SecretsManager: { SecretArn: secretArn(name) } }]);
/** The library refuses an override of what it was told. A template can be edited nevertheless. */
const inTemplate = (from: string, to: string) => (template: string) => template.replace(/"CertificateConfigurations": \[[^\]]*\]/, (text) => text.replace(secretArn(from), secretArn(to)));
const TOLD = 'undecided gateway Stack/Gateway target Inside: private CA certificates';
const BY_HAND = 'undecided AgentCore resource Stack/Gateway/Inside GatewayTarget: CertificateConfigurations (SecretArn)';

test.each<[string, ReturnType<typeof comparedWith>, ReturnType<typeof comparedWith>, string[]]>([
  ['the same', comparedWith(['ca']), comparedWith(['ca']), []],
  ['the first', comparedWith([]), comparedWith(['ca']), ['widened IAM', TOLD]],
  ['another', comparedWith(['ca']), comparedWith(['other']), ['widened IAM', TOLD, 'narrowed IAM']],
  ['none any more', comparedWith(['ca']), comparedWith([]), [TOLD, 'narrowed IAM']],
  ['another, behind the library\'s back', comparedWith(['ca']), comparedWith(['ca'], undefined, inTemplate('ca', 'other')), [BY_HAND]],
  ['the first, behind the library\'s back', comparedWith([]), comparedWith([], byHand('other')), [BY_HAND]],
])('%s', (_what, before, now, expected) => expect(
  compareApps(before, now).changes.map(({ kind, subject, of, what }) => `${kind} ${subject}${subject === 'IAM' ? '' : ` ${of} ${what}`}`),
).toEqual(expected));
