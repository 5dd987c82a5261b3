import { App, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { calendarFunction, gatewayProps, REASON, stackIn, TARGETS, TOOLS } from './every-target';
import { AccessReport, GatewayTarget, Interceptor, TargetCredentials, ToolAccess, ToolGateway } from '../../src';
import { lateCodes, refusalOf } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/* Functions through which calls pass: the gateway's role invokes exactly these. */
const everyone = { reason: 'The rules are not what this test is about' };
const fn = (stack: Stack, id: string): lambda.IFunction => calendarFunction(stack, id);
const arn = (name: string) => `arn:aws:lambda:eu-west-1:111111111111:function:${name}`;
const gatewayIn = (stack: Stack) => new ToolGateway(stack, 'Gateway', gatewayProps());

test('one for requests and one for responses', async () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack);
  gateway.addInterceptor(Interceptor.request(fn(stack, 'Before'), { passRequestHeaders: { reason: 'Chooses the tenant by a claim of the token' } }));
  gateway.addInterceptor(Interceptor.response(fn(stack, 'After')));
  gateway.addTarget('Crm', TARGETS.mcpServer(stack), { credentials: TargetCredentials.suppliedByInterceptor({ reason: 'The tenant that the function chooses' }) })
    .everyTool(everyone).requires(ToolAccess.everyCaller(everyone));
  const account = deploy(app);
  expect(templateSchemaErrors(account)).toEqual([]);
  expect(account.resourcesOfType('AWS::BedrockAgentCore::Gateway')[0].property('InterceptorConfigurations')).toEqual([
    { InterceptionPoints: ['REQUEST'], Interceptor: { Lambda: { Arn: arn('before') } }, InputConfiguration: { PassRequestHeaders: true } },
    { InterceptionPoints: ['RESPONSE'], Interceptor: { Lambda: { Arn: arn('after') } }, InputConfiguration: { PassRequestHeaders: false } },
  ]);
  const role = account.valueOf(stack, gateway.role.roleArn) as string;
  const invoke = (name: string) => decide(account, { principal: role, action: 'lambda:InvokeFunction', resources: [arn(name)] });
  expect([await invoke('before'), await invoke('after'), await invoke('other')]).toEqual(['Allowed', 'Allowed', 'ImplicitlyDenied']);
  const report = AccessReport.of(app).toMarkdown();
  expect(report).toContain('SEES THE CALLERS\' HEADERS AND TOKENS: Chooses the tenant by a claim of the token');
  expect(report).toContain('whomever the request interceptor says');
});

describe('refused', () => {
  test.each<[string, (stack: Stack, gateway: ToolGateway) => unknown, string]>([
    ['a second one for requests', (stack, gateway) => { gateway.addInterceptor(Interceptor.request(fn(stack, 'One'))); gateway.addInterceptor(Interceptor.request(fn(stack, 'Two'))); }, 'Interceptor/Twice'],
    ['a function by itself', (stack, gateway) => gateway.addInterceptor(fn(stack, 'One') as any), 'Interceptor/NotAnInterceptor'],
    ['an ARN', () => Interceptor.request('arn' as any), 'Interceptor/Function'],
    ['headers without a reason', (stack) => Interceptor.request(fn(stack, 'One'), { passRequestHeaders: { reason: '' } }), 'Interceptor/Reason'],
    ['headers by a flag', (stack) => Interceptor.request(fn(stack, 'One'), { passRequestHeaders: true as any }), 'Interceptor/Reason'],
    ['another field', (stack) => Interceptor.request(fn(stack, 'One'), { headers: true } as any), 'Interceptor/UnknownField'],
    ['credentials from an interceptor without a reason', () => TargetCredentials.suppliedByInterceptor({ reason: '' }), 'TargetCredentials/Reason'],
    ['credentials from an interceptor for a Lambda function', (stack, gateway) => gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(fn(stack, 'Calendar'), TOOLS), { credentials: TargetCredentials.suppliedByInterceptor(REASON) }), 'GatewayTarget/Credentials'],
  ])('%s', (_what, call, code) => {
    const stack = stackIn(new App());
    const gateway = gatewayIn(stack);
    expect(refusalOf(() => call(stack, gateway)).codes).toEqual([code]);
  });

  test.each([[false], [true]])('credentials from an interceptor that is not there (one for responses: %s)', (response) => {
    const app = new App();
    const stack = stackIn(app);
    const gateway = gatewayIn(stack);
    if (response) gateway.addInterceptor(Interceptor.response(fn(stack, 'After')));
    gateway.addTarget('Crm', TARGETS.mcpServer(stack), { credentials: TargetCredentials.suppliedByInterceptor(REASON) }).everyTool(REASON).requires(ToolAccess.nobody());
    expect(lateCodes(app).map((each) => each.split(' at ')[0])).toEqual(['Interceptor/Missing']);
  });
});
