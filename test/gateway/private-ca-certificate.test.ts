import { App, aws_kms as kms, aws_s3 as s3, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { App as NewestApp, aws_bedrockagentcore as newest, Stack as NewestStack } from 'aws-cdk-lib-current';
import { ENV, gatewayProps, REASON, SERVICE, stackIn, TARGETS, WAYS } from './every-target';
import {
  AccessReport, AddTargetOptions, GatewayInbound, GatewayProtocol, PrivateCaCertificate, PrivateEndpoint, RolePermission, TargetCredentials, ToolAccess, ToolGateway,
} from '../../src';
import { decide } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/*
 * Certificates of private authorities: what stands in the template, what the gateway's role may read for it, and which targets take one.
 */
const CA_SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:internal-ca-a1B2c3';
const SECRET_KEY = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
const OBJECT_KEY = 'arn:aws:kms:eu-west-1:111111111111:key/22222222-2222-3333-4444-555555555555';
const CA_OBJECT = 'arn:aws:s3:::certificates/internal-ca.pem';
const READ_SECRET = { Sid: 'ReadCertificateSecrets', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: CA_SECRET };
const READ_OBJECT = { Sid: 'ReadCertificateObjects', Effect: 'Allow', Action: 's3:GetObject', Resource: CA_OBJECT };
const decryptBy = (Sid: string, service: string, Resource: string) => ({
  Sid, Effect: 'Allow', Action: 'kms:Decrypt', Resource, Condition: { StringEquals: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` } },
});

const secret = (stack: Stack, encryptionKey?: string) => secretsmanager.Secret.fromSecretAttributes(stack, 'InternalCa', {
  secretCompleteArn: CA_SECRET, ...(encryptionKey !== undefined ? { encryptionKey: kms.Key.fromKeyArn(stack, 'SecretKey', encryptionKey) } : {}),
});
const bucket = (stack: Stack, encryptionKey?: string) => s3.Bucket.fromBucketAttributes(stack, 'Certificates', {
  bucketName: 'certificates', ...(encryptionKey !== undefined ? { encryptionKey: kms.Key.fromKeyArn(stack, 'ObjectKey', encryptionKey) } : {}),
});
const lattice = () => PrivateEndpoint.latticeResource('rcfg-0123456789abcdef0');

interface Deployed { readonly account: FakeAccount; readonly app: App; readonly role: string; readonly statements: unknown[]; readonly targets: any[] }

function deployed(certificates: (stack: Stack) => PrivateCaCertificate[], more: (gateway: ToolGateway, stack: Stack) => void = () => undefined): Deployed {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: GatewayInbound.iam() }));
  gateway.addTarget('Inside', TARGETS.mcpServer(stack), { credentials: TargetCredentials.none(REASON), privateEndpoint: lattice(), privateCaCertificates: certificates(stack) });
  more(gateway, stack);
  gateway.targets.forEach((target) => target.everyTool(REASON).requires(ToolAccess.everyCaller(REASON)));
  const account = deploy(app);
  const role = account.valueOf(stack, gateway.role.roleArn) as string;
  const [, ...rest] = policiesOf(account).principal(role).policies;
  return {
    account,
    app,
    role,
    statements: rest.flatMap(({ document }) => document.Statement).filter(({ Effect }) => Effect === 'Allow'),
    targets: account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget').map((target) => target.property('CertificateConfigurations')),
  };
}

describe('the role may read the certificate, and nothing else', () => {
  test.each<[string, (stack: Stack) => PrivateCaCertificate, unknown, unknown[]]>([
    ['a secret under the AWS managed key', (stack) => PrivateCaCertificate.fromSecret(secret(stack)), { SecretsManager: { SecretArn: CA_SECRET } }, [READ_SECRET]],
    ['a secret that knows its key', (stack) => PrivateCaCertificate.fromSecret(secret(stack, SECRET_KEY)), { SecretsManager: { SecretArn: CA_SECRET } },
      [decryptBy('DecryptCertificateSecrets', 'secretsmanager', SECRET_KEY), READ_SECRET]],
    ['a secret whose key is told', (stack) => PrivateCaCertificate.fromSecret(secret(stack), { encryptionKey: kms.Key.fromKeyArn(stack, 'Told', SECRET_KEY) }), { SecretsManager: { SecretArn: CA_SECRET } },
      [decryptBy('DecryptCertificateSecrets', 'secretsmanager', SECRET_KEY), READ_SECRET]],
    ['an object without a customer key', (stack) => PrivateCaCertificate.fromBucket(bucket(stack), 'internal-ca.pem'),
      { S3: { Uri: 's3://certificates/internal-ca.pem', BucketOwnerAccountId: ENV.account } }, [READ_OBJECT]],
    ['an object in a bucket that knows its key', (stack) => PrivateCaCertificate.fromBucket(bucket(stack, OBJECT_KEY), 'internal-ca.pem'),
      { S3: { Uri: 's3://certificates/internal-ca.pem', BucketOwnerAccountId: ENV.account } }, [decryptBy('DecryptCertificateObjects', 's3', OBJECT_KEY), READ_OBJECT]],
    ['an object whose key is told', (stack) => PrivateCaCertificate.fromBucket(bucket(stack), 'internal-ca.pem', { encryptionKey: kms.Key.fromKeyArn(stack, 'Told', OBJECT_KEY) }),
      { S3: { Uri: 's3://certificates/internal-ca.pem', BucketOwnerAccountId: ENV.account } }, [decryptBy('DecryptCertificateObjects', 's3', OBJECT_KEY), READ_OBJECT]],
  ])('%s', (_what, certificate, configuration, statements) => {
    const it = deployed((stack) => [certificate(stack)]);
    expect(it.targets).toEqual([[configuration]]);
    expect(it.statements).toEqual(statements);
  });

  test('a secret that is known by its name only is named by a pattern, which the report lists', () => {
    const { statements, targets, app } = deployed((stack) => [PrivateCaCertificate.fromSecret(secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'internal-ca'))]);
    const arn = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:internal-ca';
    expect(targets).toEqual([[{ SecretsManager: { SecretArn: arn } }]]);
    expect(statements).toEqual([{ ...READ_SECRET, Resource: `${arn}-??????` }]);
    expect(JSON.parse(AccessReport.of(app).toJson()).gateways[0].remainingWildcards.map(({ resource }: { resource: string }) => resource)).toContain('secret arn:${AWS::Partition}:secretsmanager:eu-west-1:111111111111:secret:internal-ca-??????');
  });

  test('two certificates of two targets share a statement for each kind', () => {
    const { statements } = deployed((stack) => [PrivateCaCertificate.fromSecret(secret(stack)), PrivateCaCertificate.fromBucket(bucket(stack), 'internal-ca.pem')], (gateway, stack) => {
      gateway.addTarget('Api', TARGETS.openApi(stack), {
        credentials: TargetCredentials.none(REASON), privateEndpoint: lattice(), privateCaCertificates: [PrivateCaCertificate.fromBucket(s3.Bucket.fromBucketName(stack, 'Others', 'certificates'), 'other-ca.pem')],
      });
    });
    expect(statements).toEqual([{ ...READ_OBJECT, Resource: [CA_OBJECT, 'arn:aws:s3:::certificates/other-ca.pem'] }, READ_SECRET]);
  });

  test('a suspended target: nothing more to read', () => {
    const { statements } = deployed((stack) => [PrivateCaCertificate.fromSecret(secret(stack, SECRET_KEY))], (gateway) => gateway.targets[0].suspend({ reason: 'Its server was seen on another address' }));
    expect(statements).toEqual([]);
  });
});

describe('what IAM answers the role', () => {
  const it = deployed((stack) => [PrivateCaCertificate.fromSecret(secret(stack, SECRET_KEY)), PrivateCaCertificate.fromBucket(bucket(stack, OBJECT_KEY), 'internal-ca.pem')]);
  const via = (service: string) => ({ 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` });

  test.each<[string, string, string, Record<string, string>, boolean]>([
    ['reads the secret', 'secretsmanager:GetSecretValue', CA_SECRET, {}, true],
    ['not another secret', 'secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:internal-ca-z9Y8x7', {}, false],
    ['not a secret whose name begins alike', 'secretsmanager:GetSecretValue', `${CA_SECRET}-key-d4E5f6`, {}, false],
    ['does not write it', 'secretsmanager:PutSecretValue', CA_SECRET, {}, false],
    ['reads the object', 's3:GetObject', CA_OBJECT, {}, true],
    ['not an object beside it', 's3:GetObject', 'arn:aws:s3:::certificates/internal-ca.key', {}, false],
    ['not an older version of it by number', 's3:GetObjectVersion', CA_OBJECT, {}, false],
    ['does not write it', 's3:PutObject', CA_OBJECT, {}, false],
    ['decrypts through Secrets Manager', 'kms:Decrypt', SECRET_KEY, via('secretsmanager'), true],
    ['not by itself', 'kms:Decrypt', SECRET_KEY, {}, false],
    ['not through another service', 'kms:Decrypt', SECRET_KEY, via('s3'), false],
    ['decrypts through S3', 'kms:Decrypt', OBJECT_KEY, via('s3'), true],
    ['not the object\'s key through Secrets Manager', 'kms:Decrypt', OBJECT_KEY, via('secretsmanager'), false],
    ['not through S3 of another region', 'kms:Decrypt', OBJECT_KEY, { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }, false],
    ['does not encrypt', 'kms:Encrypt', OBJECT_KEY, via('s3'), false],
  ])('%s', async (_what, action, resource, context, allowed) =>
    expect(await decide(it.account, { principal: it.role, action, resources: [resource], context }) === 'Allowed').toBe(allowed));
});

describe('the template', () => {
  const it = deployed((stack) => [PrivateCaCertificate.fromSecret(secret(stack)), PrivateCaCertificate.fromBucket(bucket(stack), 'internal-ca.pem')]);

  test('is what the L1 of the newest release writes', () => {
    const stack = new NewestStack(new NewestApp(), 'Stack');
    const l1 = new newest.CfnGatewayTarget(stack, 'Target', {
      name: 'Inside',
      targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://mcp.example.com/mcp' } } },
      certificateConfigurations: [{ secretsManager: { secretArn: CA_SECRET } }, { s3: { uri: 's3://certificates/internal-ca.pem', bucketOwnerAccountId: ENV.account } }],
    });
    const [{ Properties }] = Object.values<any>((stack.resolve(l1._toCloudFormation()) as { Resources: object }).Resources);
    expect(it.targets).toEqual([Properties.CertificateConfigurations]);
  });

  // The schemas that come with the validator are older than those that the L1s are made from: when they know the property, this test says so.
  test('fits the schemas but for the property itself, which they do not know yet', () => expect(templateSchemaErrors(it.account)).toEqual([
    expect.stringMatching(/^GatewayInside.*: CertificateConfigurations: Additional properties are not allowed \('CertificateConfigurations' was unexpected\) \[F3002\]$/),
  ]));

  test('uses what IAM knows only', async () => expect(await serviceReferenceFindings(it.account, ['secretsmanager', 's3', 'kms', 'bedrock-agentcore'])).toEqual([]));
});

test('a secret, a bucket and a key of other stacks are named without exports', () => {
  const app = new App();
  const owner = new Stack(app, 'Network', { env: ENV });
  const key = new kms.Key(owner, 'Key');
  const own = new secretsmanager.Secret(owner, 'Ca', { encryptionKey: key });
  const certificates = new s3.Bucket(owner, 'Certificates', { encryptionKey: key });
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  gateway.addTarget('Inside', TARGETS.mcpServer(stack), {
    credentials: TargetCredentials.none(REASON), privateEndpoint: lattice(), privateCaCertificates: [PrivateCaCertificate.fromSecret(own), PrivateCaCertificate.fromBucket(certificates, 'ca.pem')],
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  const account = deploy(app);
  const [target] = account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget');
  expect(target.property('CertificateConfigurations')).toEqual([
    { SecretsManager: { SecretArn: account.valueOf(owner, own.secretArn) } },
    { S3: { Uri: `s3://${account.valueOf(owner, certificates.bucketName)}/ca.pem`, BucketOwnerAccountId: ENV.account } },
  ]);
  expect(JSON.stringify(account.stacks.map(({ template }) => template))).not.toMatch(/Fn::ImportValue|"Export"/);
});

test('the report says who can pass as the target, and what owners elsewhere have to do', () => {
  const { app } = deployed((stack) => [
    PrivateCaCertificate.fromSecret(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Theirs', CA_SECRET.replace('111111111111', '222222222222'))), PrivateCaCertificate.fromBucket(bucket(stack), 'internal-ca.pem'),
  ]);
  const report = AccessReport.of(app);
  const [gateway] = JSON.parse(report.toJson()).gateways;
  const theirs = 'secret arn:aws:secretsmanager:eu-west-1:222222222222:secret:internal-ca-a1B2c3';
  expect(gateway.targets[0].privateCaCertificates).toEqual(['object Stack/Certificates/internal-ca.pem', theirs]);
  expect(gateway.leftToOthers).toContain(`The owner of ${theirs} in account 222222222222 lets Stack/Gateway/Role read it, and use the key that it is under: the private CA certificate of a target lies there.`);
  expect(report.toMarkdown()).toContain('Target Inside is recognized by the private CA certificate in object Stack/Certificates/internal-ca.pem, which the role may read for that');
});

describe('what is refused', () => {
  const codes = (declare: (stack: Stack) => unknown): string[] => {
    try {
      declare(stackIn(new App()));
      return [];
    } catch (error) {
      const { codes: found, message } = error as { codes?: string[]; message: string };
      return found ?? [message];
    }
  };
  const ca = (stack: Stack) => PrivateCaCertificate.fromSecret(secret(stack));
  const withCa = (stack: Stack): Partial<AddTargetOptions> => ({ privateEndpoint: lattice(), privateCaCertificates: [ca(stack)] });
  const adds = (kind: string, way: string, more = withCa) => codes((stack) => {
    const protocol = ['agentRuntime', 'httpPassthrough'].includes(kind) ? GatewayProtocol.HTTP : GatewayProtocol.MCP;
    new ToolGateway(stack, 'Gateway', gatewayProps({ protocol, inbound: GatewayInbound.iam() })).addTarget('Target', TARGETS[kind](stack), { credentials: WAYS[way](stack), ...more(stack) });
  });
  const nothing = undefined as never;

  test.each<[string, string, string[]]>([
    ['mcpServer', 'none', []],
    ['openApi', 'none', []],
    ['httpPassthrough', 'gatewayRoleWithService', []],
    ['lambdaFunction', 'gatewayRole', ['GatewayTarget/PrivateCaUnsupported']],
    ['smithy', 'gatewayRoleWithPermissions', ['GatewayTarget/PrivateCaUnsupported']],
    ['apiGateway', 'gatewayRole', ['GatewayTarget/PrivateCaUnsupported']],
    ['agentRuntime', 'gatewayRole', ['GatewayTarget/PrivateCaUnsupported']],
  ])('on a target of kind %s, called by %s', (kind, way, expected) => expect(adds(kind, way)).toEqual(expected));

  test('the error names the targets that take one', () => expect(() => {
    const stack = stackIn(new App());
    new ToolGateway(stack, 'Gateway', gatewayProps()).addTarget('Target', TARGETS.lambdaFunction(stack), {
      credentials: WAYS.gatewayRole(stack), privateEndpoint: lattice(), privateCaCertificates: [ca(stack)],
    });
  }).toThrow('MCP server, OpenAPI, HTTP passthrough'));

  test.each<[string, (stack: Stack) => Partial<AddTargetOptions>, string[]]>([
    ['through the internet', (stack) => ({ privateCaCertificates: [ca(stack)] }), ['GatewayTarget/PrivateCaNeedsPrivateEndpoint']],
    ['an empty list', () => ({ privateEndpoint: lattice(), privateCaCertificates: [] }), ['GatewayTarget/PrivateCaCertificates']],
    ['one that is no list', (stack) => ({ privateEndpoint: lattice(), privateCaCertificates: ca(stack) as never }), ['GatewayTarget/PrivateCaCertificates']],
    ['the text of a certificate', () => ({ privateEndpoint: lattice(), privateCaCertificates: ['-----BEGIN CERTIFICATE-----'] as never }), ['GatewayTarget/PrivateCaCertificates']],
    ['a private endpoint without a certificate', () => ({ privateEndpoint: PrivateEndpoint.latticeResource('rcfg-0123456789abcdef0') }), []],
  ])('%s', (_what, more, expected) => expect(adds('mcpServer', 'none', more)).toEqual(expected));

  test.each<[string, (stack: Stack) => unknown, string[]]>([
    ['a certificate as text', () => PrivateCaCertificate.fromSecret('-----BEGIN CERTIFICATE-----' as never), ['PrivateCaCertificate/NotASecret']],
    ['nothing', () => PrivateCaCertificate.fromSecret(nothing), ['PrivateCaCertificate/NotASecret']],
    ['a key that is none', (stack) => PrivateCaCertificate.fromSecret(secret(stack), { encryptionKey: 'alias/ca' as never }), ['PrivateCaCertificate/Key']],
    ['an alias', (stack) => PrivateCaCertificate.fromSecret(secret(stack), { encryptionKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/ca') }), ['PrivateCaCertificate/Key']],
    ['a client certificate', (stack) => PrivateCaCertificate.fromSecret(secret(stack), { clientCertificate: 'x' } as never), ['PrivateCaCertificate/UnknownField']],
    ['a bucket that is none', () => PrivateCaCertificate.fromBucket('certificates' as never, 'ca.pem'), ['PrivateCaCertificate/Bucket']],
    ['a folder of certificates', (stack) => PrivateCaCertificate.fromBucket(bucket(stack), 'ca/*'), ['PrivateCaCertificate/ObjectKey']],
    ['no object', (stack) => PrivateCaCertificate.fromBucket(bucket(stack), ''), ['PrivateCaCertificate/ObjectKey']],
  ])('%s', (_what, declare, expected) => expect(codes(declare)).toEqual(expected));

  const KEY_TEXT = '-----BEGIN RSA PRIVATE KEY-----';
  test.each<[string, () => unknown]>([
    ['as the secret', () => PrivateCaCertificate.fromSecret(KEY_TEXT as never)],
    ['as the certificate', () => new ToolGateway(stackIn(new App()), 'Gateway', gatewayProps()).addTarget('Target', TARGETS.mcpServer(new Stack()), {
      credentials: TargetCredentials.none(REASON), privateEndpoint: lattice(), privateCaCertificates: [KEY_TEXT] as never,
    })],
  ])('what was received %s is not repeated: it may be a private key', (_where, declare) => {
    let message = '';
    try {
      declare();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/PrivateCaCertificate/);
    expect(message).not.toContain('PRIVATE KEY');
  });
});

test('other permissions of the role stay as they are', () => {
  const permission = RolePermission.to({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::documents/a.txt'] });
  const { statements } = deployed((stack) => [PrivateCaCertificate.fromBucket(bucket(stack), 'internal-ca.pem')], (gateway, stack) => {
    gateway.addTarget('Second', TARGETS.mcpServer(stack), { credentials: TargetCredentials.gatewayRole({ service: SERVICE.service, permissions: [permission] }) });
  });
  expect(statements).toEqual([READ_OBJECT, { Sid: 'UseSecondS3GetObject', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::documents/a.txt' }]);
});
