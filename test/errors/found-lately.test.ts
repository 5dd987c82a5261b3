import { App, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import { expectRefusal } from './refusal';
import { agentIn, hostedBy, importedKey, REASON, salesStack } from './story';
import { AgentHost, AgentIdentity, ApiKey, ApiKeyProvider, Capability, ClientSecret, OAuth2Provider } from '../../src';
import { statementJson } from '../../src/permission/statement';
import { deploy } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';

describe('a role that is a pattern', () => {
  const pattern = (arn: string) => iam.Role.fromRoleArn(salesStack(), 'Role', arn);
  test.each(['arn:aws:iam::111111111111:role/*', 'arn:aws:iam::111111111111:role/agent-?'])('%s', (arn) => {
    expectRefusal(() => AgentHost.role(pattern(arn)), {
      code: 'AgentHost/RolePattern', what: 'the host is not one role but a pattern', received: `"${arn}"`, fix: 'Give the ARN of one role', path: 'Sales/Role',
    });
  });
  test('that somebody else manages', () => {
    expect(() => AgentHost.roleManagedElsewhere(pattern('arn:aws:iam::111111111111:role/*'), { reason: REASON })).toThrow('[AgentHost/RolePattern]');
  });
  test('of an imported function', () => {
    const stack = salesStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/*');
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Fn', { functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:f', role });
    expect(() => AgentHost.lambdaFunction(fn)).toThrow('[AgentHost/RolePattern]');
  });
});

describe('a reference to something that is not there', () => {
  test.each<[string, unknown, string | undefined]>([['nothing', undefined, 'nothing'], ['null', null, 'null'], ['an object', {}, 'an object of class Object']])('%s', (_what, given, received) => {
    expectRefusal(() => AgentIdentity.fromRef(given as never), { code: 'AgentIdentity/Ref', what: 'it is not a workload identity', received, fix: 'Pass a WorkloadIdentity' });
    expectRefusal(() => OAuth2Provider.fromProviderRef(salesStack(), 'P', given as never, { clientSecret: ClientSecret.managedByAgentCore() }), {
      code: 'Provider/Ref', what: 'it is not a provider of this kind', received, fix: 'Pass the official L2', path: 'Sales/P',
    });
    expectRefusal(() => ApiKeyProvider.fromProviderRef(salesStack(), 'P', given as never, { apiKey: ApiKey.managedByAgentCore() }), {
      code: 'Provider/Ref', what: 'it is not a provider of this kind', received, fix: 'Pass the official L2', path: 'Sales/P',
    });
  });
  test('a text is not shown: it may be the secret', () => {
    expectRefusal(() => ApiKeyProvider.fromProviderRef(salesStack(), 'P', 'sk-secret' as never, { apiKey: ApiKey.managedByAgentCore() }), {
      code: 'Provider/Ref', what: 'it is not a provider of this kind', fix: 'Pass the official L2', path: 'Sales/P',
    });
  });
});

test('two conditions with the same operator on the same key: neither is dropped', () => {
  const condition = { operator: 'StringEquals', key: 'aws:RequestedRegion', values: ['eu-west-1'] };
  expect(() => statementJson({ sid: 'Read', effect: 'Allow', actions: ['s3:GetObject'], resources: [{ arn: '*', label: '*' }], conditions: [condition, { ...condition, values: ['us-east-1'] }] }))
    .toThrow('Statement Read has two conditions StringEquals on aws:RequestedRegion');
});

test('90 suspended providers with long names: the Deny is divided by its resources, and every provider is denied', () => {
  const stack = salesStack();
  const agent = agentIn(stack, 'Agent', { host: hostedBy(stack, 'Worker') });
  const names = Array.from({ length: 90 }, (_, index) => `${'a-provider-with-a-rather-long-name-'.repeat(3)}${String(index).padStart(2, '0')}`);
  agent.may(Capability.useApiKey(importedKey(stack, 'weather'), { reason: REASON }));
  agent.may(...names.map((name) => Capability.useApiKey(importedKey(stack, name), { reason: REASON }).suspended({ reason: REASON })));
  const account = deploy(stack.node.root as App);
  const statements = policiesOf(account).principals.flatMap(({ policies }) => policies)
    .flatMap(({ document }) => [document.Statement].flat() as { Sid: string; Effect: string; Resource: string | string[] }[]);
  const denied = statements.filter(({ Sid, Effect }) => Effect === 'Deny' && Sid.startsWith('DenySuspendedProviders'));
  expect(denied.length).toBeGreaterThan(1);
  expect(denied.flatMap(({ Resource }) => Resource).map((arn) => arn.split('/').pop()).sort()).toEqual(names);
});
