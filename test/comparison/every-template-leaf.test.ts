import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { companyApp } from '../../examples/company-agents/company-app';
import { marketApp } from '../../examples/market-calendar/market-app';
import { ClientSecret, ConsentPortal, GatewayTarget, GoogleOAuth2Provider, GoogleScope, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway } from '../../src';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { assemblyTemplates, readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { StackTemplate, synthesizedApp } from '../../src/synthesized/synthesized-app';
import { gatewayProps, OWNER, REASON, stackIn, TOOLS } from '../gateway/every-target';
import { wholeRange } from '../review/whole-range';

/*
 * Whatever changes in a template behind the library's back, alone, is told, whether or not the report speaks of the resource: each property of
 * the resources that decide who gets which token. The report stays as it is.
 */
jest.setTimeout(300_000);

type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json };

interface Variant {
  readonly place: string;
  readonly value: Json;
}

/** Cedar, policies and gateway rules have tests of their own: of those, words for people are not compared. */
const TYPES = /^(AWS::BedrockAgentCore::(?!Policy$|ResourcePolicy$|GatewayRule$)|AWS::Cognito::UserPool(Client|ResourceServer)$|Custom::AgentCore)/;

const PLANTED = 'sk-live-0123456789';

/** Names, ARNs and choices, which a reader has to see. */
const SHOWN = /\/(Name|ProviderArn|RoleArn|ExecutionRoleArn|GrantType|CredentialProviderType|CredentialLocation|Service|DiscoveryUrl|AuthorizerType|Mode|Arn|DefaultReturnUrl|CredentialParameterName|ClaimMatchOperator|MatchValueString|InboundTokenClaimName|InboundTokenClaimValueType)$|\/(AllowedResourceOauth2ReturnUrls|AllowedOAuthScopes|AllowedOAuthFlows|AllowedAudience|AllowedClients|Scopes)\/\d+$|\/(Fn::GetAtt|Ref|Fn::Join)/;

/** A gateway with a page on which users consent. */
function portalApp(outdir: string): App {
  const app = new App({ outdir });
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ mcpVersions: ['2025-11-25'] }));
  const secret = ClientSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret'), 'client_secret');
  const signIn = new GoogleOAuth2Provider(stack, 'Google', { clientId: 'client', clientSecret: secret });
  const portal = new ConsentPortal(stack, 'Portal', { owner: OWNER, gateway, signIn, scopes: [] });
  gateway.addTarget('calendar', GatewayTarget.mcpServer('https://calendar.example/mcp', { tools: TOOLS }), {
    credentials: TargetCredentials.oauth2(signIn, {
      grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [GoogleScope.CALENDAR_READONLY], defaultReturnUrl: portal.connectUrl,
    }),
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  return app;
}

const folder = mkdtempSync(join(tmpdir(), 'template-leaves-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The value with one thing in it changed, added or taken away, in every way. */
function variants(value: Json, place: string): Variant[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => [
      ...variants(item, `${place}/${index}`).map((each): Variant => ({ ...each, value: value.map((other, at) => (at === index ? each.value : other)) })),
      { place: `${place}/${index} gone`, value: value.filter((_other, at) => at !== index) },
    ]);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).flatMap((name) => [
      ...variants(value[name], `${place}/${name}`).map((each): Variant => ({ ...each, value: { ...value, [name]: each.value } })),
      { place: `${place}/${name} gone`, value: Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)) },
    ]);
  }
  return [{ place, value: typeof value === 'string' ? PLANTED : typeof value === 'number' ? value + 1 : value !== true }];
}

/** The templates with a resource that has other properties, or none at all. */
function changed(templates: readonly StackTemplate[], of: StackTemplate, id: string, properties: Json): StackTemplate[] {
  return templates.map((each) => {
    if (each !== of) {
      return each;
    }
    const resources = { ...each.template.Resources };
    if (properties === undefined) {
      delete resources[id];
    } else {
      resources[id] = { ...resources[id], Properties: properties as Record<string, unknown> };
    }
    return { ...each, template: { ...each.template, Resources: resources } };
  });
}

test.each<[string, (outdir: string) => App]>([
  ['the company\'s agents', (outdir) => companyApp({ outdir })],
  ['the market calendar', (outdir) => marketApp({ outdir })],
  ['the whole range', (outdir) => wholeRange(outdir)],
  ['a consent portal', portalApp],
])('every single property of %s', (name, made) => {
  const outdir = mkdtempSync(join(folder, 'app-'));
  made(outdir).synth();
  const templates = assemblyTemplates(outdir);
  const { access } = readSynthesizedApp(outdir);
  const before = comparedAppOf(synthesizedApp(templates, access));
  const all = templates.flatMap((template) => Object.entries(template.template.Resources ?? {}).filter(([, { Type }]) => TYPES.test(Type ?? '')).flatMap(([id, { Type, Properties }]) => [
    ...variants(Properties as Json, `${Type} ${id}`),
    { place: `${Type} ${id} with a property that nobody knows`, value: { ...Properties, PropertyOfTheFuture: PLANTED } as Json },
    { place: `${Type} ${id} gone`, value: undefined },
  ].map(({ place, value }) => {
    const text = JSON.stringify(compareApps(before, comparedAppOf(synthesizedApp(changed(templates, template, id, value), access))).changes);
    return { place, isSilent: text === '[]', isShown: text.includes(PLANTED) };
  })));
  process.stdout.write(`${name}: ${all.length} changes of templates\n`);
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter(({ isSilent }) => isSilent).map(({ place }) => place)).toEqual([]);
  expect(all.filter(({ place, isShown }) => isShown && !SHOWN.test(place)).map(({ place }) => place)).toEqual([]);
});
