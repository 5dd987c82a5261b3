import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { DeployedStory } from './stories/deployed-story';
import { gitHubPerUser } from './stories/github-per-user';
import { groupLimitedRuntime } from './stories/group-limited-runtime';
import { keyBundle } from './stories/key-bundle';
import { onBehalfOfChain } from './stories/on-behalf-of-chain';
import { oneAgentManyHosts } from './stories/one-agent-many-hosts';
import { providersOfThePlatform } from './stories/providers-of-the-platform';
import { rotatingSecret } from './stories/rotating-secret';
import { sessionBinding } from './stories/session-binding';
import type { Story } from './stories/story';
import { trustedFrontEnd } from './stories/trusted-front-end';
import { DeployedGateway } from '../cedar/deployed-gateway';
import { decide } from '../simulation/decision';
import { missingNearMisses } from '../simulation/decision-table';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

const FOLDER = join(__dirname, '..', '..', 'examples', 'stories');
const STORIES: Record<string, Story> = {
  'github-per-user': gitHubPerUser,
  'group-limited-runtime': groupLimitedRuntime,
  'key-bundle': keyBundle,
  'on-behalf-of-chain': onBehalfOfChain,
  'one-agent-many-hosts': oneAgentManyHosts,
  'providers-of-the-platform': providersOfThePlatform,
  'rotating-secret': rotatingSecret,
  'session-binding': sessionBinding,
  'trusted-front-end': trustedFrontEnd,
};
/** What a role of `AgentRuntimeRole` cannot name exactly: AWS has no resource level for it, or the runtime's id is not known yet. */
const ROWS_OF_RUNTIME = [
  /^\* \((ecr:GetAuthorizationToken|xray:[^)]*|cloudwatch:PutMetricData in namespace bedrock-agentcore)\)$/,
  /^log-group:\/aws\/bedrock-agentcore\/runtimes\/\w+-\?{10}-\*$/,
  /^runtime\/\w+-\?{10} \(trust\)$/,
];

const [deployed, again] = [1, 2].map(() => new Map(Object.entries(STORIES)
  .map(([name, { make, externalPolicies }]) => [name, new DeployedStory(make, externalPolicies)])));

test('every story of the folder is told here', () => {
  expect(readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()).toEqual(Object.keys(STORIES).sort());
});

describe.each(Object.entries(STORIES))('%s', (name, { acknowledged = {}, rows }) => {
  const story = deployed.get(name)!;

  test('its access report is the one that was reviewed (UPDATE_REPORT=1 renews it)', () => {
    const expected = join(FOLDER, name, 'expected-report.md');
    const report = story.files.get('agentcore-access.md')!;
    if (process.env.UPDATE_REPORT === '1') {
      writeFileSync(expected, report);
    }
    expect(report).toBe(readFileSync(expected, 'utf8'));
  });

  test('it fits service reference and resource schemas', async () => {
    expect(await serviceReferenceFindings(story.account)).toEqual([]);
    expect(templateSchemaErrors(story.account)).toEqual([]);
  });

  test('the checks find what is acknowledged, and nothing else', () => expect(story.findings).toEqual(Object.keys(acknowledged).sort()));

  test('nothing is exported from one stack to another', () => {
    expect([...story.files].filter(([file, text]) => file.endsWith('.template.json') && /"Export"|Fn::ImportValue/.test(text)).map(([file]) => file)).toEqual([]);
  });

  test('the same input twice gives the same files', () => expect(again.get(name)!.files).toEqual(story.files));

  test('no remaining wildcard stands in the report but those that every runtime\'s role has', () => {
    const { agents } = JSON.parse(story.files.get('agentcore-access.json')!) as { agents: { remainingWildcards: { resource: string }[] }[] };
    expect(agents.length).toBeGreaterThan(0);
    const left = agents.flatMap(({ remainingWildcards }) => remainingWildcards.map(({ resource }) => resource));
    expect(left.filter((resource) => !ROWS_OF_RUNTIME.some((row) => row.test(resource)))).toEqual([]);
  });

  test('each allowed row has a near miss that is denied', () => {
    const table = rows(story).map(([situation, role, request, expect]) => ({ situation, role, ...request, expect, because: situation }));
    expect(missingNearMisses({ title: name, names: {}, rows: table })).toEqual([]);
  });

  test.each(rows(story).map((row) => [row[0], row] as const))('%s', async (_situation, [, principal, request, expected]) => {
    expect(await decide(story.account, { ...request, principal: principal.startsWith('arn:') ? principal : story.arn(principal) })).toBe(expected);
  });
});

describe('what IAM does not decide', () => {
  const authorizerOf = (name: string, index = 0) => deployed.get(name)!.account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[index].property('AuthorizerConfiguration');

  test('the runtime\'s authorizer checks the group', () => {
    expect(authorizerOf('group-limited-runtime')).toEqual({
      CustomJWTAuthorizer: {
        DiscoveryUrl: 'https://acme.okta.com/oauth2/default/.well-known/openid-configuration',
        AllowedAudience: ['api://agents'],
        CustomClaims: [{
          InboundTokenClaimName: 'groups',
          InboundTokenClaimValueType: 'STRING_ARRAY',
          AuthorizingClaimMatchValue: { ClaimMatchOperator: 'CONTAINS', ClaimMatchValue: { MatchValueString: 'account-managers' } },
        }],
      },
    });
  });

  test('no policy pretends to', () => {
    expect(JSON.stringify(deployed.get('group-limited-runtime')!.account.resources.filter(({ type }) => type.startsWith('AWS::IAM::')).map(({ properties }) => properties))).not.toMatch(/account-managers|groups/);
  });

  test('a runtime that a front end names users to, or that acts for none, has no authorizer', () => {
    expect(authorizerOf('trusted-front-end')).toBeUndefined();
    expect(authorizerOf('one-agent-many-hosts', 0)).toBeUndefined();
  });

  describe('behind the gateway of the chain', () => {
    const { account } = deployed.get('on-behalf-of-chain')!;
    const gateway = new DeployedGateway(account, { planner: ['POST:/invocations'] });

    test('the runtime takes the gateway\'s tokens, through the gateway only', () => {
      expect(authorizerOf('on-behalf-of-chain')).toEqual({
        CustomJWTAuthorizer: {
          DiscoveryUrl: 'https://login.microsoftonline.com/3f9d2c7b-51ae-4e06-8b94-c27d10e5fa68/v2.0/.well-known/openid-configuration',
          AllowedAudience: ['a4d1c6f0-3b52-4c8e-9d17-6f0e2b7a5c94'],
          AllowedWorkloadConfiguration: { HostingEnvironments: [{ Arn: gateway.arn }] },
        },
      });
    });

    test('its rules fit Cedar\'s schema', () => expect(gateway.findings).toEqual([]));

    test.each([
      ['agents.call', 'allow'], ['openid agents.call', 'allow'], ['agents.call.admin', 'deny'], ['xagents.call', 'deny'], ['openid', 'deny'],
    ])('a token of Entra ID with scope "%s": %s', (scp, expected) => expect(gateway.ask({ scp }, 'planner___POST:/invocations')).toBe(expected));

    test('a claim of another name: deny', () => expect(gateway.ask({ scope: 'agents.call' }, 'planner___POST:/invocations')).toBe('deny'));

    test('each provider says how it exchanges', () => {
      const exchange = (name: string) => account.resourcesOfType('AWS::BedrockAgentCore::OAuth2CredentialProvider').find((each) => each.property('Name') === name)!.property('Oauth2ProviderConfigInput');
      expect(exchange('acme-orders').CustomOauth2ProviderConfig.OnBehalfOfTokenExchangeConfig).toEqual({
        GrantType: 'TOKEN_EXCHANGE', TokenExchangeGrantTypeConfig: { ActorTokenContent: 'M2M', ActorTokenScopes: ['orders:act'] },
      });
      expect(Object.keys(exchange('acme-graph'))).toEqual(['MicrosoftOauth2ProviderConfig']);
    });
  });

  test('the provider of the bundle and the manifest name no key, and the manifest says which there are', () => {
    const { account } = deployed.get('key-bundle')!;
    const [courier] = account.resourcesOfType('AWS::Lambda::Function').filter(({ logicalId }) => logicalId.startsWith('CourierFunction'));
    expect(JSON.parse(courier.property('Environment').Variables.AGENT).capabilities).toEqual([{ kind: 'use API key', provider: 'acme-maps', keys: ['geocoding', 'routing', 'tiles'] }]);
  });

  test('the provider of the rotating secret names the secret, and no version of it', () => {
    const [provider] = deployed.get('rotating-secret')!.account.resourcesOfType('AWS::BedrockAgentCore::ApiKeyCredentialProvider');
    expect(provider.properties).toEqual({
      Name: 'acme-field-weather', ApiKeySecretSource: 'EXTERNAL', ApiKeySecretConfig: { SecretId: deployed.get('rotating-secret')!.arn('Field/WeatherKey'), JsonKey: 'api_key' },
    });
  });
});
