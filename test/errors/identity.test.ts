import { Aws } from 'aws-cdk-lib';
import { expectRefusal } from './refusal';
import { agentIn, lazy, parameter, salesStack } from './story';
import { AgentIdentity } from '../../src';

describe.each([
  ['a new identity', AgentIdentity.named],
  ['an identity that exists', AgentIdentity.fromName],
])('the name of %s', (_which, named) => {
  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', '    ', '"    "'],
    ['a number', 1234, '1234'],
    ['too short', 'ab', '"ab"'],
    ['too long', 'x'.repeat(256), `"${'x'.repeat(159)}…`],
    ['with a blank', 'sales scheduler', '"sales scheduler"'],
    ['with a slash', 'sales/scheduler', '"sales/scheduler"'],
    ['with a colon', 'sales:scheduler', '"sales:scheduler"'],
    ['with an umlaut', 'verkäufer', '"verkäufer"'],
    ['with a letter that only looks like one', 'sсheduler', '"sсheduler"'],
    ['followed by a line end', 'scheduler\n', '"scheduler\\n"'],
    ['a wildcard', '***', '"***"'],
    ['with a wildcard at the end', 'scheduler-*', '"scheduler-*"'],
    ['with a one-character wildcard', 'scheduler-?', '"scheduler-?"'],
    ['an IAM variable', '${aws:PrincipalTag/agent}', '"${aws:PrincipalTag/agent}"'],
  ])('%s', (_situation, name, received) => {
    expectRefusal(() => named(name as string), {
      code: 'AgentIdentity/Name',
      what: 'workload identity name is not valid',
      received,
      allowed: '3 to 255 letters, digits, dots, hyphens and underscores',
      fix: 'Change the name, or leave the identity out',
    });
  });

  test.each([
    ['three characters', 'abc'],
    ['every kind of character', 'Sales.scheduler_1-prod'],
    ['255 characters', 'x'.repeat(255)],
    ['known only at deployment', lazy('scheduler')],
    ['partly known only at deployment', `scheduler-${Aws.REGION}`],
  ])('taken: %s', (_situation, name) => {
    expect(agentIn(salesStack(), 'Scheduler', { identity: named(name) }).identityName).toBe(name);
  });
});

describe('the ARN of an identity that exists', () => {
  const NAMED = 'workload-identity-directory/default/workload-identity/scheduler';

  test.each<[string, unknown, string?]>([
    ['missing', undefined, 'nothing'],
    ['null', null],
    ['a number', 7],
    ['empty', ''],
    ['the name', 'scheduler'],
    ['of another service', `arn:aws:iam:eu-west-1:111111111111:${NAMED}`],
    ['of the whole directory', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default'],
    ['of a provider', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/google'],
    ['of a directory that does not exist', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/other/workload-identity/scheduler'],
    ['without directory, as an old template has it', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity/scheduler'],
    ['without region', `arn:aws:bedrock-agentcore::111111111111:${NAMED}`],
    ['without account', `arn:aws:bedrock-agentcore:eu-west-1::${NAMED}`],
    ['with an account that is too short', `arn:aws:bedrock-agentcore:eu-west-1:11111111111:${NAMED}`],
    ['of any account', `arn:aws:bedrock-agentcore:eu-west-1:*:${NAMED}`],
    ['of any region', `arn:aws:bedrock-agentcore:*:111111111111:${NAMED}`],
    ['of any identity', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/*'],
    ['of any identity that begins so', `arn:aws:bedrock-agentcore:eu-west-1:111111111111:${NAMED}-*`],
    ['of an IAM variable', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/${aws:username}'],
    ['with something behind', `arn:aws:bedrock-agentcore:eu-west-1:111111111111:${NAMED}/version`],
    ['followed by a line end', `arn:aws:bedrock-agentcore:eu-west-1:111111111111:${NAMED}\n`],
    ['with a name that is too short', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/ab'],
  ])('%s', (_situation, arn, received = JSON.stringify(arn)) => {
    expectRefusal(() => AgentIdentity.fromArn(arn as string), {
      code: 'AgentIdentity/Arn',
      what: 'workload identity ARN is not valid',
      received,
      allowed: 'arn:<partition>:bedrock-agentcore:<region>:<account>:workload-identity-directory/default/workload-identity/<name>',
      fix: 'Copy it from the identity',
    });
  });

  test.each([
    ['a plain one', 'aws', 'eu-west-1', 'scheduler'],
    ['of China', 'aws-cn', 'cn-north-1', 'scheduler'],
    ['of GovCloud', 'aws-us-gov', 'us-gov-west-1', 'scheduler'],
    ['made by a runtime', 'aws', 'eu-west-1', 'Scheduler_1-xyA2P93QaE'],
  ])('taken: %s', (_situation, partition, region, name) => {
    const arn = `arn:${partition}:bedrock-agentcore:${region}:111111111111:workload-identity-directory/default/workload-identity/${name}`;
    const agent = agentIn(salesStack(), 'Scheduler', { identity: AgentIdentity.fromArn(arn) });
    expect([agent.identityArn, agent.identityName]).toEqual([arn, name]);
  });

  test('taken: a stack parameter', () => {
    const stack = salesStack();
    const agent = agentIn(stack, 'Scheduler', { identity: AgentIdentity.fromArn(parameter(stack)) });
    expect(stack.resolve(agent.identityName)).toEqual({ 'Fn::Select': [3, { 'Fn::Split': ['/', { Ref: 'Parameter' }] }] });
  });
});
