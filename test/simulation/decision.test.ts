import { App, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secrets, Stack } from 'aws-cdk-lib';
import type { RequestContext } from './access-request';
import { decide, explain } from './decision';
import { deploy } from './fake-account';
import type { PolicyDocument, PolicyStatement } from './policy-document';
import { policiesOf } from './principal-policies';
import { DIRECTORY, document, GITHUB, GOOGLE, INTRUDER, ISSUER, SCHEDULER, schedulerStory, trust, VAULT } from './scheduler-story';

const JWT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
const USER_ID = 'bedrock-agentcore:GetWorkloadAccessTokenForUserId';
const VEND = 'bedrock-agentcore:GetResourceOauth2Token';
const claims = (iss: string, aud?: string | string[]): RequestContext =>
  ({ 'bedrock-agentcore:InboundJwtClaim/iss': iss, ...aud && { 'bedrock-agentcore:InboundJwtClaim/aud': aud } });

const story = schedulerStory();
const account = deploy(story.app);
const secret = account.valueOf(story.stack, story.secret.ref);
const key = account.valueOf(story.stack, story.key.attrArn);
const ask = async (action: string, resources: string[], context?: RequestContext, principal = 'scheduler') =>
  decide(account, { principal, action, resources, context });

describe('conditions', () => {
  test.each<[string, RequestContext, string]>([
    ['the right issuer and audience', claims(ISSUER, 'agents'), 'Allowed'],
    ['one right audience of several', claims(ISSUER, ['web', 'agents']), 'Allowed'],
    ['another issuer', claims('https://evil.example', 'agents'), 'ImplicitlyDenied'],
    ['another audience', claims(ISSUER, ['web']), 'ImplicitlyDenied'],
    ['no audience', claims(ISSUER), 'ImplicitlyDenied'],
    ['no claims', {}, 'ImplicitlyDenied'],
  ])('%s', async (_title, context, expected) => expect(await ask(JWT, [DIRECTORY, SCHEDULER], context)).toBe(expected));

  test('a secret is readable through a service only', async () => {
    const read = async (context?: RequestContext) => ask('secretsmanager:GetSecretValue', [secret], context);
    expect([await read({ 'aws:ViaAWSService': 'true' }), await read({ 'aws:ViaAWSService': 'false' }), await read()])
      .toEqual(['Allowed', 'ImplicitlyDenied', 'ImplicitlyDenied']);
  });

  test('a key is usable through one service only', async () => {
    const decrypt = async (context?: RequestContext) => ask('kms:Decrypt', [key], context);
    expect([
      await decrypt({ 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' }),
      await decrypt({ 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' }), await decrypt(),
    ]).toEqual(['Allowed', 'ImplicitlyDenied', 'ImplicitlyDenied']);
  });

  test('keys with a variable part are not left out, and policy variables are filled', async () => {
    const { app } = schedulerStory({
      Sid: 'Vault',
      Effect: 'Allow',
      Action: 'kms:Encrypt',
      Resource: 'arn:aws:kms:eu-west-1:111111111111:key/imported',
      Condition: { StringEquals: { 'kms:EncryptionContext:vault': VAULT, 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
    }, { Sid: 'User', Effect: 'Allow', Action: USER_ID, Resource: [DIRECTORY, SCHEDULER], Condition: { StringLike: { 'bedrock-agentcore:userid': 'acme+*' } } });
    const other = deploy(app);
    const encrypt = { principal: 'scheduler', action: 'kms:Encrypt', resources: ['arn:aws:kms:eu-west-1:111111111111:key/imported'] };
    expect(await decide(other, { ...encrypt, context: { 'kms:EncryptionContext:vault': VAULT } })).toBe('Allowed');
    expect(await decide(other, { ...encrypt, context: { 'kms:EncryptionContext:vault': 'else' } })).toBe('ImplicitlyDenied');
    const asUser = { principal: 'scheduler', action: USER_ID, resources: [DIRECTORY, SCHEDULER] };
    expect(await decide(other, { ...asUser, context: { 'bedrock-agentcore:userid': 'acme+jo' } })).toBe('Allowed');
    expect(await decide(other, { ...asUser, context: { 'bedrock-agentcore:userid': 'jo' } })).toBe('ImplicitlyDenied');
  });

  test('a list-valued claim never matches a condition without a set operator', async () => {
    const { app } = schedulerStory({
      Effect: 'Allow', Action: JWT, Resource: [DIRECTORY, SCHEDULER], Condition: { StringEquals: { 'bedrock-agentcore:InboundJwtClaim/aud': 'web' } },
    });
    expect(await decide(deploy(app), { principal: 'scheduler', action: JWT, resources: [DIRECTORY, SCHEDULER], context: claims(ISSUER, 'web') }))
      .toBe('ImplicitlyDenied');
  });
});

describe('resources', () => {
  test.each<[string, string, string[], RequestContext | undefined, string]>([
    ['every resource of an action has to be allowed, by whatever policies', VEND, [DIRECTORY, SCHEDULER, VAULT, GOOGLE], undefined, 'Allowed'],
    ['one resource that is not allowed', VEND, [DIRECTORY, SCHEDULER, VAULT, GITHUB], undefined, 'ImplicitlyDenied'],
    ['a NotResource denial leaves its own resources alone', JWT, [DIRECTORY, SCHEDULER], claims(ISSUER, 'agents'), 'Allowed'],
    ['a NotResource denial denies all others', JWT, [DIRECTORY, INTRUDER], claims(ISSUER, 'agents'), 'ExplicitlyDenied'],
    ['an explicit denial wins over an implicit one', USER_ID, [DIRECTORY, INTRUDER], undefined, 'ExplicitlyDenied'],
  ])('%s', async (_title, action, resources, context, expected) => expect(await ask(action, resources, context)).toBe(expected));

  test('the decisive statements are named', async () => {
    const request = { principal: 'scheduler', action: JWT, context: claims(ISSUER, 'agents') };
    expect(await explain(account, { ...request, resources: [DIRECTORY, SCHEDULER] })).toEqual({ decision: 'Allowed', statements: ['Mint/ActAsUser'] });
    expect(await explain(account, { ...request, resources: [DIRECTORY, INTRUDER] }))
      .toEqual({ decision: 'ExplicitlyDenied', statements: ['Mint/OnlyOwnIdentity'] });
  });
});

describe('requests that AWS cannot receive', () => {
  test.each<[string, string, string[], RequestContext, RegExp]>([
    ['an unknown action', 'bedrock-agentcore:GetToken', [DIRECTORY], {}, /no action bedrock-agentcore:GetToken/],
    ['a missing resource', VEND, [DIRECTORY, VAULT, GOOGLE], {}, /also needs a workload-identity$/],
    ['a resource of another kind', JWT, [DIRECTORY, SCHEDULER, GOOGLE], {}, /does not work on .*google/],
    ['a misspelled resource', VEND, [DIRECTORY, SCHEDULER, VAULT, `${VAULT}/oauth2-credential-provider/google`], {}, /does not work on/],
    ['a pattern', JWT, [DIRECTORY, `${DIRECTORY}/workload-identity/*`], {}, /exact resources/],
    ['a context key of another action', USER_ID, [DIRECTORY, SCHEDULER], claims(ISSUER), /has no condition key .*iss/],
    ['a misspelled claim', JWT, [DIRECTORY, SCHEDULER], { 'bedrock-agentcore:InboundJwtClaim/audience': 'x' }, /has no condition key/],
    ['two values of a single-valued key', JWT, [DIRECTORY, SCHEDULER], { 'bedrock-agentcore:InboundJwtClaim/iss': ['a', 'b'] }, /has one value/],
  ])('%s', async (_title, action, resources, context, message) => expect(ask(action, resources, context)).rejects.toThrow(message));

  test('an unknown role', async () => expect(ask(JWT, [DIRECTORY, SCHEDULER], {}, 'nobody')).rejects.toThrow(/0 roles called "nobody"; there are arn:/));

  test('a policy that IAM refuses', async () => {
    const { app } = schedulerStory({ Effect: 'Allow', Action: 'no-service', Resource: '*' });
    await expect(decide(deploy(app), { principal: 'scheduler', action: JWT, resources: [DIRECTORY, SCHEDULER] })).rejects.toThrow(/IAM refuses a policy of/);
  });
});

describe('where policies come from', () => {
  const READ: PolicyStatement = { Sid: 'Read', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret };
  const read = { action: 'secretsmanager:GetSecretValue', resources: [secret] };

  test('trust policies', async () => {
    const assume = async (principal: string) => decide(account, {
      principal, action: 'sts:AssumeRole', resources: [policiesOf(account).principal('scheduler').arn],
    });
    expect([await assume('lambda.amazonaws.com'), await assume('ec2.amazonaws.com'), await assume('intruder')])
      .toEqual(['Allowed', 'ImplicitlyDenied', 'ImplicitlyDenied']);
  });

  test('key policies: only what the key delegates or grants', async () => {
    const app = new App();
    const stack = new Stack(app, 'Keys');
    new iam.CfnRole(stack, 'Role', {
      roleName: 'user',
      assumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      policies: [{ policyName: 'Any', policyDocument: document({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }) }],
    });
    const grants: PolicyStatement = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:role/other' }, Action: 'kms:*', Resource: '*' };
    const closed = new kms.CfnKey(stack, 'Closed', { keyPolicy: document(grants) });
    const open = new kms.CfnKey(stack, 'Open', {});
    const keys = deploy(app, { externalPolicies: { 'arn:aws:iam::111111111111:role/other': document() as PolicyDocument } });
    const decrypt = async (principal: string, resource: string) => decide(keys, { principal, action: 'kms:Decrypt', resources: [resource] });
    const arns = [closed, open].map(one => keys.valueOf(stack, one.attrArn) as string);
    expect([await decrypt('user', arns[0]), await decrypt('user', arns[1]), await decrypt('other', arns[0]), await decrypt('other', arns[1])])
      .toEqual(['ImplicitlyDenied', 'Allowed', 'Allowed', 'ImplicitlyDenied']);
  });

  test('imported roles, managed policies, boundaries and policies from outside', async () => {
    const app = new App();
    const stack = new Stack(app, 'Roles');
    iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111111111111:role/platform/imported')
      .addToPrincipalPolicy(iam.PolicyStatement.fromJson(READ));
    const role = (name: string, more: Partial<iam.CfnRoleProps>) =>
      new iam.CfnRole(stack, name, { roleName: name, assumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...more });
    const shared = new iam.CfnManagedPolicy(stack, 'Shared', { policyDocument: document(READ), roles: ['attached'] });
    role('attached', {});
    role('referring', { managedPolicyArns: [shared.ref] });
    role('bounded', { managedPolicyArns: [shared.ref], permissionsBoundary: 'arn:aws:iam::111111111111:policy/Boundary' });
    const outside = 'arn:aws:iam::111111111111:role/outside';
    const roles = deploy(app, {
      externalPolicies: {
        'arn:aws:iam::111111111111:policy/Boundary': document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) as PolicyDocument,
        [outside]: document(READ) as PolicyDocument,
      },
    });
    expect(() => policiesOf(roles).principal('arn:aws:iam::111111111111:role/wrong/attached')).toThrow(/there is no role .*wrong/);
    const decisions = ['imported', 'arn:aws:iam::111111111111:role/platform/imported', 'attached', 'referring', outside, 'bounded'].map(async principal => decide(roles, { ...read, principal }));
    expect(await Promise.all(decisions)).toEqual(['Allowed', 'Allowed', 'Allowed', 'Allowed', 'Allowed', 'ImplicitlyDenied']);
  });

  test('a resource policy denies, and another account needs one that allows', async () => {
    const withPolicy = (statement: PolicyStatement) =>
      deploy(schedulerStory(READ).app, { externalPolicies: { [secret]: document(statement) as PolicyDocument } });
    const everybody = { Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' };
    expect(await decide(withPolicy({ ...everybody, Effect: 'Deny' }), { ...read, principal: 'scheduler' })).toBe('ExplicitlyDenied');
    const { app, stack } = schedulerStory(READ);
    new secrets.CfnResourcePolicy(stack, 'ByName', { secretId: 'google-app', resourcePolicy: document({ ...everybody, Effect: 'Deny' }) });
    expect(await decide(deploy(app), { ...read, principal: 'scheduler' })).toBe('ExplicitlyDenied');
    const foreign = secret.replace('111111111111', '999999999999');
    const abroad = schedulerStory({ ...READ, Resource: foreign }).app;
    const request = { ...read, resources: [foreign], principal: 'scheduler' };
    expect(await decide(deploy(abroad), request)).toBe('ImplicitlyDenied');
    const opened = deploy(abroad, { externalPolicies: { [foreign]: document({ ...everybody, Effect: 'Allow' }) as PolicyDocument } });
    expect(await decide(opened, request)).toBe('Allowed');
  });

  test.each<[string, (stack: Stack) => unknown, RegExp]>([
    ['unknown managed policies', stack => new iam.CfnRole(stack, 'R', {
      assumeRolePolicyDocument: trust('lambda.amazonaws.com'), managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    }), /managed policy .*AdministratorAccess is not known here/],
    ['two policies of one name on one role', stack => ['A', 'B'].map(id => new iam.CfnPolicy(stack, id, {
      policyName: 'same', roles: ['imported'], policyDocument: document(READ),
    })), /two policies called "same"/],
    ['two roles of one name', stack => ['A', 'B'].map(id => new iam.CfnRole(stack, id, {
      roleName: 'same', assumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    })), /there is another role called .*role\/same/],
  ])('%s are refused', (_title, define, message) => {
    const app = new App();
    define(new Stack(app, 'Bad'));
    expect(() => policiesOf(deploy(app))).toThrow(message);
  });
});
