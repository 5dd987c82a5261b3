import { bySid, MINT, named, rights } from './rights-story';
import { gatewayAccessStatements, gatewayArnPattern, gatewayBirthStatements, stageOperationArn, TargetRight } from '../../src/permission/gateway-statements';

/* What the role of a gateway may do: before the gateway is there, and once it has its id. */
const SCOPE = { partition: 'aws', region: 'eu-west-1', account: '111111111111' };
const ENGINE = { arn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:policy-engine/tools-a1b2c3d4e5', label: 'engine' };
const PATTERN = { arn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-??????????', label: 'gateway' };
const KEY = { arn: 'arn:aws:kms:eu-west-1:111111111111:key/a', label: 'key' };
const BIRTH = [
  { sid: 'ReadPolicyEngine', effect: 'Allow', actions: ['bedrock-agentcore:GetPolicyEngine'], resources: [ENGINE], conditions: [] },
  { sid: 'AskPolicyEngine', effect: 'Allow', actions: ['bedrock-agentcore:AuthorizeAction', 'bedrock-agentcore:PartiallyAuthorizeActions'], resources: [ENGINE, PATTERN], conditions: [] },
];
const SERVICE = { operator: 'StringEquals', key: 'kms:ViaService', values: ['bedrock-agentcore.eu-west-1.amazonaws.com'] };

test('before: its own rules', () => {
  expect(gatewayBirthStatements({ policyEngine: ENGINE, gatewayPattern: PATTERN, region: 'eu-west-1' })).toEqual(BIRTH);
});

test('before, under a key: the key through the service, for data of this gateway', () => {
  expect(gatewayBirthStatements({ policyEngine: ENGINE, gatewayPattern: PATTERN, key: KEY, region: 'eu-west-1' })).toEqual([...BIRTH, {
    sid: 'UseGatewayKey',
    effect: 'Allow',
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [KEY],
    conditions: [SERVICE, { operator: 'ArnLike', key: 'kms:EncryptionContext:aws:bedrock-agentcore-gateway:arn', values: [PATTERN.arn] }],
  }, { sid: 'DescribeGatewayKey', effect: 'Allow', actions: ['kms:DescribeKey'], resources: [KEY], conditions: [SERVICE] }]);
});

describe('targets', () => {
  const invoke = (...names: string[]): TargetRight => ({ sid: 'Invoke', actions: ['lambda:InvokeFunction'], resources: names.map((name) => named(name)), wildcards: [] });
  const ofTargets = (...targets: TargetRight[]) => gatewayAccessStatements(rights({ verbs: MINT, ownToken: true }), targets);
  const allow = (sid: string, actions: string[], names: string[], conditions: object[] = []) => ({ sid, effect: 'Allow', actions, resources: names.map((name) => named(name)), conditions });

  test('stand between what is allowed of tokens, and what is denied', () => {
    expect(ofTargets(invoke('a')).map(({ sid }) => sid)).toEqual(['ActAsItselfMint', 'Invoke', 'DenyUndeclaredTokenActions', 'DenyMintingForOtherIdentities']);
  });

  test('of one kind are joined, by name', () => {
    expect(bySid(ofTargets(invoke('b'), invoke('a')), 'Invoke')).toEqual(allow('Invoke', ['lambda:InvokeFunction'], ['a', 'b']));
  });

  test('whose Sid is the same with other actions, or under other conditions, stand apart with a number', () => {
    const conditions = [{ operator: 'StringEquals', key: 'kms:ViaService', values: ['s3.eu-west-1.amazonaws.com'] }];
    const statements = ofTargets({ ...invoke('c'), conditions }, { ...invoke('b'), actions: ['s3:GetObject'] }, invoke('a'));
    expect(statements.filter(({ sid }) => sid.startsWith('Invoke'))).toEqual([
      allow('Invoke', ['lambda:InvokeFunction'], ['a']),
      allow('Invoke2', ['lambda:InvokeFunction'], ['c'], conditions),
      allow('Invoke3', ['s3:GetObject'], ['b']),
    ]);
  });
});

test('a gateway that is not there yet is known by its name and ten characters', () => expect(gatewayArnPattern(SCOPE, 'tools')).toBe(PATTERN.arn));

test.each([
  ['GET', '/pets', 'arn:aws:execute-api:eu-west-1:111111111111:api/prod/GET/pets'],
  ['POST', '/pets/{id}/toys/{toy}', 'arn:aws:execute-api:eu-west-1:111111111111:api/prod/POST/pets/*/toys/*'],
])('%s %s of a stage', (method, path, arn) => expect(stageOperationArn(SCOPE, 'api', 'prod', method, path)).toBe(arn));
