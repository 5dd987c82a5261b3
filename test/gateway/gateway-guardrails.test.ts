import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import { GatewayGuardrailOptions, GatewayGuardrails, TargetCredentialsKind } from '../../src';
import { matchingActions } from '../simulation/action-reference';

/*
 * The guardrails as a whole, by hand, and what an IAM simulator makes of them as a service control policy. Whether AWS evaluates the
 * condition keys on these actions only an account can tell.
 */
const GATEWAY = ['bedrock-agentcore:CreateGateway', 'bedrock-agentcore:UpdateGateway'];
const TARGET = ['bedrock-agentcore:CreateGatewayTarget', 'bedrock-agentcore:UpdateGatewayTarget'];
const CEDAR = ['bedrock-agentcore:CreatePolicy', 'bedrock-agentcore:UpdatePolicy', 'bedrock-agentcore:DeletePolicy'];
const RESOURCE_POLICY = ['bedrock-agentcore:PutResourcePolicy', 'bedrock-agentcore:DeleteResourcePolicy'];
const RULE = ['bedrock-agentcore:CreateGatewayRule', 'bedrock-agentcore:UpdateGatewayRule', 'bedrock-agentcore:DeleteGatewayRule'];
const deny = (Sid: string, Action: string[], Condition: object) => ({ Sid, Effect: 'Deny', Action, Resource: '*', Condition });
const ENFORCED = { StringNotEquals: { 'bedrock-agentcore:PolicyEngineMode': ['ENFORCE'] } };
const AUTHORIZED = { StringNotEquals: { 'bedrock-agentcore:GatewayAuthorizerType': ['AWS_IAM', 'CUSTOM_JWT'] } };

test('by default: enforced rules, authorized callers, credentials', () => expect(GatewayGuardrails.document().toJSON().Statement).toEqual([
  deny('RulesOfToolsAreEnforced', GATEWAY, ENFORCED),
  deny('CallersAreAuthorized', GATEWAY, AUTHORIZED),
  deny('TargetCredentialsAreAllowed', TARGET, {
    StringNotEquals: { 'bedrock-agentcore:CredentialProviderType': ['GATEWAY_IAM_ROLE', 'CALLER_IAM_CREDENTIALS', 'OAUTH', 'API_KEY', 'JWT_PASSTHROUGH'] },
  }),
]));

test('narrower: engines, issuers, scopes, credentials, and who is exempt', () => {
  const unless = { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/platform-*'] } };
  expect(GatewayGuardrails.document({
    discoveryUrls: ['https://acme.okta.com/.well-known/openid-configuration'],
    policyEngines: ['arn:aws:bedrock-agentcore:*:*:policy-engine/acme-*'],
    targetScopes: ['read'],
    targetCredentials: [TargetCredentialsKind.OAUTH2],
    exemptPrincipals: ['arn:aws:iam::*:role/platform-*'],
  }).toJSON().Statement).toEqual([
    deny('RulesOfToolsAreEnforced', GATEWAY, { ...unless, ...ENFORCED }),
    deny('PolicyEnginesAreKnown', GATEWAY, { ...unless, StringNotLike: { 'bedrock-agentcore:PolicyEngineArn': ['arn:aws:bedrock-agentcore:*:*:policy-engine/acme-*'] } }),
    deny('CallersAreAuthorized', GATEWAY, { ...unless, ...AUTHORIZED }),
    deny('IssuersAreKnown', GATEWAY, {
      ...unless,
      StringNotEquals: { 'bedrock-agentcore:DiscoveryUrl': ['https://acme.okta.com/.well-known/openid-configuration'] },
      StringEquals: { 'bedrock-agentcore:GatewayAuthorizerType': ['CUSTOM_JWT'] },
    }),
    deny('TargetCredentialsAreAllowed', TARGET, { ...unless, StringNotEquals: { 'bedrock-agentcore:CredentialProviderType': ['OAUTH'] } }),
    deny('TargetScopesAreAllowed', TARGET, { ...unless, 'ForAnyValue:StringNotEquals': { 'bedrock-agentcore:CredentialProviderScope': ['read'] } }),
    deny('TargetScopesAreNamed', TARGET, {
      ...unless,
      'ForAllValues:StringNotEquals': { 'bedrock-agentcore:CredentialProviderScope': ['read'] },
      'StringEquals': { 'bedrock-agentcore:CredentialProviderType': ['OAUTH'] },
    }),
  ]);
});

describe.each<['cedarPolicyPrincipals' | 'resourcePolicyPrincipals' | 'routingRulePrincipals', string, string[]]>([
  ['cedarPolicyPrincipals', 'CedarPoliciesHaveWriters', CEDAR],
  ['resourcePolicyPrincipals', 'ResourcePoliciesHaveWriters', RESOURCE_POLICY],
  ['routingRulePrincipals', 'RoutingRulesHaveWriters', RULE],
])('%s: it is written', (option, sid, actions) => {
  const last = (options: GatewayGuardrailOptions) => GatewayGuardrails.document(options).toJSON().Statement.at(-1);
  const WRITER = 'arn:aws:iam::*:role/traffic-*';

  test('by those who are named', () => expect(last({ [option]: [WRITER] }))
    .toEqual(deny(sid, actions, { ArnNotLike: { 'aws:PrincipalArn': [WRITER] } })));

  test('and by those to whom nothing applies', () => expect(last({ [option]: [WRITER], exemptPrincipals: ['arn:aws:iam::*:role/platform-*'] }))
    .toEqual(deny(sid, actions, { ArnNotLike: { 'aws:PrincipalArn': [WRITER, 'arn:aws:iam::*:role/platform-*'] } })));

  test('by nobody, where the list is empty', () => expect(last({ [option]: [] }))
    .toEqual({ Sid: sid, Effect: 'Deny', Action: actions, Resource: '*' }));

  test('by whoever IAM allows it, where nothing is said', () => {
    for (const action of actions) expect(JSON.stringify(GatewayGuardrails.document())).not.toContain(`"${action}"`);
  });
});

describe('as a service control policy, for a role that may do everything', () => {
  const ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const GUARDRAILS: GatewayGuardrailOptions = {
    discoveryUrls: ['https://acme.okta.com/.well-known/openid-configuration'],
    policyEngines: ['arn:aws:bedrock-agentcore:*:*:policy-engine/acme-*'],
    targetScopes: ['read', 'list'],
    cedarPolicyPrincipals: ['arn:aws:iam::*:role/deployer'],
    resourcePolicyPrincipals: ['arn:aws:iam::*:role/deployer'],
    exemptPrincipals: ['arn:aws:iam::*:role/platform-*'],
  };
  /** `engine` instead of `bedrock-agentcore:PolicyEngineArn`, and so on. */
  const KEYS = { mode: 'PolicyEngineMode', engine: 'PolicyEngineArn', caller: 'GatewayAuthorizerType', discovery: 'DiscoveryUrl', credentials: 'CredentialProviderType', scopes: 'CredentialProviderScope' };
  type Context = Partial<Record<keyof typeof KEYS, string | string[]>>;
  const decisions = (options: GatewayGuardrailOptions, actions: string[], context: Context, role = 'developer') => [...new Set(actions.map((action) => runUnsafeSimulation({
    request: {
      principal: `arn:aws:iam::111111111111:role/${role}`,
      action,
      resource: { resource: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5', accountId: '111111111111' },
      contextVariables: {
        'aws:PrincipalArn': `arn:aws:iam::111111111111:role/${role}`,
        ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`bedrock-agentcore:${KEYS[key as keyof Context]}`, value])),
      },
    },
    identityPolicies: [{ name: 'all', policy: ALL }],
    serviceControlPolicies: [{ orgIdentifier: 'root', policies: [{ name: 'all', policy: ALL }, { name: 'guardrails', policy: GatewayGuardrails.document(options).toJSON() }] }],
    resourceControlPolicies: [],
  }, {})))];

  const ENGINE = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:policy-engine/acme-tools-a1b2c3d4e5';
  const GOOD: Context = { mode: 'ENFORCE', engine: ENGINE, caller: 'CUSTOM_JWT', discovery: 'https://acme.okta.com/.well-known/openid-configuration' };
  test.each<[string, Context, boolean]>([
    ['as it should be', GOOD, true],
    ['for IAM callers, who have no issuer', { mode: 'ENFORCE', engine: ENGINE, caller: 'AWS_IAM' }, true],
    ['that only logs', { ...GOOD, mode: 'LOG_ONLY' }, false],
    ['whose mode is missing', { ...GOOD, mode: undefined }, false],
    ['with another engine in ENFORCE mode', { ...GOOD, engine: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:policy-engine/evil-a1b2c3d4e5' }, false],
    ['with an engine whose name only contains the prefix', { ...GOOD, engine: ENGINE.replace('/acme-', '/not-acme-') }, false],
    ['whose engine is missing', { ...GOOD, engine: undefined }, false],
    ['for anybody', { ...GOOD, caller: 'NONE' }, false],
    ['for callers that are only known', { ...GOOD, caller: 'AUTHENTICATE_ONLY' }, false],
    ['whose way in is missing', { ...GOOD, caller: undefined }, false],
    ['of another issuer', { ...GOOD, discovery: 'https://evil.okta.com/.well-known/openid-configuration' }, false],
    ['whose issuer is missing', { ...GOOD, discovery: undefined }, false],
    ['of which nothing is known', {}, false],
  ])('a gateway %s', (_what, context, good) => {
    const known = Object.fromEntries(Object.entries(context).filter(([, value]) => value !== undefined));
    expect(decisions(GUARDRAILS, GATEWAY, known)).toEqual([good ? 'Allowed' : 'ExplicitlyDenied']);
    expect(decisions(GUARDRAILS, GATEWAY, known, 'platform-night')).toEqual(['Allowed']);
    expect(decisions(GUARDRAILS, GATEWAY, known, 'xplatform-night')).toEqual([good ? 'Allowed' : 'ExplicitlyDenied']);
  });

  test.each<[string, Context, boolean]>([
    ['that asks for an allowed scope', { credentials: 'OAUTH', scopes: ['read'] }, true],
    ['that asks for two of them', { credentials: 'OAUTH', scopes: ['read', 'list'] }, true],
    ['with the gateway\'s role, which has no scopes', { credentials: 'GATEWAY_IAM_ROLE' }, true],
    ['that asks for another scope', { credentials: 'OAUTH', scopes: ['write'] }, false],
    ['that asks for another one, too', { credentials: 'OAUTH', scopes: ['read', 'write'] }, false],
    ['whose scopes are missing', { credentials: 'OAUTH' }, false],
    ['with no scope at all', { credentials: 'OAUTH', scopes: [] }, false],
    ['without credentials', { credentials: 'NONE' }, false],
    ['whose credentials are missing', { scopes: ['read'] }, false],
    ['of which nothing is known', {}, false],
  ])('a target %s', (_what, context, good) => {
    expect(decisions(GUARDRAILS, TARGET, context)).toEqual([good ? 'Allowed' : 'ExplicitlyDenied']);
    expect(decisions(GUARDRAILS, TARGET, context, 'platform-night')).toEqual(['Allowed']);
    expect(decisions(GUARDRAILS, TARGET, context, 'xplatform-night')).toEqual([good ? 'Allowed' : 'ExplicitlyDenied']);
  });

  test('by default the scopes are anybody\'s choice', () => expect(decisions({}, TARGET, { credentials: 'OAUTH' })).toEqual(['Allowed']));

  test.each<[string, string[]]>([['Cedar policies', CEDAR], ['resource policies', RESOURCE_POLICY]])('%s are written by the deployment and the platform team only', (_what, actions) => {
    expect(['deployer', 'platform-night', 'developer', 'deployer2'].map((role) => decisions(GUARDRAILS, actions, {}, role)))
      .toEqual([['Allowed'], ['Allowed'], ['ExplicitlyDenied'], ['ExplicitlyDenied']]);
  });

  test.each<[string, string[]]>([
    ['Cedar policies', CEDAR], ['resource policies', RESOURCE_POLICY], ['gateway rules', RULE],
    ['rate limits', ['bedrock-agentcore:DeleteGatewayRateLimit']], ['deletion', ['bedrock-agentcore:DeleteGateway', 'bedrock-agentcore:DeleteGatewayTarget', 'bedrock-agentcore:DeletePolicyEngine']],
  ])('it says what it does not hold by itself: %s', (_what, actions) => expect(decisions({}, actions, {})).toEqual(['Allowed']));
});

test('the actions exist', async () => {
  for (const action of [...GATEWAY, ...TARGET, ...CEDAR, ...RESOURCE_POLICY, ...RULE]) expect(await matchingActions(action)).toEqual([action]);
});

test('an empty list is refused', () => expect(() => GatewayGuardrails.document({ targetScopes: [] })).toThrow('[GatewayGuardrails/Values]'));
