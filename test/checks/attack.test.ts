import { AC, agentCore, document, DIRECTORY, findings, foundBy, role, Statement, trusting } from './app-with';
import { runChecks } from '../../src/checks/run-checks';
import { synthesizedApp } from '../../src/synthesized/synthesized-app';

/*
 * What is wide and does not look so, so that a rule might stay silent.
 */
const MINT = ['bedrock-agentcore:GetWorkloadAccessTokenForJWT'];
const IDENTITIES = 'workload-identity-directory/default/workload-identity';
const SERVICE = { Principal: { Service: 'bedrock-agentcore.amazonaws.com' }, Action: 'sts:AssumeRole' };
const ids = (rule: string, resource: Parameters<typeof findings>[0][string][string]) => foundBy(rule, findings({ S: { R: resource } }));

describe('a wide grant is found', () => {
  test.each<[string, string, Statement]>([
    ['in a part of the regions', 'identity-wildcard', { Action: MINT, Resource: `arn:aws:bedrock-agentcore:us-*:111122223333:${IDENTITIES}/*` }],
    ['in regions of one pattern with ?', 'identity-wildcard', { Action: MINT, Resource: `arn:aws:bedrock-agentcore:eu-west-?:111122223333:${IDENTITIES}/*` }],
    ['in all partitions of a kind', 'identity-wildcard', { Action: MINT, Resource: `arn:aws-*:bedrock-agentcore:eu-west-1:111122223333:${IDENTITIES}/*` }],
    ['on all but one', 'identity-wildcard', { Action: MINT, NotResource: `${DIRECTORY}/workload-identity/a` }],
    ['of all but some actions', 'identity-wildcard', { NotAction: 'iam:*', Resource: '*' }],
    ['for any user id that is not empty', 'user-id-mint', { Action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', Resource: `${DIRECTORY}/workload-identity/a`, Condition: { StringLike: { 'bedrock-agentcore:userid': '?*' } } }],
    ['for user ids where there is one', 'user-id-mint', { Action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', Resource: `${DIRECTORY}/workload-identity/a`, Condition: { StringEqualsIfExists: { 'bedrock-agentcore:userid': 'a' } } }],
    ['for all of none user ids', 'user-id-mint', { Action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', Resource: `${DIRECTORY}/workload-identity/a`, Condition: { 'ForAllValues:StringEquals': { 'bedrock-agentcore:userid': 'a' } } }],
    ['of secrets in a part of the regions', 'secret-wildcard', { Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:us-*:111122223333:secret:*' }],
    ['of runtimes for users in a part of the regions', 'invoke-for-user', { Action: 'bedrock-agentcore:InvokeAgentRuntimeForUser', Resource: 'arn:aws:bedrock-agentcore:us-*:111122223333:runtime/*' }],
    ['by a word with other letters', 'identity-wildcard', { Action: 'Bedrock-AgentCore:getworkloadACCESStoken*', Resource: '*' }],
  ])('%s: %s', (_title, rule, statement) => expect(ids(rule, role(statement))).toHaveLength(1));
});

describe('a role that AgentCore may have for anybody is found', () => {
  test.each<[string, unknown]>([
    ['resources of every account', { ArnLike: { 'aws:SourceArn': 'arn:aws:bedrock-agentcore:*:*:*' } }],
    ['an account of any twelve characters', { StringLike: { 'aws:SourceAccount': '????????????' } }],
    ['one of its accounts or any', { ArnLike: { 'aws:SourceArn': [`${AC}:*`, 'arn:aws:bedrock-agentcore:*'] } }],
    ['a source if there is one', { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }],
  ])('%s', (_title, Condition) => expect(ids('agentcore-trust-without-source', trusting({ ...SERVICE, Condition }))).toHaveLength(1));

  test('the service is named by the partition\'s suffix where that is not known', () => {
    const app = synthesizedApp([{
      name: 'S', path: 'S', template: { Resources: { R: trusting({ ...SERVICE, Principal: { Service: { 'Fn::Join': ['', ['bedrock-agentcore.', { Ref: 'AWS::URLSuffix' }]] } } }) } },
    }]);
    expect(foundBy('agentcore-trust-without-source', runChecks(app, { requireCustomerKeys: false }))).toHaveLength(1);
  });

  test('and so it is in a trust that names resources alike', () => {
    const found = (sourceArn: string) => foundBy('trust-prefix-without-separator', runChecks(synthesizedApp([{
      name: 'S',
      path: 'S',
      template: {
        Resources: {
          R: trusting({ ...SERVICE, Principal: { Service: { 'Fn::Join': ['', ['bedrock-agentcore.', { Ref: 'AWS::URLSuffix' }]] } }, Condition: { ArnLike: { 'aws:SourceArn': sourceArn } } }),
        },
      },
    }]), { requireCustomerKeys: false }));
    expect([found(`${AC}:runtime/calendar*`), found(`${AC}:runtime/calendar-*`)]).toEqual([[`S/R: aws:SourceArn ${AC}:runtime/calendar*`], []]);
  });

  test.each<[string, unknown]>([
    ['resources of one account', { ArnLike: { 'aws:SourceArn': `${AC}:*` } }],
    ['an account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
    ['the account of the stack', { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:bedrock-agentcore:${AWS::Region}:${AWS::AccountId}:*' } } }],
  ])('but not one limited to %s', (_title, Condition) => expect(ids('agentcore-trust-without-source', trusting({ ...SERVICE, Condition }))).toEqual([]));
});

describe('a policy for everybody is found', () => {
  const policy = (Condition: unknown) => agentCore('ResourcePolicy', {
    ResourceArn: `${AC}:gateway/g`, Policy: document({ Principal: '*', Action: 'bedrock-agentcore:InvokeGateway', Resource: '*', Condition }),
  });

  test.each<[string, unknown]>([
    ['roles of one name in any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/agent' } }],
    ['a tag that every account gives its own roles', { StringEquals: { 'aws:PrincipalTag/team': 'a' } }],
    ['any organization that has a name', { StringLike: { 'aws:PrincipalOrgID': '?*' } }],
    ['every address of both kinds', { IpAddress: { 'aws:SourceIp': ['::/0', '10.0.0.0/8'] } }],
  ])('limited by %s', (_title, Condition) => expect(ids('public-resource-policy', policy(Condition))).toHaveLength(1));

  test('but not one limited to an account\'s roles', () => expect(ids('public-resource-policy', policy({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }))).toEqual([]));
});

describe('a secret in the template is found and not printed', () => {
  const SECRET = 'sk-live-hunter2hunter2';

  test.each<[string, unknown, Record<string, { Type: string; Default?: unknown; NoEcho?: boolean }>]>([
    ['as the default of a parameter', { Ref: 'Key' }, { Key: { Type: 'String', Default: SECRET, NoEcho: true } }],
    ['in the middle of a text', { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, SECRET]] }, {}],
    ['under a condition', { 'Fn::If': ['A', SECRET, { Ref: 'Key' }] }, { Key: { Type: 'String' } }],
  ])('%s', (_title, ApiKey, Parameters) => {
    const app = synthesizedApp([{ name: 'S', path: 'S', template: { Parameters, Resources: { R: agentCore('ApiKeyCredentialProvider', { Name: 'p', ApiKey }) } } }]);
    const found = runChecks(app, { requireCustomerKeys: true });
    expect(foundBy('plaintext-secret', found)).toHaveLength(1);
    expect(JSON.stringify(found.map(({ id, location, detail }) => [id, location, detail]))).not.toContain(SECRET);
  });

  test('but not a parameter without a default', () => {
    const app = synthesizedApp([{ name: 'S', path: 'S', template: { Parameters: { Key: { Type: 'String' } }, Resources: { R: agentCore('ApiKeyCredentialProvider', { Name: 'p', ApiKey: { Ref: 'Key' } }) } } }]);
    expect(foundBy('plaintext-secret', runChecks(app, { requireCustomerKeys: false }))).toEqual([]);
  });
});
