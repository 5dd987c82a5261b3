import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { companyApp } from '../../examples/company-agents/company-app';
import { AccessAssertions, AccessRight } from '../../src';
import { serialize, test as serializes } from '../../src/assertion/jest-serializer';

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const DIRECTORY = `${AC}:workload-identity-directory/default`;
const VAULT = `${AC}:token-vault/default`;
const TRIAGE = `${DIRECTORY}/workload-identity/Engineering-Triage-d27c457c`;
const EMPLOYEE = [
  { conditionOperator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/iss', values: ['https://acme.okta.com/oauth2/default'] },
  { conditionOperator: 'ForAnyValue:StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/aud', values: ['api://agents'] },
];
const through = (service: string) => [{ conditionOperator: 'StringEquals', key: 'kms:ViaService', values: [`${service}.eu-west-1.amazonaws.com`] }];

/** What the triage function of the example may do, written from its declaration: tickets as itself and as the user. */
const TRIAGE_RIGHTS: AccessRight[] = [
  { actions: ['bedrock-agentcore:GetWorkloadAccessToken'], resources: [DIRECTORY, TRIAGE] },
  { actions: ['bedrock-agentcore:GetWorkloadAccessTokenForJWT'], resources: [DIRECTORY, TRIAGE], conditions: EMPLOYEE },
  {
    actions: ['bedrock-agentcore:GetResourceOauth2Token'],
    resources: [DIRECTORY, TRIAGE, VAULT, `${VAULT}/oauth2credentialprovider/acme-tickets-machine`, `${VAULT}/oauth2credentialprovider/acme-tickets-user`],
  },
  {
    actions: ['secretsmanager:GetSecretValue'],
    resources: ['TicketsMachineClient', 'TicketsUserClient'].map((id) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:\${AWS::SecretsManager::Secret Platform/${id}/Resource}`),
    conditions: [{ conditionOperator: 'Bool', key: 'aws:ViaAWSService', values: ['true'] }],
  },
  { actions: ['kms:Decrypt'], resources: ['arn:aws:kms:eu-west-1:111122223333:key/${AWS::KMS::Key Platform/AgentSecretsKey/Resource.KeyId}'], conditions: through('secretsmanager') },
  {
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
    resources: ['arn:aws:kms:eu-west-1:111122223333:key/${AWS::KMS::Key Platform/TokenVault/Key/Resource.KeyId}'],
    conditions: through('bedrock-agentcore-identity'),
  },
];
const LAMBDA_LOGS = { foreignPolicies: ['service-role/AWSLambdaBasicExecutionRole'] };

describe('an agent of the example app', () => {
  const access = AccessAssertions.fromApp(companyApp());
  const triage = access.agentPart('Engineering/Triage', 'Host');

  it('may only what its declaration says', () => triage.mayOnly(TRIAGE_RIGHTS, LAMBDA_LOGS));

  it.each(TRIAGE_RIGHTS.map((right, index) => [right.actions.join(), index]))('is found to do more when %s is left out of the list', (_actions, index) => {
    expect(() => triage.mayOnly(TRIAGE_RIGHTS.filter((_right, at) => at !== index), LAMBDA_LOGS)).toThrow(/part Host of agent Engineering\/Triage may do more: \S+ on \S+.* is allowed/);
  });

  it('is found to do less when the list has a right too many', () => {
    expect(() => triage.mayOnly([...TRIAGE_RIGHTS, { actions: ['bedrock-agentcore:GetResourceApiKey'], resources: [VAULT] }], LAMBDA_LOGS))
      .toThrow('may not bedrock-agentcore:GetResourceApiKey on');
  });

  it('does not pass with a managed policy that nobody accepted', () => {
    expect(() => triage.mayOnly(TRIAGE_RIGHTS)).toThrow('has the policy arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole, whose text is not in the app');
  });

  it.each<[string, AccessRight]>([
    ['a token for any user id', { actions: ['bedrock-agentcore:GetWorkloadAccessTokenForUserId'] }],
    ['the completion of a session', { actions: ['bedrock-agentcore:CompleteResourceTokenAuth'] }],
    ['the provider of another agent', { actions: ['bedrock-agentcore:*'], resources: [`${VAULT}/oauth2credentialprovider/acme-github`] }],
    ['another identity', { actions: ['bedrock-agentcore:GetWorkloadAccessToken*'], resources: [`${DIRECTORY}/workload-identity/Sales-*`] }],
    ['a secret, read by its own code', { actions: ['secretsmanager:*'], conditions: [{ conditionOperator: 'Bool', key: 'aws:ViaAWSService', values: ['false'] }] }],
    ['a token of another issuer', {
      actions: ['bedrock-agentcore:GetWorkloadAccessTokenForJWT'],
      conditions: [{ conditionOperator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/iss', values: ['https://evil.example.com'] }],
    }],
  ])('may not use %s', (_what, right) => triage.mayNot([right]));

  it.each<[string, AccessRight, string]>([
    ['its provider', { actions: ['bedrock-agentcore:GetResourceOauth2Token'] }, 'GetResourceOauth2Token on arn:aws:bedrock-agentcore:eu-west-1:111122223333:'],
    ['something of a wildcard', { actions: ['*'], resources: [`${VAULT}/*-tickets-user`] }, 'acme-tickets-user is allowed'],
  ])('is found to use %s', (_what, right, message) => {
    expect(() => triage.mayNot([right])).toThrow(message);
  });

  it('may mint for its users, and is found not to without saying for whom', () => {
    triage.may([{ actions: ['bedrock-agentcore:GetWorkloadAccessTokenForJWT'], resources: [TRIAGE], conditions: EMPLOYEE }]);
    expect(() => triage.may([{ actions: ['bedrock-agentcore:GetWorkloadAccessTokenForJWT'], resources: [TRIAGE] }])).toThrow('may not bedrock-agentcore:GetWorkloadAccessTokenForJWT');
  });

  it('is found by the name of its identity and by the end of its path, with all of its parts', () => {
    const complete = [{ actions: ['bedrock-agentcore:CompleteResourceTokenAuth'], resources: [TRIAGE], conditions: EMPLOYEE }];
    access.agent('Engineering-Triage-d27c457c').may(complete);
    access.agent('Triage').may(complete);
    expect(() => access.agent('Triage').mayNot(complete)).toThrow('is allowed to role Engineering/TriageReturnPage/ServiceRole');
  });
});

describe('a role that this library did not make', () => {
  const app = new App();
  const stack = new Stack(app, 'Other', { env: { account: '111122223333', region: 'eu-west-1' } });
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['bedrock-agentcore:Get*'], resources: ['*'] }));
  role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['bedrock-agentcore:GetResourceApiKey'], resources: ['*'] }));
  const access = AccessAssertions.fromStack(stack);

  it('is judged with its Denies', () => {
    access.role('Other/Reader').may([{ actions: ['bedrock-agentcore:GetResourceOauth2Token'] }]);
    access.role('Other/Reader').mayNot([{ actions: ['bedrock-agentcore:GetResourceApiKey'] }]);
    expect(() => access.role('Other/Reader').mayNot([{ actions: ['bedrock-agentcore:GetWorkloadAccessTokenForUserId'] }])).toThrow('GetWorkloadAccessTokenForUserId');
  });

  it('is written out without logical ids and Sids', () => {
    expect(access.toText()).toBe(`role Other/Reader
  may be assumed
    by Service lambda.amazonaws.com
  allow bedrock-agentcore:Get*
    on *
  DENY bedrock-agentcore:GetResourceApiKey
    on *
`);
  });
});

describe('what cannot be judged', () => {
  const access = AccessAssertions.fromApp(companyApp());

  it.each<[string, string, () => void]>([
    ['an agent that is not there', 'AccessAssertions/Agent', () => access.agent('Nobody')],
    ['a part that is not there', 'AccessAssertions/Agent', () => access.agentPart('Triage', 'Nothing')],
    ['a role that is not there', 'AccessAssertions/Role', () => access.role('Nobody')],
    ['no right', 'AccessAssertions/Right', () => access.agent('Triage').mayNot([])],
    ['a right without actions', 'AccessAssertions/Right', () => access.agent('Triage').mayNot([{ actions: [] }])],
    ['an action without a service', 'AccessAssertions/Right', () => access.agent('Triage').mayNot([{ actions: ['GetResourceApiKey'] }])],
    ['an empty list of resources', 'AccessAssertions/Right', () => access.agent('Triage').mayOnly([{ actions: ['kms:Decrypt'], resources: [] }])],
    ['a construct without an app', 'AccessAssertions/NoApp', () => AccessAssertions.fromStack(undefined as unknown as Stack)],
  ])('is refused: %s', (_what, code, expectation) => {
    expect(expectation).toThrow(`[${code}]`);
  });
});

describe('a snapshot of access', () => {
  const policies = (...statements: iam.PolicyStatement[]) => {
    const stack = new Stack(new App(), 'Stack');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    new iam.CfnPolicy(stack, `Policy${statements.length}`, {
      policyName: 'policy', roles: [role.roleName], policyDocument: { Statement: statements.map((statement) => statement.toStatementJson()) },
    });
    return stack;
  };
  const allow = (actions: string[], resources: string[], sid?: string) => new iam.PolicyStatement({ sid, actions, resources });

  it('is the same however statements are divided, ordered and named', () => {
    const whole = policies(allow(['a:One', 'a:Two'], ['arn:one', 'arn:two'], 'Whole'));
    const divided = policies(allow(['a:Two'], ['arn:two']), allow(['a:One'], ['arn:two', 'arn:one'], 'First'), allow(['a:Two'], ['arn:one']));
    expect(serialize(divided)).toBe(serialize(whole));
  });

  it('changes with the access', () => {
    expect(serialize(policies(allow(['a:One'], ['arn:one'])))).not.toBe(serialize(policies(allow(['a:One'], ['arn:one*']))));
  });

  it('is made of stacks and apps only', () => {
    expect([new Stack(), new App(), {}, 'text', undefined, null].map(serializes)).toEqual([true, true, false, false, false, false]);
  });

  it('of a stack holds what stands in it, of an app everything', () => {
    const app = companyApp();
    const sales = serialize(app.node.findChild('Sales'));
    expect(sales).toContain('role Sales/');
    expect(sales).not.toContain('role Engineering/');
    expect(serialize(app)).toContain('role Engineering/');
  });
});
