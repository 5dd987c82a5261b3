import { GatewayGuardrailOptions, GatewayGuardrails, TargetCredentialsKind } from '../../src';
import { matchingActions } from '../simulation/action-reference';

/*
 * The guardrails as a whole, by hand. Whether AWS evaluates the condition keys on these actions only an account can tell.
 */
const GATEWAY = ['bedrock-agentcore:CreateGateway', 'bedrock-agentcore:UpdateGateway'];
const TARGET = ['bedrock-agentcore:CreateGatewayTarget', 'bedrock-agentcore:UpdateGatewayTarget'];
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

test('narrower: issuers, scopes, credentials, and who is exempt', () => {
  const unless = { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/platform-*'] } };
  expect(GatewayGuardrails.document({
    discoveryUrls: ['https://acme.okta.com/.well-known/openid-configuration'],
    targetScopes: ['read'],
    targetCredentials: [TargetCredentialsKind.OAUTH2],
    exemptPrincipals: ['arn:aws:iam::*:role/platform-*'],
  }).toJSON().Statement).toEqual([
    deny('RulesOfToolsAreEnforced', GATEWAY, { ...unless, ...ENFORCED }),
    deny('CallersAreAuthorized', GATEWAY, { ...unless, ...AUTHORIZED }),
    deny('IssuersAreKnown', GATEWAY, {
      ...unless,
      StringNotEquals: { 'bedrock-agentcore:DiscoveryUrl': ['https://acme.okta.com/.well-known/openid-configuration'] },
      StringEquals: { 'bedrock-agentcore:GatewayAuthorizerType': ['CUSTOM_JWT'] },
    }),
    deny('TargetCredentialsAreAllowed', TARGET, { ...unless, StringNotEquals: { 'bedrock-agentcore:CredentialProviderType': ['OAUTH'] } }),
    deny('TargetScopesAreAllowed', TARGET, { ...unless, 'ForAnyValue:StringNotEquals': { 'bedrock-agentcore:CredentialProviderScope': ['read'] } }),
  ]);
});

describe('gateway rules are written', () => {
  const last = (options: GatewayGuardrailOptions) => GatewayGuardrails.document(options).toJSON().Statement.at(-1);
  const ROUTER = 'arn:aws:iam::*:role/traffic-*';

  test('by those who are named', () => expect(last({ routingRulePrincipals: [ROUTER] }))
    .toEqual(deny('RoutingRulesHaveWriters', RULE, { ArnNotLike: { 'aws:PrincipalArn': [ROUTER] } })));

  test('and by those to whom nothing applies', () => expect(last({ routingRulePrincipals: [ROUTER], exemptPrincipals: ['arn:aws:iam::*:role/platform-*'] }))
    .toEqual(deny('RoutingRulesHaveWriters', RULE, { ArnNotLike: { 'aws:PrincipalArn': [ROUTER, 'arn:aws:iam::*:role/platform-*'] } })));

  test('by nobody, where the list is empty', () => expect(last({ routingRulePrincipals: [] }))
    .toEqual({ Sid: 'RoutingRulesHaveWriters', Effect: 'Deny', Action: RULE, Resource: '*' }));

  test('by whoever IAM allows it, where nothing is said', () => expect(JSON.stringify(GatewayGuardrails.document())).not.toContain('GatewayRule'));
});

test('the actions exist', async () => {
  for (const action of [...GATEWAY, ...TARGET, ...RULE]) expect(await matchingActions(action)).toEqual([action]);
});

test('an empty list is refused', () => expect(() => GatewayGuardrails.document({ targetScopes: [] })).toThrow('[GatewayGuardrails/Values]'));
