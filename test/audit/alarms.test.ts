import { App, aws_iam as iam, aws_secretsmanager as secretsmanager, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { rings } from './audited-account';
import { agentCore, cloudTrail, Event, IAM_USER, mint, oauth2Token, secretRead, sessionOf } from './events';
import { ApiKey, ApiKeyProvider, IdentityAudit, IdentityAuditProps } from '../../src';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { google, stackIn } from '../situations/story';

/* At which events the alarms ring, and at which they keep still. */
const AGENT = sessionOf('agent');
const FOR_AGENT = sessionOf('agent', 'bedrock-agentcore.amazonaws.com');
const DEPLOYED = sessionOf('cdk-exec', 'cloudformation.amazonaws.com');

interface Story { readonly app: App; readonly stack: Stack; readonly account: FakeAccount }

function audited(declare: (stack: Stack, app: App) => IdentityAuditProps | void): Story {
  const app = new App();
  const stack = stackIn(app, 'Platform');
  const props = declare(stack, app) ?? {};
  new IdentityAudit(stack, 'Audit', props);
  return { app, stack, account: deploy(app) };
}

function ring(account: FakeAccount, rows: [string, Event, string[]][]): void {
  test.each(rows)('%s', (_situation, event, alarms) => expect(rings(account, event)).toEqual(alarms));
}

describe('denied calls', () => {
  const { account } = audited((stack) => void google(stack));
  ring(account, [
    ['a token is refused', oauth2Token(AGENT, { errorCode: 'AccessDenied' }), ['DeniedCalls']],
    ['the same with the name of the exception', oauth2Token(AGENT, { errorCode: 'AccessDeniedException' }), ['DeniedCalls']],
    ['a token is given', oauth2Token(AGENT), []],
    ['the request was wrong', oauth2Token(AGENT, { errorCode: 'ValidationException' }), []],
    ...['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth']
      .map((name): [string, Event, string[]] => [`${name} is refused`, agentCore(name, AGENT, { errorCode: 'AccessDenied' }), ['DeniedCalls']]),
    ['a user id is refused', { ...mint(AGENT, 'agent'), errorCode: 'AccessDenied' }, ['DeniedCalls', 'UserIdMints']],
    ['somebody may not list gateways', agentCore('ListGateways', AGENT, { errorCode: 'AccessDenied' }), []],
    ['another service refuses', { eventSource: 's3.amazonaws.com', eventName: 'GetResourceOauth2Token', userIdentity: AGENT, errorCode: 'AccessDenied' }, []],
  ]);
});

describe('direct reads of secrets', () => {
  const NAME = 'google-client';
  const ARN = `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${NAME}-a1B2c3`;
  const { account } = audited((stack) => {
    google(stack);
    new secretsmanager.Secret(stack, 'Other', { secretName: 'orders-database' });
    const rotation = new iam.Role(stack, 'Rotation', { roleName: 'rotation', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    return { expectedSecretReaders: [rotation] };
  });
  ring(account, [
    ['AgentCore reads for the agent', secretRead(FOR_AGENT, ARN), []],
    ['the agent reads itself, by ARN', secretRead(AGENT, ARN), ['DirectSecretReads']],
    ['by an ARN without its last characters', secretRead(AGENT, ARN.slice(0, -7)), ['DirectSecretReads']],
    ['by name', secretRead(AGENT, NAME), ['DirectSecretReads']],
    ['and is refused', secretRead(AGENT, NAME, { errorCode: 'AccessDenied' }), ['DirectSecretReads']],
    ['a user of IAM reads', secretRead(IAM_USER, NAME), ['DirectSecretReads']],
    ['the expected reader reads', secretRead(sessionOf('rotation'), ARN), []],
    ['a role with a longer name reads', secretRead(sessionOf('rotation2'), ARN), ['DirectSecretReads']],
    ['a secret that no provider has', secretRead(AGENT, 'orders-database'), []],
    ['a secret of that name in another account', secretRead(AGENT, ARN.replace('111111111111', '999999999999')), []],
    ['a description is no read', { ...secretRead(AGENT, NAME), eventName: 'DescribeSecret' }, []],
    ['a secret kept by AgentCore, by name', secretRead(AGENT, 'bedrock-agentcore-identity!default/oauth2/github'), ['DirectSecretReads']],
    ['the same by ARN', secretRead(AGENT, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:bedrock-agentcore-identity!default/apikey/maps-a1B2c3'), ['DirectSecretReads']],
    ['the same by AgentCore', secretRead(FOR_AGENT, 'bedrock-agentcore-identity!default/oauth2/github'), []],
  ]);
});

describe('a secret of this app whose name CloudFormation makes up', () => {
  const provider = (stack: Stack, owner: Stack = stack) =>
    new ApiKeyProvider(stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(new secretsmanager.Secret(owner, 'Key'), 'key') });
  const arnIn = (account: FakeAccount) => account.resourcesOfType('AWS::SecretsManager::Secret')[0].ref('this test') as string;

  test('in the stack of the audit is watched', () => {
    const { account } = audited((stack) => void provider(stack));
    expect(rings(account, secretRead(AGENT, arnIn(account)))).toEqual(['DirectSecretReads']);
    expect(rings(account, secretRead(AGENT, arnIn(account).split(':secret:')[1].slice(0, -7)))).toEqual(['DirectSecretReads']);
    expect(rings(account, secretRead(FOR_AGENT, arnIn(account)))).toEqual([]);
  });

  test('in another stack is not referred to, and synthesis says so', () => {
    const { app, stack, account } = audited((platform, inApp) => {
      const sales = stackIn(inApp, 'Sales');
      provider(sales);
      sales.addStackDependency(platform);
    });
    expect(rings(account, secretRead(AGENT, arnIn(account)))).toEqual([]);
    Annotations.fromStack(stack).hasWarning('/Platform/Audit', Match.stringLikeRegexp('NOBODY IS TOLD OF DIRECT READS of secret Sales/Key'));
    expect(JSON.stringify(app.synth().getStackByName('Platform').template)).not.toContain('GetStackOutput');
  });

  test('in another stack is watched when it is named', () => {
    const { app, stack, account } = audited((_platform, inApp) => {
      const sales = stackIn(inApp, 'Sales');
      provider(sales);
      return { watchedSecrets: [sales.node.findChild('Key') as secretsmanager.Secret] };
    });
    expect(rings(account, secretRead(AGENT, arnIn(account)))).toEqual(['DirectSecretReads']);
    expect(rings(account, secretRead(FOR_AGENT, arnIn(account)))).toEqual([]);
    Annotations.fromStack(stack).hasNoWarning('/Platform/Audit', Match.stringLikeRegexp('NOBODY IS TOLD'));
    expect(JSON.stringify(app.synth().getStackByName('Sales').template)).not.toContain('"Export"');
  });
});

describe('one secret behind several references', () => {
  const filters = (declare: (stack: Stack) => IdentityAuditProps | void) => {
    const { account } = audited(declare);
    return account.resourcesOfType('AWS::Logs::MetricFilter').filter((filter) => filter.property('FilterPattern').includes('GetSecretValue')).length;
  };
  const apiKey = (stack: Stack, id: string, secret: secretsmanager.ISecret) => new ApiKeyProvider(stack, id, { apiKey: ApiKey.fromSecretsManager(secret, 'key') });

  test('of two providers is counted once, beside those that AgentCore keeps', () => {
    expect(filters((stack) => {
      const secret = new secretsmanager.Secret(stack, 'Key');
      apiKey(stack, 'One', secret);
      apiKey(stack, 'Two', secret);
    })).toBe(2);
  });

  test('of two imports, and named besides', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:weather-key-d4E5f6';
    expect(filters((stack) => {
      apiKey(stack, 'One', secretsmanager.Secret.fromSecretCompleteArn(stack, 'KeyOfOne', arn));
      apiKey(stack, 'Two', secretsmanager.Secret.fromSecretPartialArn(stack, 'KeyOfTwo', arn.slice(0, -7)));
      return { watchedSecrets: [secretsmanager.Secret.fromSecretNameV2(stack, 'Again', 'weather-key')] };
    })).toBe(2);
  });

  test('two secrets are counted apart', () => {
    expect(filters((stack) => {
      apiKey(stack, 'One', new secretsmanager.Secret(stack, 'KeyOfOne'));
      apiKey(stack, 'Two', new secretsmanager.Secret(stack, 'KeyOfTwo'));
    })).toBe(3);
  });
});

test('a secret whose name is a parameter of the stack is watched under it', () => {
  const { account } = audited((stack) => {
    const name = new CfnParameter(stack, 'Name', { default: 'weather-key' }).valueAsString;
    new ApiKeyProvider(stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(new secretsmanager.CfnSecret(stack, 'Key', { name }), 'key') });
  });
  expect(rings(account, secretRead(AGENT, 'weather-key'))).toEqual(['DirectSecretReads']);
  expect(rings(account, secretRead(AGENT, 'other-key'))).toEqual([]);
});

test('secrets of another region are not in these events', () => {
  const { account } = audited((_stack, app) => void new ApiKeyProvider(stackIn(app, 'Elsewhere', { env: { account: '111111111111', region: 'us-east-1' } }), 'Weather', {
    apiKey: ApiKey.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(app.node.findChild('Elsewhere'), 'Key', 'weather-key'), 'key'),
  }));
  expect(rings(account, secretRead(AGENT, 'weather-key'))).toEqual([]);
});

describe('changes', () => {
  const { account } = audited(() => undefined);
  ring(account, [
    ...['SetTokenVaultCMK', 'UpdateWorkloadIdentity', 'DeleteWorkloadIdentity', 'UpdateOauth2CredentialProvider', 'DeleteOauth2CredentialProvider', 'UpdateApiKeyCredentialProvider',
      'DeleteApiKeyCredentialProvider', 'UpdateGateway', 'UpdateGatewayTarget', 'UpdatePolicyEngine', 'DeletePolicyEngine', 'UpdatePolicy', 'DeletePolicy', 'PutResourcePolicy', 'DeleteResourcePolicy',
      'CreatePolicy', 'CreateGatewayTarget', 'DeleteGatewayTarget', 'DeleteGateway']
      .flatMap((name): [string, Event, string[]][] => [
        [`${name} by somebody`, agentCore(name, sessionOf('admin')), ['Changes']],
        [`${name} by a user of IAM`, agentCore(name, IAM_USER), ['Changes']],
        [`${name} by a deployment`, agentCore(name, DEPLOYED), []],
      ]),
    ['a read of a gateway', agentCore('GetGateway', sessionOf('admin')), []],
    ['a new identity', agentCore('CreateWorkloadIdentity', sessionOf('admin')), []],
    ['AWS removes an identity that it made', agentCore('DeleteWorkloadIdentity', sessionOf('admin', 'bedrock-agentcore.amazonaws.com')), ['Changes']],
    ...['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'].flatMap((name): [string, Event, string[]][] => [
      [`${name} by somebody`, cloudTrail(name, sessionOf('admin')), ['Changes']],
      [`${name} by a deployment`, cloudTrail(name, DEPLOYED), []],
    ]),
    ['a read of a trail', cloudTrail('GetTrail', sessionOf('admin')), []],
  ]);
});
