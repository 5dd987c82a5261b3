import { readStatement, WrittenStatement } from './written-statement';
import { explain } from '../../src/containment/explanation';

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const OWN = `${AC}:workload-identity-directory/default/workload-identity/scheduler`;
const OTHER = `${AC}:workload-identity-directory/default/workload-identity/triage`;
const MINT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
const ISS = 'bedrock-agentcore:InboundJwtClaim/iss';

const POLICY: WrittenStatement[] = [
  { Action: MINT, Resource: OWN, Condition: { StringEquals: { [ISS]: 'https://acme' } } },
  { Action: 'kms:Decrypt', Resource: '${AWS::KMS::Key Platform/Key.Arn}' },
  { Action: 'secretsmanager:GetSecretValue', Resource: '*' },
  { Effect: 'Deny', Action: MINT, NotResource: OWN },
  { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*', Condition: { Bool: { 'aws:ViaAWSService': 'false' } } },
];

type Context = Record<string, string | string[]>;

function asked(action: string, resource: string, context?: Context, contextIsComplete = false): { answer: string; by: number[]; dependsOn: string[] } {
  const statements = POLICY.map(readStatement);
  const explained = explain(statements, { action, resource, context, contextIsComplete });
  return {
    answer: explained.answer,
    by: explained.statements.map(({ statement }) => statements.indexOf(statement)),
    dependsOn: explained.statements.flatMap(({ dependsOn, dependsOnDeployment }) => [...dependsOn.map(({ key }) => key), ...(dependsOnDeployment ? ['deployment'] : [])]),
  };
}

describe('why a request is allowed or not', () => {
  test.each<[string, Parameters<typeof asked>, ReturnType<typeof asked>]>([
    ['the claim is right', [MINT, OWN, { [ISS]: 'https://acme' }], { answer: 'allowed', by: [0], dependsOn: [] }],
    ['the key is written in other case', [MINT, OWN, { [ISS.toUpperCase()]: 'https://acme' }], { answer: 'allowed', by: [0], dependsOn: [] }],
    ['the claim is wrong', [MINT, OWN, { [ISS]: 'https://evil' }], { answer: 'not allowed', by: [], dependsOn: [] }],
    ['nothing is said of the claim', [MINT, OWN], { answer: 'depends', by: [0], dependsOn: [ISS] }],
    ['there is no claim', [MINT, OWN, {}, true], { answer: 'not allowed', by: [], dependsOn: [] }],
    ['the action is written in other case', [MINT.toLowerCase(), OWN, { [ISS]: 'https://acme' }], { answer: 'allowed', by: [0], dependsOn: [] }],
    ['another identity is denied', [MINT, OTHER, { [ISS]: 'https://acme' }], { answer: 'denied', by: [3], dependsOn: [] }],
    ['another action is not allowed', ['bedrock-agentcore:GetWorkloadAccessToken', OWN], { answer: 'not allowed', by: [], dependsOn: [] }],
    ['a key that is named by the same value', ['kms:Decrypt', '${AWS::KMS::Key Platform/Key.Arn}'], { answer: 'allowed', by: [1], dependsOn: [] }],
    ['a key that may be it', ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/k'], { answer: 'depends', by: [1], dependsOn: ['deployment'] }],
    ['a Deny that may hold', ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s'], { answer: 'depends', by: [4, 2], dependsOn: ['aws:ViaAWSService'] }],
    ['a Deny that does not hold', ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s', { 'aws:ViaAWSService': 'true' }], { answer: 'allowed', by: [2], dependsOn: [] }],
    ['a Deny that holds', ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s', { 'aws:ViaAWSService': 'false' }], { answer: 'denied', by: [4], dependsOn: [] }],
  ])('%s', (_title, question, expected) => {
    expect(asked(...question)).toEqual(expected);
  });
});

describe('whom a trust policy lets in', () => {
  const trust = readStatement({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });

  test.each([['lambda.amazonaws.com', 'allowed'], ['ecs-tasks.amazonaws.com', 'not allowed']])('%s: %s', (value, answer) => {
    expect(explain([trust], { action: 'sts:AssumeRole', resource: '*', principal: { type: 'Service', value } }).answer).toBe(answer);
  });
});
