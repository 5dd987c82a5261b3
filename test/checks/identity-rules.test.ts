import { AC, agentCore, DIRECTORY, document, role, SECRETS, Statement, trusting, VAULT, within } from './app-with';
import { finds } from './rule-rows';

const ME = `${DIRECTORY}/workload-identity/me`;
const ANYBODY = `${DIRECTORY}/workload-identity/*`;
const MINT_JWT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
const MINT_USER_ID = 'bedrock-agentcore:GetWorkloadAccessTokenForUserId';
const VEND = 'bedrock-agentcore:GetResourceOauth2Token';
const COMPLETE = 'bedrock-agentcore:CompleteResourceTokenAuth';
const GOOGLE = `${VAULT}/oauth2credentialprovider/google`;
const READ = 'secretsmanager:GetSecretValue';
const AGENTCORE = { Service: 'bedrock-agentcore.amazonaws.com' };
const ASSUME = 'sts:AssumeRole';

finds('identity-wildcard', [
  ['vending with any identity', { R: role({ Action: VEND, Resource: [DIRECTORY, ANYBODY, VAULT, GOOGLE] }) }, [`S/R: GetResourceOauth2Token on ${ANYBODY}`]],
  ['minting for everything', { R: role({ Action: MINT_JWT, Resource: '*' }) }, ['S/R: GetWorkloadAccessTokenForJWT on *']],
  ['minting in any region', { R: role({ Action: MINT_JWT, Resource: 'arn:aws:bedrock-agentcore:*:111122223333:workload-identity-directory/*' }) },
    ['S/R: GetWorkloadAccessTokenForJWT on arn:aws:bedrock-agentcore:*:111122223333:workload-identity-directory/*']],
  ['a pattern over actions', { R: role({ Action: 'bedrock-agentcore:GetWorkload*', Resource: ANYBODY }) },
    [`S/R: GetWorkloadAccessToken,GetWorkloadAccessTokenForJWT,GetWorkloadAccessTokenForUserId on ${ANYBODY}`]],
  ['all but one identity', { R: role({ Action: MINT_JWT, NotResource: `${DIRECTORY}/workload-identity/admin` }) },
    [`S/R: GetWorkloadAccessTokenForJWT on all but ${DIRECTORY}/workload-identity/admin`]],
  ['a managed policy of an imported role', {
    P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['imported'], PolicyDocument: document({ Action: MINT_JWT, Resource: '*' }) } },
  }, ['S/P: GetWorkloadAccessTokenForJWT on *']],
  ['a Deny with a condition', {
    R: role({ Action: MINT_JWT, Resource: ANYBODY }, { Effect: 'Deny', Action: MINT_JWT, NotResource: [DIRECTORY, ME], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  }, [`S/R: GetWorkloadAccessTokenForJWT on ${ANYBODY}`]],
  ['one identity', { R: role({ Action: [MINT_JWT, VEND], Resource: [DIRECTORY, ME, VAULT, GOOGLE] }) }, []],
  ['an identity with a random end', { R: role({ Action: VEND, Resource: `${DIRECTORY}/workload-identity/tools-*` }) }, []],
  ['in any region, with a Deny in one', {
    R: role({ Action: MINT_JWT, Resource: 'arn:aws:bedrock-agentcore:*:111122223333:workload-identity-directory/*' }, { Effect: 'Deny', Action: MINT_JWT, Resource: `${AC}:*` }),
  }, ['S/R: GetWorkloadAccessTokenForJWT on arn:aws:bedrock-agentcore:*:111122223333:workload-identity-directory/*']],
  ['everywhere, with a Deny in one account and region', { R: role({ Action: MINT_JWT, Resource: '*' }, { Effect: 'Deny', Action: MINT_JWT, Resource: `${AC}:*` }) },
    ['S/R: GetWorkloadAccessTokenForJWT on *']],
  ['everywhere, within a boundary of one account and region', within({ Action: '*', Resource: `${AC}:*` }, { Action: MINT_JWT, Resource: '*' }), ['S/R: GetWorkloadAccessTokenForJWT on *']],
  ['everywhere, within a boundary that knows the account at deployment', within({ Action: '*', Resource: 'arn:aws:bedrock-agentcore:eu-west-1:${AWS::AccountId}:*' }, { Action: MINT_JWT, Resource: '*' }),
    ['S/R: GetWorkloadAccessTokenForJWT on *']],
  ['everywhere, within a boundary that cannot be read in full', within({ 'Fn::ImportValue': 'statement' } as Statement, { Action: MINT_JWT, Resource: '*' }), ['S/R: GetWorkloadAccessTokenForJWT on *']],
  ['managing identities', { R: role({ Action: 'bedrock-agentcore:GetWorkloadIdentity', Resource: ANYBODY }) }, []],
  ['everywhere, with a Deny in all regions', { R: role({ Action: MINT_JWT, Resource: '*' }, { Effect: 'Deny', Action: MINT_JWT, Resource: 'arn:aws:bedrock-agentcore:*:*:workload-identity-directory/*' }) }, []],
  ['in any region, with a Deny in all of the account', {
    R: role({ Action: MINT_JWT, Resource: 'arn:aws:bedrock-agentcore:*:111122223333:workload-identity-directory/*' }, { Effect: 'Deny', Action: MINT_JWT, Resource: 'arn:aws:bedrock-agentcore:*:111122223333:*' }),
  }, []],
  ['everywhere, within a boundary of one identity', within({ Action: '*', Resource: ME }, { Action: MINT_JWT, Resource: '*' }), []],
  ['everywhere, within a boundary of another service', within({ Action: 's3:*', Resource: '*' }, { Action: MINT_JWT, Resource: '*' }), []],
  ['a Deny of all others', { R: role({ Action: MINT_JWT, Resource: ANYBODY }, { Effect: 'Deny', Action: MINT_JWT, NotResource: [DIRECTORY, ME] }) }, []],
  ['a Deny', { R: role({ Effect: 'Deny', Action: MINT_JWT, Resource: '*' }) }, []],
]);

const alike = (name: string) => role({ Action: MINT_JWT, Resource: [DIRECTORY, `${DIRECTORY}/workload-identity/${name}`] });
const found = (name: string) => [`S/R: GetWorkloadAccessTokenForJWT on ${DIRECTORY}/workload-identity/${name}`];
finds('identity-prefix', [
  ['names that begin alike', { R: alike('prod-*') }, found('prod-*')],
  ['names that end alike', { R: alike('*-prod') }, found('*-prod')],
  ['names of a number of characters', { R: alike('prod-??') }, found('prod-??')],
  ['the name of a gateway of another app', { G: agentCore('Gateway', { Name: 'tools' }), R: alike('mail-*') }, found('mail-*')],
  ['what only begins like a gateway', { G: agentCore('Gateway', { Name: 'tools' }), R: alike('tools*') }, found('tools*')],
  ['a gateway\'s name and too few characters', { G: agentCore('Gateway', { Name: 'tools' }), R: alike('tools-?????????') }, found('tools-?????????')],
  ['a Deny of one of them', {
    R: role({ Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/prod-*` }, { Effect: 'Deny', Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/prod-a` }),
  }, found('prod-*')],
  ['a Deny of names with one more character', {
    R: role({ Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/prod-*` }, { Effect: 'Deny', Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/prod-?` }),
  }, found('prod-*')],
  ['within a boundary of one of them', within({ Action: '*', Resource: `${DIRECTORY}/workload-identity/prod-a` }, { Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/prod-*` }), found('prod-*')],
  ['one identity', { R: alike('prod') }, []],
  ['one identity in any region', { R: role({ Action: MINT_JWT, Resource: 'arn:aws:bedrock-agentcore:*:111122223333:workload-identity-directory/default/workload-identity/prod' }) }, []],
  ['all of them, which another rule finds', { R: alike('*') }, []],
  ['the name of a gateway of the app', { G: agentCore('Gateway', { Name: 'Tools' }), R: alike('tools-*') }, []],
  ['the name of a runtime of the app, with its ten characters', { Q: agentCore('Runtime', { AgentRuntimeName: 'planner' }), R: alike('planner-??????????') }, []],
  ['a Deny of all of them', {
    R: role({ Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/prod-*` }, { Effect: 'Deny', Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/pro*` }),
  }, []],
  ['within a boundary of others', within({ Action: '*', Resource: `${DIRECTORY}/workload-identity/test-*` }, { Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/prod-*` }), []],
  ['managing them', { R: role({ Action: 'bedrock-agentcore:UpdateWorkloadIdentity', Resource: `${DIRECTORY}/workload-identity/prod-*` }) }, []],
  ['providers that are called alike', { R: role({ Action: VEND, Resource: [ME, `${VAULT}/oauth2credentialprovider/prod-*`] }) }, []],
]);

finds('secret-wildcard', [
  ['in any region, with a Deny in one', {
    R: role({ Action: READ, Resource: 'arn:aws:secretsmanager:*:111122223333:secret:*' }, { Effect: 'Deny', Action: READ, Resource: `${SECRETS}:*` }),
  }, ['S/R: secretsmanager:GetSecretValue on arn:aws:secretsmanager:*:111122223333:secret:*']],
  ['all managed secrets', { R: role({ Action: READ, Resource: `${SECRETS}:bedrock-agentcore-identity!*` }) }, [`S/R: secretsmanager:GetSecretValue on ${SECRETS}:bedrock-agentcore-identity!*`]],
  ['all managed secrets of a kind', { R: role({ Action: READ, Resource: `${SECRETS}:bedrock-agentcore-identity!default/apikey/*` }) },
    [`S/R: secretsmanager:GetSecretValue on ${SECRETS}:bedrock-agentcore-identity!default/apikey/*`]],
  ['writing them', { R: role({ Action: 'secretsmanager:Put*', Resource: '*' }) }, ['S/R: secretsmanager:PutSecretValue on *']],
  ['all secrets', { R: role({ Action: 'secretsmanager:*', Resource: `${SECRETS}:*` }) },
    [`S/R: secretsmanager:GetSecretValue,secretsmanager:PutSecretValue,secretsmanager:UpdateSecret on ${SECRETS}:*`]],
  ['the secret of one provider', { R: role({ Action: READ, Resource: `${SECRETS}:bedrock-agentcore-identity!default/oauth2/google-*` }) }, []],
  ['a secret of one\'s own', { R: role({ Action: READ, Resource: `${SECRETS}:agents/google-AbCdEf` }) }, []],
  ['describing them', { R: role({ Action: 'secretsmanager:DescribeSecret', Resource: `${SECRETS}:bedrock-agentcore-identity!*` }) }, []],
]);

finds('user-id-mint', [
  ['on one identity', { R: role({ Action: MINT_USER_ID, Resource: [DIRECTORY, ME] }) }, [`S/R: GetWorkloadAccessTokenForUserId on ${ME}`]],
  ['in a condition that any id meets', { R: role({ Action: MINT_USER_ID, Resource: ME, Condition: { StringLike: { 'bedrock-agentcore:userid': '*' } } }) },
    [`S/R: GetWorkloadAccessTokenForUserId on ${ME}`]],
  ['in a condition that excludes one id', { R: role({ Action: MINT_USER_ID, Resource: ME, Condition: { StringNotEquals: { 'bedrock-agentcore:userid': 'admin' } } }) },
    [`S/R: GetWorkloadAccessTokenForUserId on ${ME}`]],
  ['under a condition on something else', { R: role({ Action: MINT_USER_ID, Resource: ME, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }) },
    [`S/R: GetWorkloadAccessTokenForUserId on ${ME}`]],
  ['on all but a gateway', { R: role({ Action: MINT_USER_ID, NotResource: `${AC}:gateway/g` }) }, [`S/R: GetWorkloadAccessTokenForUserId on all but ${AC}:gateway/g`]],
  ['on identities that are called alike, with a Deny of all others', {
    R: role({ Action: MINT_USER_ID, Resource: `${DIRECTORY}/workload-identity/prod-*` }, { Effect: 'Deny', Action: MINT_USER_ID, NotResource: `${DIRECTORY}/workload-identity/prod-*` }),
  }, [`S/R: GetWorkloadAccessTokenForUserId on ${DIRECTORY}/workload-identity/prod-*`]],
  ['on all but the identities', { R: role({ Action: MINT_USER_ID, NotResource: `${AC.replace('eu-west-1:111122223333', '*:*')}:workload-identity-directory/*` }) }, []],
  ['limited to ids', { R: role({ Action: MINT_USER_ID, Resource: [DIRECTORY, ME], Condition: { StringLike: { 'bedrock-agentcore:userid': 'okta+*' } } }) }, []],
  ['denied', { R: role({ Action: 'bedrock-agentcore:GetWorkload*', Resource: ME }, { Effect: 'Deny', Action: MINT_USER_ID, Resource: '*' }) }, []],
  ['with the user\'s own token', { R: role({ Action: MINT_JWT, Resource: [DIRECTORY, ME] }) }, []],
]);

finds('agent-completes-sessions', [
  ['in one statement', { R: role({ Action: [VEND, COMPLETE], Resource: [DIRECTORY, ME, VAULT, GOOGLE] }) }, [`S/R: CompleteResourceTokenAuth on ${GOOGLE}`]],
  ['in two policies', {
    R: role({ Action: MINT_JWT, Resource: [DIRECTORY, ME] }),
    P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'P', Roles: [{ Ref: 'R' }], PolicyDocument: document({ Action: COMPLETE, Resource: [ME, GOOGLE] }) } },
  }, [`S/P: CompleteResourceTokenAuth on ${GOOGLE}`]],
  ['the return page', { R: role({ Action: COMPLETE, Resource: [DIRECTORY, ME, VAULT, GOOGLE] }) }, []],
  ['the agent and the page, each with a role', { R: role({ Action: VEND, Resource: ME }), Page: role({ Action: COMPLETE, Resource: ME }) }, []],
  ['denied', { R: role({ Action: [VEND, COMPLETE], Resource: ME }, { Effect: 'Deny', Action: COMPLETE, Resource: '*' }) }, []],
]);

finds('live-tokens-in-read-only', [
  ['reading', { R: role({ Action: 'bedrock-agentcore:Get*', Resource: '*' }) }, ['S/R: bedrock-agentcore:Get* on *']],
  ['everything of the service', { R: role({ Action: ['bedrock-agentcore:*'], Resource: `${AC}:*` }) }, [`S/R: bedrock-agentcore:* on ${AC}:*`]],
  ['in other letters', { R: role({ Action: 'Bedrock-AgentCore:get*', Resource: '*' }) }, ['S/R: Bedrock-AgentCore:get* on *']],
  ['reading, of identities that are called alike', { R: role({ Action: 'bedrock-agentcore:Get*', Resource: `${DIRECTORY}/workload-identity/prod-*` }) },
    [`S/R: bedrock-agentcore:Get* on ${DIRECTORY}/workload-identity/prod-*`]],
  ['listing', { R: role({ Action: 'bedrock-agentcore:List*', Resource: '*' }) }, []],
  ['reading gateways', { R: role({ Action: 'bedrock-agentcore:GetGateway*', Resource: '*' }) }, []],
  ['reading with a Deny of tokens', {
    R: role({ Action: 'bedrock-agentcore:Get*', Resource: '*' }, { Effect: 'Deny', Action: ['bedrock-agentcore:GetWorkloadAccessToken*', 'bedrock-agentcore:GetResource*'], Resource: '*' }),
  }, []],
  ['reading of gateways by resource', { R: role({ Action: 'bedrock-agentcore:Get*', Resource: `${AC}:gateway/*` }) }, []],
]);

finds('full-access-policy', [
  ['AWS\'s policy', { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess'] } } },
    ['S/R: arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess']],
  ['AWS\'s policy for administrators', { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } } },
    ['S/R: arn:aws:iam::aws:policy/AdministratorAccess']],
  ['AWS\'s policy for power users, in China', { R: { Type: 'AWS::IAM::User', Properties: { ManagedPolicyArns: ['arn:aws-cn:iam::aws:policy/PowerUserAccess'] } } },
    ['S/R: arn:aws-cn:iam::aws:policy/PowerUserAccess']],
  ['administrators of one service', { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess-Amplify'] } } }, []],
  ['a policy of one\'s own of that name', { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/AdministratorAccess'] } } }, []],
  ['another one of AWS', { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] } } }, []],
]);

const RUNTIME = `${AC}:runtime/planner-0123456789`;
finds('invoke-for-user', [
  ['along with the plain call', { R: role({ Action: ['bedrock-agentcore:InvokeAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntimeForUser'], Resource: RUNTIME }) },
    [`S/R: InvokeAgentRuntimeForUser on ${RUNTIME}`]],
  ['on every runtime', { R: role({ Action: 'bedrock-agentcore:InvokeAgentRuntimeForUser', Resource: `${AC}:runtime/*` }) }, [`S/R: InvokeAgentRuntimeForUser on ${AC}:runtime/*`]],
  ['on one runtime, decided on its own', { R: role({ Action: 'bedrock-agentcore:InvokeAgentRuntimeForUser', Resource: [RUNTIME, `${RUNTIME}/runtime-endpoint/DEFAULT`] }) }, []],
  ['the plain call', { R: role({ Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: `${AC}:runtime/*` }) }, []],
]);

finds('shared-role', [
  ['two identities', { R: role({ Action: VEND, Resource: [DIRECTORY, ME, `${DIRECTORY}/workload-identity/you`] }) }, ['S/R: role ${AWS::IAM::Role S/R.Ref} has me,you']],
  ['two identities, in two statements', { R: role({ Action: VEND, Resource: ME }, { Action: MINT_JWT, Resource: `${DIRECTORY}/workload-identity/you` }) },
    ['S/R: role ${AWS::IAM::Role S/R.Ref} has me,you']],
  ['one identity in several statements', { R: role({ Action: VEND, Resource: ME }, { Action: MINT_JWT, Resource: ME }) }, []],
  ['managing two identities', { R: role({ Action: 'bedrock-agentcore:UpdateWorkloadIdentity', Resource: [ME, `${DIRECTORY}/workload-identity/you`] }) }, []],
]);

finds('pass-role-to-agentcore', [
  ['any role', { R: role({ Action: 'iam:PassRole', Resource: '*' }) }, ['S/R: iam:PassRole on *']],
  ['any role of the account, to AgentCore', {
    R: role({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/*', Condition: { StringEquals: { 'iam:PassedToService': 'bedrock-agentcore.amazonaws.com' } } }),
  }, ['S/R: iam:PassRole on arn:aws:iam::111122223333:role/*']],
  ['any role of any account, within a boundary of one', within({ Action: '*', Resource: 'arn:aws:iam::111122223333:role/*' }, { Action: 'iam:PassRole', Resource: '*' }), ['S/R: iam:PassRole on *']],
  ['all but one role', { R: role({ Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111122223333:role/admin' }) }, ['S/R: iam:PassRole on all but arn:aws:iam::111122223333:role/admin']],
  ['any role, with a Deny in one account', { R: role({ Action: 'iam:PassRole', Resource: '*' }, { Effect: 'Deny', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/*' }) }, ['S/R: iam:PassRole on *']],
  ['any role, with a Deny of all', { R: role({ Action: 'iam:PassRole', Resource: '*' }, { Effect: 'Deny', Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:role/*' }) }, []],
  ['any role, within a boundary of those of agents', within({ Action: '*', Resource: 'arn:aws:iam::111122223333:role/agents/*' }, { Action: 'iam:PassRole', Resource: '*' }), []],
  ['any role, to another service', { R: role({ Action: 'iam:PassRole', Resource: '*', Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } }) }, []],
  ['roles of agents', { R: role({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/agents/*' }) }, []],
]);

finds('agentcore-trust-without-source', [
  ['no condition', { R: trusting({ Principal: AGENTCORE, Action: ASSUME }) }, ['S/R: bedrock-agentcore.amazonaws.com may sts:AssumeRole']],
  ['a condition that anybody meets', { R: trusting({ Principal: AGENTCORE, Action: ASSUME, Condition: { StringLike: { 'aws:SourceAccount': '*' } } }) },
    ['S/R: bedrock-agentcore.amazonaws.com may sts:AssumeRole']],
  ['the account', { R: trusting({ Principal: AGENTCORE, Action: ASSUME, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }) }, []],
  ['another service', { R: trusting({ Principal: { Service: 'lambda.amazonaws.com' }, Action: ASSUME }) }, []],
]);

const from = (sourceArn: string) => trusting({ Principal: AGENTCORE, Action: ASSUME, Condition: { ArnLike: { 'aws:SourceArn': sourceArn } } });
finds('trust-prefix-without-separator', [
  ['a name and a wildcard', { R: from(`${AC}:runtime/calendar*`) }, [`S/R: aws:SourceArn ${AC}:runtime/calendar*`]],
  ['a hyphen in between', { R: from(`${AC}:runtime/calendar-*`) }, []],
  ['all runtimes', { R: from(`${AC}:runtime/*`) }, []],
  ['the whole service', { R: from(`${AC}:*`) }, []],
  ['a fixed number of characters', { R: from(`${AC}:gateway/tools-??????????`) }, []],
]);

const policyOf = (statement: object) => ({ P: agentCore('ResourcePolicy', { ResourceArn: `${AC}:gateway/g`, Policy: JSON.stringify({ Statement: [statement] }) }) });
const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: 'bedrock-agentcore:InvokeGateway', Resource: '*' };
finds('public-resource-policy', [
  ['a gateway', policyOf(EVERYBODY), ['S/P: everybody may bedrock-agentcore:InvokeGateway']],
  ['in the other spelling', policyOf({ ...EVERYBODY, Principal: { AWS: '*' } }), ['S/P: everybody may bedrock-agentcore:InvokeGateway']],
  ['all but one', policyOf({ ...EVERYBODY, Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }), ['S/P: everybody may bedrock-agentcore:InvokeGateway']],
  ['under a condition that says nothing about who', policyOf({ ...EVERYBODY, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), ['S/P: everybody may bedrock-agentcore:InvokeGateway']],
  ['a secret', { P: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: 'a', ResourcePolicy: { Statement: { ...EVERYBODY, Action: READ } } } } },
    ['S/P: everybody may secretsmanager:GetSecretValue']],
  ['a role', { R: trusting({ Principal: '*', Action: ASSUME }) }, ['S/R: everybody may sts:AssumeRole']],
  ['one account', policyOf({ ...EVERYBODY, Principal: { AWS: 'arn:aws:iam::444455556666:root' } }), []],
  ['an organization', policyOf({ ...EVERYBODY, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }), []],
  ['tokens for an audience', policyOf({ ...EVERYBODY, Condition: { 'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': 'api://agents' } } }), []],
  ['a Deny', policyOf({ ...EVERYBODY, Effect: 'Deny' }), []],
]);

finds('no-user-id-deny', [
  ['a role that gets tokens', { R: role({ Action: VEND, Resource: ME }) }, ['S/R: role ${AWS::IAM::Role S/R.Ref} has no Deny of GetWorkloadAccessTokenForUserId']],
  ['with a Deny', { R: role({ Action: VEND, Resource: ME }, { Effect: 'Deny', Action: MINT_USER_ID, Resource: '*' }) }, []],
  ['a role that may name users by design', { R: role({ Action: [VEND, MINT_USER_ID], Resource: ME }) }, []],
  ['a role without tokens', { R: role({ Action: 's3:GetObject', Resource: '*' }) }, []],
]);
