import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_apigateway as apigateway, aws_bedrockagentcore as agentcore, aws_lambda as lambda, aws_s3 as s3, aws_ssm as ssm, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { AccessReport, ApiGatewayOperation, ApiSchema, GatewayProtocol, GatewayTarget, PassthroughProtocol, TargetKind, ToolAccess, ToolGateway } from '../../src';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import type { AccessModel } from '../../src/review/access-model';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { ENV, gatewayProps, REASON, TOOLS, WAYS } from '../gateway/every-target';

/* What stands behind a target is in the report, and another one is told once: neither in silence, nor by its property as well. */
const folder = mkdtempSync(join(tmpdir(), 'backends-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Made = (stack: Stack, other: boolean) => GatewayTarget;

const fn = (scope: Stack, id: string) => new lambda.Function(scope, id, { code: lambda.Code.fromInline('x'), handler: 'index.h', runtime: lambda.Runtime.NODEJS_22_X });
const api = (...servers: string[]) => JSON.stringify({ openapi: '3.0.0', info: { title: 'api', version: '1' }, servers: servers.map((url) => ({ url })), paths: {} });
const runtime = (scope: Stack, id: string) => new agentcore.CfnRuntime(scope, id, {
  agentRuntimeName: id.toLowerCase(),
  agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/planner:1' } },
  networkConfiguration: { networkMode: 'PUBLIC' },
  roleArn: 'arn:aws:iam::111111111111:role/planner',
});
const restApi = (scope: Stack, id: string) => {
  const made = new apigateway.RestApi(scope, id, { deploy: false });
  made.root.addMethod('GET', new apigateway.MockIntegration());
  return made;
};
const OPERATIONS = [ApiGatewayOperation.at('/pets', { methods: ['GET'] })];
const lambdaTarget = (made: lambda.IFunction) => GatewayTarget.lambdaFunction(made, TOOLS);
const id = (other: boolean) => (other ? 'Other' : 'First');
const name = (other: boolean) => id(other).toLowerCase();

/** Expectations by hand: the words for the first, and for the other. */
const BACKENDS: [string, Made, string, string][] = [
  ['a function', (stack, other) => {
    const all = { First: fn(stack, 'First'), Other: fn(stack, 'Other') };
    return lambdaTarget(all[id(other)]);
  }, 'function S/First', 'function S/Other'],
  ['a function of another stack', (stack, other) => {
    const elsewhere = new Stack(stack.node.scope as App, 'Elsewhere', { env: ENV });
    const all = { First: fn(elsewhere, 'First'), Other: fn(elsewhere, 'Other') };
    return lambdaTarget(all[id(other)]);
  }, 'function Elsewhere/First', 'function Elsewhere/Other'],
  ['an alias', (stack, other) => {
    const made = fn(stack, 'Fn');
    const all = Object.fromEntries(['First', 'Other'].map((each) => [each, new lambda.Alias(stack, each, { aliasName: each, version: made.currentVersion })]));
    return lambdaTarget(all[id(other)]);
  }, 'function S/First', 'function S/Other'],
  ['an imported function', (stack, other) => lambdaTarget(lambda.Function.fromFunctionArn(stack, 'Fn', `arn:aws:lambda:eu-west-1:111111111111:function:${name(other)}`)),
    'function arn:aws:lambda:eu-west-1:111111111111:function:first', 'function arn:aws:lambda:eu-west-1:111111111111:function:other'],
  ['an imported function by its name', (stack, other) => lambdaTarget(lambda.Function.fromFunctionName(stack, 'Fn', name(other))),
    'function arn:${AWS::Partition}:lambda:eu-west-1:111111111111:function:first', 'function arn:${AWS::Partition}:lambda:eu-west-1:111111111111:function:other'],
  ['a function that another app exports', (stack, other) => lambdaTarget(lambda.Function.fromFunctionArn(stack, 'Fn', Fn.importValue(id(other)))),
    'function S/Fn (import First)', 'function S/Fn (import Other)'],
  ['a function by a parameter', (stack, other) => {
    const all = { First: new CfnParameter(stack, 'First'), Other: new CfnParameter(stack, 'Other') };
    return lambdaTarget(lambda.Function.fromFunctionArn(stack, 'Fn', all[id(other)].valueAsString));
  }, 'function S/Fn (parameter S/First)', 'function S/Fn (parameter S/Other)'],
  ['a function by a stored parameter', (stack, other) => lambdaTarget(lambda.Function.fromFunctionArn(stack, 'Fn', ssm.StringParameter.valueForStringParameter(stack, `/functions/${name(other)}`))),
    'function S/Fn (stored parameter /functions/first)', 'function S/Fn (stored parameter /functions/other)'],
  ['an OpenAPI description', (_stack, other) => GatewayTarget.openApi(ApiSchema.inline(api(`https://${name(other)}.example/v1`, 'https://eu.example?key=hidden'))),
    'schema with hash 536bb4157d73e3e6, for https://eu.example?… and https://first.example/v1', 'schema with hash 149aacd53c223177, for https://eu.example?… and https://other.example/v1'],
  ['an OpenAPI description in YAML', (_stack, other) => GatewayTarget.openApi(ApiSchema.inline(`openapi: 3.0.0\nservers:\n  - url: https://${name(other)}.example/v1\n`)),
    'schema with hash d451058925aefc9d', 'schema with hash b5004b8c650955b7'],
  ['a schema in an imported bucket', (stack, other) => GatewayTarget.smithy(ApiSchema.fromS3(s3.Bucket.fromBucketName(stack, 'Models', 'models'), `${name(other)}.json`)),
    'schema in s3://models/first.json', 'schema in s3://models/other.json'],
  ['a schema in a bucket of the app', (stack, other) => {
    const all = Object.fromEntries(['First', 'Other'].map((each) => [each, new s3.Bucket(stack, each)]));
    return GatewayTarget.openApi(ApiSchema.fromS3(all[id(other)], 'api/v1.json'));
  }, 'schema in object S/First/api/v1.json', 'schema in object S/Other/api/v1.json'],
  ['an MCP server', (_stack, other) => GatewayTarget.mcpServer(`https://${name(other)}.example/mcp`, { tools: TOOLS }), 'https://first.example/mcp', 'https://other.example/mcp'],
  ['another API', (stack, other) => {
    const all = { First: restApi(stack, 'First'), Other: restApi(stack, 'Other') };
    return GatewayTarget.apiGateway(all[id(other)], { stage: 'prod', operations: OPERATIONS });
  }, 'stage prod of REST API S/First', 'stage prod of REST API S/Other'],
  ['another stage', (stack, other) => GatewayTarget.apiGateway(apigateway.RestApi.fromRestApiId(stack, 'Pets', 'a1b2c3d4e5'), { stage: name(other), operations: OPERATIONS }),
    'stage first of REST API a1b2c3d4e5', 'stage other of REST API a1b2c3d4e5'],
  ['a runtime', (stack, other) => {
    const all = { First: runtime(stack, 'First'), Other: runtime(stack, 'Other') };
    return GatewayTarget.agentRuntime(all[id(other)]);
  }, 'endpoint DEFAULT of runtime S/First', 'endpoint DEFAULT of runtime S/Other'],
  ['an endpoint of a runtime', (stack, other) => GatewayTarget.agentRuntime(runtime(stack, 'Planner'), { endpoint: name(other) }), 'endpoint first of runtime S/Planner', 'endpoint other of runtime S/Planner'],
  ['an address that is passed through', (_stack, other) => GatewayTarget.httpPassthrough(`https://${name(other)}.example`, { protocol: PassthroughProtocol.A2A }),
    'A2A at https://first.example', 'A2A at https://other.example'],
  ['what an address speaks', (_stack, other) => GatewayTarget.httpPassthrough('https://a.example', { protocol: other ? PassthroughProtocol.MCP : PassthroughProtocol.A2A }), 'A2A at https://a.example', 'MCP at https://a.example'],
];

const HTTP: readonly string[] = [TargetKind.RUNTIME, TargetKind.HTTP_PASSTHROUGH];

/** How targets are called that the gateway's role alone does not do for. */
const CREDENTIALS: Record<string, string | undefined> = {
  [TargetKind.OPEN_API]: 'apiKey', [TargetKind.SMITHY]: 'gatewayRoleWithPermissions', [TargetKind.MCP_SERVER]: 'none', [TargetKind.HTTP_PASSTHROUGH]: 'apiKey',
};

function appWith(made: Made, other: boolean) {
  const outdir = mkdtempSync(join(folder, 'app-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'S', { env: ENV });
  const target = made(stack, other);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps(HTTP.includes(target.kind) ? { protocol: GatewayProtocol.HTTP } : {}));
  gateway.addTarget('it', target, { credentials: WAYS[CREDENTIALS[target.kind] ?? 'gatewayRole'](stack) })
    .everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  app.synth();
  const report = AccessReport.of(app);
  const access = JSON.parse(report.toJson()) as AccessModel;
  return { access, markdown: report.toMarkdown(), html: report.toHtml(), compared: comparedAppOf(readSynthesizedApp(outdir)) };
}

test.each(BACKENDS)('%s', (_title, made, first, second) => {
  const [before, now] = [appWith(made, false), appWith(made, true)];
  const backend = ({ access }: typeof before) => access.gateways[0].targets[0].backend;
  expect([backend(before), backend(now)]).toEqual([first, second]);
  expect(before.markdown).toContain(`| ${first} |`);
  expect(before.html).toContain(first.slice(0, 30));
  const changes = compareApps(before.compared, now.compared).changes.filter(({ subject }) => subject !== 'IAM');
  expect(changes).toEqual([{ kind: 'undecided', subject: 'gateway', of: 'S/Gateway', what: 'target it: what it calls', before: first, now: second }]);
  expect(compareApps({ model: before.access }, { model: now.access }).changes).toEqual(expect.arrayContaining(changes));
});

test('a function whose ARN is made at deployment of what no word tells is another one where the template says so', () => {
  const made: Made = (stack, other) => lambdaTarget(lambda.Function.fromFunctionArn(stack, 'Fn', Fn.select(0, Fn.split(',', Fn.importValue(id(other))))));
  const [before, now] = [appWith(made, false), appWith(made, true)];
  expect(before.access.gateways[0].targets[0].backend).toBe('function S/Fn');
  expect(compareApps(before.compared, now.compared).changes.filter(({ subject }) => subject !== 'IAM'))
    .toEqual([{ kind: 'undecided', subject: 'AgentCore resource', of: 'S/Gateway/it', what: 'GatewayTarget: TargetConfiguration (LambdaArn)' }]);
});
