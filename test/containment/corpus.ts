import type { WrittenStatement } from './written-statement';
import type { AccessVerdict } from '../../src/containment/access-change';

/** Two policies and what became of the access, decided by hand from IAM's documentation. */
export interface Pair {
  readonly title: string;
  readonly before: readonly WrittenStatement[];
  readonly now: readonly WrittenStatement[];
  readonly verdict: AccessVerdict;
}

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const DIRECTORY = `${AC}:workload-identity-directory/default`;
const identity = (name: string) => `${DIRECTORY}/workload-identity/${name}`;
const provider = (name: string) => `${AC}:token-vault/default/oauth2credentialprovider/${name}`;
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:google-AbCdEf';
const MINT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
const MINT_ID = 'bedrock-agentcore:GetWorkloadAccessTokenForUserId';
const VEND = 'bedrock-agentcore:GetResourceOauth2Token';
const READ = 'secretsmanager:GetSecretValue';
const ISS = 'bedrock-agentcore:InboundJwtClaim/iss';
const AUD = 'bedrock-agentcore:InboundJwtClaim/aud';
const USER = 'bedrock-agentcore:userid';
const OKTA = 'https://acme.okta.com/oauth2/default';

const mint = (Condition?: WrittenStatement['Condition']): WrittenStatement => ({ Action: MINT, Resource: identity('scheduler'), ...(Condition ? { Condition } : {}) });
const read = (Condition?: WrittenStatement['Condition']): WrittenStatement => ({ Action: READ, Resource: SECRET, ...(Condition ? { Condition } : {}) });
const trust = (Principal: WrittenStatement['Principal'], Condition?: WrittenStatement['Condition']): WrittenStatement => ({ Action: 'sts:AssumeRole', Principal, ...(Condition ? { Condition } : {}) });
const on = (Resource: string | string[]): WrittenStatement => ({ Action: MINT, Resource });
const pair = (title: string, before: WrittenStatement | WrittenStatement[], now: WrittenStatement | WrittenStatement[], verdict: AccessVerdict): Pair => (
  { title, before: [before].flat(), now: [now].flat(), verdict });

const WRITING: Pair[] = [
  pair('statements in another order', [mint(), read()], [read(), mint()], 'unchanged'),
  pair('actions and resources in another order', { Action: [MINT, VEND], Resource: [identity('a'), identity('b')] }, { Action: [VEND, MINT], Resource: [identity('b'), identity('a')] }, 'unchanged'),
  pair('one statement split by action', { Action: [MINT, VEND], Resource: identity('a') }, [{ Action: MINT, Resource: identity('a') }, { Action: VEND, Resource: identity('a') }], 'unchanged'),
  pair('one statement split by resource', on([identity('a'), identity('b')]), [on(identity('a')), on(identity('b'))], 'unchanged'),
  pair('one statement split by action and resource', { Action: [MINT, VEND], Resource: [identity('a'), identity('b')] }, [
    { Action: MINT, Resource: identity('a') }, { Action: VEND, Resource: identity('b') }, { Action: VEND, Resource: identity('a') }, { Action: MINT, Resource: identity('b') },
  ], 'unchanged'),
  pair('statements merged', [on(identity('a')), on(identity('b'))], on([identity('b'), identity('a')]), 'unchanged'),
  pair('merged crosswise, which pairs what was not paired', [{ Action: MINT, Resource: identity('a') }, { Action: VEND, Resource: identity('b') }], { Action: [MINT, VEND], Resource: [identity('a'), identity('b')] }, 'widened'),
  pair('a statement twice', mint(), [mint(), mint()], 'unchanged'),
  pair('a statement that another covers', on(identity('*')), [on(identity('*')), on(identity('a'))], 'unchanged'),
  pair('the action in other case', mint(), { ...mint(), Action: 'bedrock-agentcore:getworkloadaccesstokenforjwt' }, 'unchanged'),
  pair('the service in other case', read(), { ...read(), Action: 'SecretsManager:GetSecretValue' }, 'unchanged'),
  pair('an action misspelled', mint(), { ...mint(), Action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWTs' }, 'widened and narrowed'),
  pair('** for *', on(identity('a*')), on(identity('a**')), 'unchanged'),
  pair('*? for ?*', on(identity('a*?')), on(identity('a?*')), 'unchanged'),
  pair('the condition key in other case', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEquals: { [ISS.toUpperCase()]: OKTA } }), 'unchanged'),
  pair('the operator in other case', mint({ StringEquals: { [ISS]: OKTA } }), mint({ stringequals: { [ISS]: OKTA } }), 'unchanged'),
  pair('StringLike without a wildcard', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringLike: { [ISS]: OKTA } }), 'unchanged'),
];

const PATTERNS: Pair[] = [
  pair('a-* becomes a*, which reaches "ab"', on(identity('a-*')), on(identity('a*')), 'widened'),
  pair('a* becomes a-*', on(identity('a*')), on(identity('a-*')), 'narrowed'),
  pair('a name becomes a prefix', on(identity('a')), on(identity('a*')), 'widened'),
  pair('* becomes one identity', on('*'), on(identity('a')), 'narrowed'),
  pair('a secret\'s suffix ?????? becomes *', { Action: READ, Resource: `${SECRET.slice(0, -6)}??????` }, { Action: READ, Resource: `${SECRET.slice(0, -6)}*` }, 'widened'),
  pair('a secret\'s ?????? becomes its suffix', { Action: READ, Resource: `${SECRET.slice(0, -6)}??????` }, read(), 'narrowed'),
  pair('?* becomes *, which reaches the empty name', on(identity('?*')), on(identity('*')), 'widened'),
  pair('prefixes that cross', on(identity('a*b')), on(identity('*ab')), 'widened and narrowed'),
  pair('*-* becomes *', on(identity('*-*')), on(identity('*')), 'widened'),
  pair('resources are told apart by case', on(identity('Scheduler')), on(identity('scheduler')), 'widened and narrowed'),
  pair('another region', on(identity('a')), on(identity('a').replace('eu-west-1', 'us-east-1')), 'widened and narrowed'),
  pair('every region', on(identity('a')), on(identity('a').replace('eu-west-1', '*')), 'widened'),
  pair('every partition', on(identity('a')), on(identity('a').replace('arn:aws:', 'arn:*:')), 'widened'),
  pair('the other partition', on(identity('a')), on(identity('a').replace('arn:aws:', 'arn:aws-cn:')), 'widened and narrowed'),
  pair('a * that stops at the colon does not reach the account', on('arn:aws:bedrock-agentcore:*:111122223333:token-vault/default'), on('arn:aws:bedrock-agentcore:*:*:token-vault/default'), 'widened'),
  pair('a * at the end reaches over colons', on('arn:aws:bedrock-agentcore:eu-west-1:*:*'), on('arn:aws:bedrock-agentcore:eu-west-1:*'), 'unchanged'),
  pair('one action becomes Get*', mint(), { ...mint(), Action: 'bedrock-agentcore:Get*' }, 'widened'),
  pair('Get* becomes two of its actions', { ...mint(), Action: 'bedrock-agentcore:Get*' }, { ...mint(), Action: [MINT, VEND] }, 'narrowed'),
  pair('two patterns together cover one', { ...mint(), Action: ['bedrock-agentcore:Get*', 'bedrock-agentcore:List*'] }, { ...mint(), Action: ['bedrock-agentcore:GetWorkload*', 'bedrock-agentcore:List*', 'bedrock-agentcore:Get*'] }, 'unchanged'),
  pair('an ARN where the rule for wildcards is unclear', on(`${AC}:workload-identity-*/default/workload-identity/a`), on(identity('a')), 'cannot decide'),
];

const UNIONS: Pair[] = [
  pair('two statements together cover a wider one', { Action: [MINT, VEND], Resource: [identity('a'), provider('g')] }, [
    { Action: [MINT, VEND], Resource: identity('a') }, { Action: [MINT, VEND], Resource: provider('g') },
  ], 'unchanged'),
  pair('all but one corner of the product', { Action: [MINT, VEND], Resource: [identity('a'), provider('g')] }, [
    { Action: [MINT, VEND], Resource: identity('a') }, { Action: MINT, Resource: provider('g') },
  ], 'narrowed'),
  pair('values of a condition split over statements', mint({ StringEquals: { [ISS]: [OKTA, 'https://b'] } }), [mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEquals: { [ISS]: 'https://b' } })], 'unchanged'),
  pair('with a key and without it is everything', mint(), [mint({ Null: { [ISS]: 'true' } }), mint({ Null: { [ISS]: 'false' } })], 'unchanged'),
  pair('a value and every other value, but not the absent key', mint(), [mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringNotEquals: { [ISS]: OKTA } })], 'unchanged'),
  pair('true and false', read({ Null: { 'aws:ViaAWSService': 'false' } }), [read({ Bool: { 'aws:ViaAWSService': 'true' } }), read({ Bool: { 'aws:ViaAWSService': 'false' } })], 'unchanged'),
];

const CONDITIONS: Pair[] = [
  pair('a condition dropped', mint({ StringEquals: { [ISS]: OKTA } }), mint(), 'widened'),
  pair('a condition added', mint(), mint({ StringEquals: { [ISS]: OKTA } }), 'narrowed'),
  pair('one of two conditions dropped', mint({ 'StringEquals': { [ISS]: OKTA }, 'ForAnyValue:StringEquals': { [AUD]: 'api://agents' } }), mint({ StringEquals: { [ISS]: OKTA } }), 'widened'),
  pair('a value added', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEquals: { [ISS]: [OKTA, 'https://evil.example.com'] } }), 'widened'),
  pair('a value taken away', mint({ StringEquals: { [ISS]: [OKTA, 'https://b'] } }), mint({ StringEquals: { [ISS]: OKTA } }), 'narrowed'),
  pair('a value in other case', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEquals: { [ISS]: OKTA.toUpperCase() } }), 'widened and narrowed'),
  pair('StringEqualsIgnoreCase', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEqualsIgnoreCase: { [ISS]: OKTA } }), 'widened'),
  pair('StringEquals becomes a prefix', { Action: MINT_ID, Resource: identity('a'), Condition: { StringEquals: { [USER]: 'tenant-7-bob' } } }, { Action: MINT_ID, Resource: identity('a'), Condition: { StringLike: { [USER]: 'tenant-7-*' } } }, 'widened'),
  pair('a * in StringEquals is no wildcard', mint({ StringEquals: { [ISS]: 'https://*' } }), mint({ StringLike: { [ISS]: 'https://*' } }), 'widened'),
  pair('a key with several values: what StringLike makes of them is unknown', mint({ StringLike: { [AUD]: '*' } }), mint({ Null: { [AUD]: 'false' } }), 'cannot decide'),
  pair('a one-valued key: StringLike * is Null false', { Action: MINT_ID, Resource: identity('a'), Condition: { StringLike: { [USER]: '*' } } }, { Action: MINT_ID, Resource: identity('a'), Condition: { Null: { [USER]: 'false' } } }, 'unchanged'),
  pair('IfExists added', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEqualsIfExists: { [ISS]: OKTA } }), 'widened'),
  pair('IfExists with the key demanded', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEqualsIfExists: { [ISS]: OKTA }, Null: { [ISS]: 'false' } }), 'unchanged'),
  pair('ForAnyValue becomes ForAllValues, which holds without the key', mint({ 'ForAnyValue:StringEquals': { [AUD]: 'api://agents' } }), mint({ 'ForAllValues:StringEquals': { [AUD]: 'api://agents' } }), 'widened and narrowed'),
  pair('ForAllValues with the key demanded is stricter than ForAnyValue', mint({ 'ForAnyValue:StringEquals': { [AUD]: 'api://agents' } }), mint({ 'ForAllValues:StringEquals': { [AUD]: 'api://agents' }, 'Null': { [AUD]: 'false' } }), 'narrowed'),
  pair('Null dropped beside ForAllValues', mint({ 'ForAllValues:StringEquals': { [AUD]: 'a' }, 'Null': { [AUD]: 'false' } }), mint({ 'ForAllValues:StringEquals': { [AUD]: 'a' } }), 'widened'),
  pair('for a key with one value, ForAnyValue changes nothing', mint({ StringEquals: { [ISS]: OKTA } }), mint({ 'ForAnyValue:StringEquals': { [ISS]: OKTA } }), 'unchanged'),
  pair('the only change is what IAM makes of several values without ForAnyValue', mint({ 'ForAnyValue:StringEquals': { [AUD]: 'a' } }), mint({ StringEquals: { [AUD]: 'a' } }), 'not widened'),
  pair('Null turned round', mint({ Null: { [ISS]: 'true' } }), mint({ Null: { [ISS]: 'false' } }), 'widened and narrowed'),
  pair('Bool turned round', read({ Bool: { 'aws:ViaAWSService': 'true' } }), read({ Bool: { 'aws:ViaAWSService': 'false' } }), 'widened and narrowed'),
  pair('Bool in other case', read({ Bool: { 'aws:ViaAWSService': 'true' } }), read({ Bool: { 'aws:ViaAWSService': 'True' } }), 'unchanged'),
  pair('StringNotEquals holds without the key', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringNotEquals: { [ISS]: 'https://evil' } }), 'widened'),
  pair('StringNotEquals with one value more', mint({ StringNotEquals: { [ISS]: 'https://a' } }), mint({ StringNotEquals: { [ISS]: ['https://a', 'https://b'] } }), 'narrowed'),
  pair('StringNotLike covers StringNotEquals', mint({ StringNotEquals: { [ISS]: 'https://a' } }), mint({ StringNotLike: { [ISS]: 'https://*' } }), 'narrowed'),
  pair('ArnEquals is ArnLike', trust({ Service: 'bedrock-agentcore.amazonaws.com' }, { ArnEquals: { 'aws:SourceArn': `${AC}:gateway/tools-*` } }), trust({ Service: 'bedrock-agentcore.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': `${AC}:gateway/tools-*` } }), 'unchanged'),
  pair('ArnLike stops at colons, StringLike does not', trust({ Service: 's' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:1:x' } }), trust({ Service: 's' }, { StringLike: { 'aws:SourceArn': 'arn:aws:s3:*:1:x' } }), 'widened'),
  pair('an unknown operator with the same words', mint({ QuantumEquals: { [ISS]: 'x' } }), [mint({ QuantumEquals: { [ISS]: 'x' } })], 'unchanged'),
  pair('an unknown operator with other words', mint({ QuantumEquals: { [ISS]: 'x' } }), mint({ QuantumEquals: { [ISS]: 'y' } }), 'cannot decide'),
  pair('an unknown operator dropped', mint({ QuantumEquals: { [ISS]: 'x' } }), mint(), 'cannot decide'),
  pair('an unknown operator beside a dropped condition', mint({ QuantumEquals: { k: 'x' }, StringEquals: { [ISS]: OKTA } }), mint({ QuantumEquals: { k: 'x' } }), 'cannot decide'),
  pair('an address range dropped: without the key it is met newly', read({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), read(), 'widened'),
  pair('an address range added', read({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), read({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } }), 'cannot decide'),
  pair('an address range taken away', read({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } }), read({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), 'not widened'),
  pair('other number', read({ NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } }), read({ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }), 'cannot decide'),
];

const NEGATIVES: Pair[] = [
  pair('NotAction with one action fewer', { NotAction: [MINT, VEND], Resource: '*' }, { NotAction: MINT, Resource: '*' }, 'widened'),
  pair('NotAction with one more', { NotAction: MINT, Resource: '*' }, { NotAction: [MINT, VEND], Resource: '*' }, 'narrowed'),
  pair('Action becomes NotAction of another', mint(), { NotAction: VEND, Resource: identity('scheduler') }, 'widened'),
  pair('NotResource with one more', { Action: MINT, NotResource: identity('a') }, { Action: MINT, NotResource: [identity('a'), identity('b')] }, 'narrowed'),
  pair('NotResource with a wildcard', { Action: MINT, NotResource: identity('a*') }, { Action: MINT, NotResource: identity('a') }, 'widened'),
  pair('Deny added', { Action: 'bedrock-agentcore:*', Resource: '*' }, [{ Action: 'bedrock-agentcore:*', Resource: '*' }, { Effect: 'Deny', Action: MINT_ID, Resource: '*' }], 'narrowed'),
  pair('Deny removed', [{ Action: 'bedrock-agentcore:*', Resource: '*' }, { Effect: 'Deny', Action: MINT_ID, Resource: '*' }], { Action: 'bedrock-agentcore:*', Resource: '*' }, 'widened'),
  pair('Deny removed that no Allow reaches', [mint(), { Effect: 'Deny', Action: MINT_ID, Resource: '*' }], mint(), 'unchanged'),
  pair('Deny gets a condition', [on('*'), { Effect: 'Deny', Action: MINT, Resource: '*' }], [on('*'), { Effect: 'Deny', Action: MINT, Resource: '*', Condition: { StringEquals: { [ISS]: OKTA } } }], 'widened'),
  pair('Deny loses its condition', [on('*'), { Effect: 'Deny', Action: MINT, Resource: '*', Condition: { StringEquals: { [ISS]: OKTA } } }], [on('*'), { Effect: 'Deny', Action: MINT, Resource: '*' }], 'narrowed'),
  pair('Deny of all but one excepts another', [on('*'), { Effect: 'Deny', Action: MINT, NotResource: identity('a') }], [on('*'), { Effect: 'Deny', Action: MINT, NotResource: [identity('a'), identity('b')] }], 'widened'),
  pair('Allow of all and Deny of all but one is Allow of one', [on('*'), { Effect: 'Deny', Action: MINT, NotResource: identity('a') }], on(identity('a')), 'unchanged'),
  pair('Deny with NotAction', [{ Action: '*', Resource: '*' }, { Effect: 'Deny', NotAction: MINT, Resource: '*' }], { Action: MINT, Resource: '*' }, 'unchanged'),
  pair('a wider Deny for a narrower Allow', [on('*'), { Effect: 'Deny', Action: MINT, Resource: identity('a*') }], [on('*'), { Effect: 'Deny', Action: MINT, Resource: identity('a-*') }], 'widened'),
  pair('Deny with ForAnyValue:StringNotEquals gets a value', [on('*'), { Effect: 'Deny', Action: MINT, Resource: '*', Condition: { 'ForAnyValue:StringNotEquals': { [AUD]: 'a' } } }], [
    on('*'), { Effect: 'Deny', Action: MINT, Resource: '*', Condition: { 'ForAnyValue:StringNotEquals': { [AUD]: ['a', 'b'] } } },
  ], 'widened'),
  pair('nothing becomes something', [], mint(), 'widened'),
  pair('something becomes nothing', mint(), [], 'narrowed'),
  pair('nothing stays nothing', [], [{ Effect: 'Deny', Action: '*', Resource: '*' }], 'unchanged'),
  pair('an empty list of actions allows nothing', mint(), { Action: [], Resource: identity('scheduler') }, 'narrowed'),
  pair('an empty list of resources allows nothing', mint(), { Action: MINT, Resource: [] }, 'narrowed'),
  pair('an empty list of values is met by none', mint({ StringEquals: { [ISS]: OKTA } }), mint({ StringEquals: { [ISS]: [] } }), 'narrowed'),
];

const UNKNOWNS: Pair[] = [
  pair('the same value of deployment', on('${AWS::S3::Bucket A/B.Arn}'), on('${AWS::S3::Bucket A/B.Arn}'), 'unchanged'),
  pair('another value of deployment', on('${AWS::S3::Bucket A/B.Arn}'), on('${AWS::S3::Bucket A/C.Arn}'), 'cannot decide'),
  pair('a value of deployment is covered by *', on('${AWS::S3::Bucket A/B.Arn}'), on('*'), 'widened'),
  pair('a pattern behind a value', on('${AWS::S3::Bucket A/B.Arn}/a/*'), on('${AWS::S3::Bucket A/B.Arn}/*'), 'widened'),
  pair('a literal for a value', on(identity('${Stack Name}')), on(identity('scheduler')), 'cannot decide'),
  pair('a value where every name was allowed', on(identity('*')), on(identity('${Stack Name}')), 'narrowed'),
  pair('?????? may not cover a value', on(identity('??????')), on(identity('${Stack Name}')), 'cannot decide'),
  pair('region and account of the deployment', on('arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/a'), on('arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*'), 'widened'),
  pair('the region of the deployment and any region', on('arn:aws:kms:*:1:key/a'), on('arn:aws:kms:${AWS::Region}:1:key/a'), 'narrowed'),
  pair('the region of the deployment, and a region', on('arn:aws:kms:eu-west-1:1:key/a'), on('arn:aws:kms:${AWS::Region}:1:key/a'), 'cannot decide'),
  pair('a new action on a value of deployment', on('${AWS::S3::Bucket A/B.Arn}'), [on('${AWS::S3::Bucket A/B.Arn}'), { Action: READ, Resource: '${AWS::S3::Bucket A/C.Arn}' }], 'widened'),
  pair('a policy variable stays', read({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }), [read({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })], 'unchanged'),
  pair('a policy variable becomes any value', read({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }), read({ StringLike: { 'aws:ResourceAccount': '*' } }), 'widened'),
  pair('a condition with a policy variable dropped', read({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }), read(), 'widened'),
  pair('a policy variable refused, in other words', read({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }), read({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalOrgID}' } }), 'cannot decide'),
  pair('a folder of the user becomes all folders', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' }, { Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/*' }, 'widened'),
];

const PRINCIPALS: Pair[] = [
  pair('a service added', trust({ Service: 'lambda.amazonaws.com' }), trust({ Service: ['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'] }), 'widened'),
  pair('a service becomes everybody', trust({ Service: 'lambda.amazonaws.com' }), trust('*'), 'widened'),
  pair('* and AWS * are the same', trust('*'), trust({ AWS: '*' }), 'unchanged'),
  pair('an account by number and by its root', trust({ AWS: '111122223333' }), trust({ AWS: 'arn:aws:iam::111122223333:root' }), 'unchanged'),
  pair('another account', trust({ AWS: '111122223333' }), trust({ AWS: '444455556666' }), 'widened and narrowed'),
  pair('an account becomes one of its roles, which then needs no policy of its own', trust({ AWS: '111122223333' }), trust({ AWS: 'arn:aws:iam::111122223333:role/a' }), 'widened and narrowed'),
  pair('the source account dropped', trust({ Service: 'bedrock-agentcore.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111122223333' } }), trust({ Service: 'bedrock-agentcore.amazonaws.com' }), 'widened'),
  pair('principals split over statements', trust({ Service: ['a.amazonaws.com', 'b.amazonaws.com'] }), [trust({ Service: 'b.amazonaws.com' }), trust({ Service: 'a.amazonaws.com' })], 'unchanged'),
  pair('all but one principal', { Action: 's3:GetObject', Resource: '*', NotPrincipal: { AWS: '111122223333' } }, { Action: 's3:GetObject', Resource: '*', NotPrincipal: { AWS: '444455556666' } }, 'cannot decide'),
  pair('a role becomes a session', trust({ AWS: 'arn:aws:iam::111122223333:role/a' }), trust({ AWS: 'arn:aws:sts::111122223333:assumed-role/a/s' }), 'cannot decide'),
  pair('a federation added', trust({ Federated: 'cognito-identity.amazonaws.com' }), trust({ Federated: ['cognito-identity.amazonaws.com', 'accounts.google.com'] }), 'widened'),
];

/** By what they are about. */
export const CORPUS: Readonly<Record<string, readonly Pair[]>> = {
  'written differently': WRITING,
  'patterns': PATTERNS,
  'unions': UNIONS,
  'conditions': CONDITIONS,
  'negations and denials': NEGATIVES,
  'known only at deployment': UNKNOWNS,
  'principals': PRINCIPALS,
};
