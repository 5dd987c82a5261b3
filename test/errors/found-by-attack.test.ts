/* eslint-disable @stylistic/max-len, @stylistic/max-statements-per-line */
/* Each row was once accepted, or said too much. Letters group them by what went wrong. */
import { App, Aws, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_secretsmanager as sm, CfnParameter, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import { lateCodes, refusalOf } from './refusal';
import { agentIn, appOf, asItself, asTrustedUserId, asUser, clientSecret, ENV, google, hostedBy, imported, importedKey, importedSecret, issuer, parameter, REASON, role, salesStack, SCOPES } from './story';
import * as L from '../../src';

const CANARY = 'canary-4f1c9e';
const refusedOrLate = (app: App) => { try { app.synth(); return 'NOT REFUSED'; } catch (e) { return String((e as Error).message).match(/\[([A-Za-z0-9]+\/[A-Za-z0-9]+)\](?: at|$)/)?.[1] ?? (e as Error).message; } };
const template = (app: App) => JSON.stringify(app.synth().stacks.map((s) => s.template));
const late = (declare: (stack: Stack) => unknown, env = ENV) => { const stack = salesStack(env); try { declare(stack); } catch (e) { return (e as any).codes?.[0] ?? `UNCODED ${(e as Error).message}`; } return refusedOrLate(appOf(stack)); };
const code = (call: () => unknown) => { try { call(); return 'NOT REFUSED'; } catch (e) { return (e as any).codes?.[0] ?? `UNCODED ${(e as Error).message}`; } };
const ARN = `arn:${Aws.PARTITION}:bedrock-agentcore:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
const MANAGED = { clientSecret: L.ClientSecret.managedByAgentCore() };

describe('A wildcards beside tokens', () => {
  test('provider ARN', () => expect(late((s) => agentIn(s, 'A').may(asUser(L.OAuth2Provider.fromProviderArn(s, 'P', `${ARN}:token-vault/default/oauth2credentialprovider/*`, MANAGED))))).toBe('Provider/Arn'));
  test('provider ARN of the other family', () => expect(late((s) => L.OAuth2Provider.fromProviderArn(s, 'P', `${ARN}:token-vault/default/apikeycredentialprovider/x`, MANAGED))).toBe('Provider/Arn'));
  test('identity ARN', () => expect(late((s) => agentIn(s, 'A', { identity: L.AgentIdentity.fromArn(`${ARN}:workload-identity-directory/default/workload-identity/*`) }))).toBe('AgentIdentity/Arn'));
  test('provider name', () => expect(late((s) => imported(s, `*${Aws.REGION}`, 'P'))).toBe('Provider/Name'));
  test('identity name', () => expect(late(() => L.AgentIdentity.fromName(`*${Aws.REGION}`))).toBe('AgentIdentity/Name'));
  test('secret by name', () => expect(late((s) => new L.GoogleOAuth2Provider(s, 'G', { clientId: 'c', clientSecret: L.ClientSecret.fromSecretsManager(sm.Secret.fromSecretNameV2(s, 'S', '*'), 'k') }))).toBe('ProviderSecret/Wildcard'));
  test('secret by ARN with pseudo parameters', () => expect(late((s) => new L.GoogleOAuth2Provider(s, 'G', { clientId: 'c', clientSecret: L.ClientSecret.fromSecretsManager(sm.Secret.fromSecretPartialArn(s, 'S', `arn:${Aws.PARTITION}:secretsmanager:eu-west-1:111111111111:secret:*`), 'k') }))).toBe('ProviderSecret/Wildcard'));
  test('key', () => expect(late((s) => new L.GoogleOAuth2Provider(s, 'G', { clientId: 'c', clientSecret: L.ClientSecret.fromSecretsManager(importedSecret(s), 'k', { encryptionKey: kms.Key.fromKeyArn(s, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/*') }) }))).toBe('ProviderSecret/KeyWildcard'));
  test('issuer variable', () => expect(code(() => L.TokenIssuer.oidc({ issuer: `https://\${aws:username}.${Aws.REGION}.x`, audiences: ['a'] }))).toBe('TokenIssuer/Issuer'));
  test('issuer http', () => expect(code(() => L.TokenIssuer.oidc({ issuer: `http://${Aws.REGION}.x`, audiences: ['a'] }))).toBe('TokenIssuer/Issuer'));
  test('audience variable', () => expect(code(() => L.TokenIssuer.oidc({ issuer: 'https://a.b', audiences: [`\${aws:username}-${Aws.REGION}`] }))).toBe('TokenIssuer/Claim'));
  test('fine: pseudo parameters', () => {
    const s = salesStack();
    const p = L.OAuth2Provider.fromProviderArn(s, 'P', `${ARN}:token-vault/default/oauth2credentialprovider/google`, MANAGED);
    expect(p.providerName).toBe('google');
    expect(s.resolve(p.providerArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':bedrock-agentcore:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':token-vault/default/oauth2credentialprovider/google']] });
  });
});

describe('B trusted user ids', () => {
  test('prefix token', () => expect(code(() => L.TrustedUserIds.withPrefix(Lazy.string({ produce: () => '' })))).toBe('TrustedUserIds/Prefix'));
  test('ids are never compared as patterns', () => {
    const s = salesStack();
    agentIn(s, 'A').may(asTrustedUserId(imported(s, 'p'), L.TrustedUserIds.of([parameter(s)])), L.Capability.actAsTrustedUserId(imported(s, 'q'), { scopes: SCOPES, reason: REASON, userIds: L.TrustedUserIds.withPrefix('a+'), enforcedByApplication: REASON }));
    expect(s.resolve(1)).toBe(1);
  });
  test('different ids', () => expect(late((s) => agentIn(s, 'A').may(asTrustedUserId(imported(s, 'p'), L.TrustedUserIds.of(['c+1'])), asTrustedUserId(imported(s, 'q'), L.TrustedUserIds.withPrefix('cognito+'))))).toBe('Capability/UserIdsNotSeparable'));
  test('by token and by id', () => expect(late((s) => agentIn(s, 'A').may(asUser(imported(s, 'p'), L.Users.withSubjects(['alice'])), asTrustedUserId(imported(s, 'q'))))).toBe('Capability/UserProofNotSeparable'));
  test('both on one provider are declared: fine', () => expect(late((s) => { const p = imported(s, 'p'); agentIn(s, 'A').may(asUser(p), asTrustedUserId(p)); })).toBe('NOT REFUSED'));
});

describe('C mirrored grant type', () => {
  test('an agent with users, as itself on a client for users', () => expect(late((s) => {
    const [p, q] = [imported(s, 'p'), imported(s, 'q')];
    agentIn(s, 'A').may(L.Capability.actAsUser(p, { scopes: SCOPES, reason: REASON, users: L.Users.anyOfTheIssuer({ reason: REASON }), enforcedByApplication: REASON }));
    agentIn(s, 'B').may(asUser(q), asItself(p));
  })).toBe('Capability/GrantTypeNotSeparable'));
});

describe('D identity', () => {
  test('shared by reference', () => expect(late((s) => agentIn(s, 'B', { identity: L.AgentIdentity.fromRef(agentIn(s, 'A')) }))).toBe('Agent/IdentityShared'));
  test('shared by deploy-time ARN', () => expect(late((s) => { const arn = parameter(s); ['A', 'B'].forEach((id) => agentIn(s, id, { identity: L.AgentIdentity.fromArn(arn) })); })).toBe('Agent/IdentityShared'));
  test('not an identity', () => expect(late((s) => agentIn(s, 'A', { identity: 'x' as any }))).toBe('Agent/Identity'));
});

describe('E secrets', () => {
  test('undefined twice', () => expect(code(() => L.ClientSecret.fromSecretsManager(undefined as any, undefined as any))).toBe('ProviderSecret/PlaintextRefused'));
  test('plaintext by profile', () => expect(late((s) => new L.OAuth2Provider(s, 'X', { client: { clientId: 'c', clientSecret: clientSecret(s) }, profile: { vendor: 'DropboxOauth2', configProperty: 'includedOauth2ProviderConfig', fields: { clientSecret: CANARY } } }))).toBe('OAuth2Provider/Profile'));
  test.each<[string, Record<string, string>]>([
    ['a blank in the name', { 'access type': 'offline' }],
    ['a value of 2049 characters', { access_type: 'x'.repeat(2049) }],
  ])('a parameter that AgentCore does not take: %s', (_what, refreshTokenParameters) => expect(late((s) => new L.OAuth2Provider(s, 'X', {
    client: { clientId: 'c', clientSecret: clientSecret(s) }, profile: { vendor: 'DropboxOauth2', configProperty: 'includedOauth2ProviderConfig', refreshTokenParameters },
  }))).toBe('OAuth2Provider/Profile'));
  test('unknown config property', () => expect(late((s) => new L.OAuth2Provider(s, 'X', { client: { clientId: 'c', clientSecret: clientSecret(s) }, profile: { vendor: 'DropboxOauth2', configProperty: 'dropboxOauth2ProviderConfig' } }))).toBe('OAuth2Provider/Profile'));
  test('template of a generated secret', () => expect(late((s) => new L.GoogleOAuth2Provider(s, 'G', { clientId: 'c', clientSecret: L.ClientSecret.fromSecretsManager(new sm.Secret(s, 'Z', { generateSecretString: { secretStringTemplate: `{"k":"${CANARY}"}`, generateStringKey: 'o' } }), 'k') }))).toBe('ProviderSecret/PlaintextInTemplate'));
  test('key as provider', () => { const e = refusalOf(() => L.Capability.useApiKey(CANARY as any, { reason: REASON })); expect(e.message).not.toContain(CANARY); });
  test('password in address', () => { const e = refusalOf(() => L.TokenIssuer.oidc({ issuer: `https://me:${CANARY}@acme.okta.com`, audiences: ['x'] })); expect(e.message).not.toContain(CANARY); });
  test('value as JSON key', () => { const e = refusalOf(() => L.ClientSecret.fromSecretsManager(importedSecret(salesStack()), `{"client_secret":"${CANARY}"}`)); expect(e.codes).toEqual(['ProviderSecret/JsonKey']); expect(e.message).not.toContain(CANARY); });
  test('long value as JSON key', () => { const e = refusalOf(() => L.ClientSecret.fromSecretsManager(importedSecret(salesStack()), CANARY + 'x'.repeat(200))); expect(e.message).not.toContain(CANARY); });
  test('function', () => { const e = refusalOf(() => L.AgentOwner.team((() => 'canary-4f1c9e') as any, 'x')); expect(e.message).not.toContain(CANARY); });
  test('L1 API key provider', () => expect(late((s) => L.Capability.useApiKey(new agentcore.CfnApiKeyCredentialProvider(s, 'W', { name: 'w', apiKey: CANARY }) as any, { reason: REASON }))).toBe('Capability/Provider'));
  test('other region, owned', () => expect(late((s) => google2(s, new sm.Secret(new Stack(appOf(s), 'F', { env: { ...ENV, region: 'eu-central-1' } }), 'X')))).toBe('ProviderSecret/OtherRegion'));
  test('name instead of ARN', () => expect(late((s) => google2(s, sm.CfnSecret.fromSecretId(s, 'N', 'google-app')))).toBe('ProviderSecret/NotAnArn'));
  test('key as text', () => expect(late((s) => L.ClientSecret.fromSecretsManager(importedSecret(s), 'k', { encryptionKey: 'arn:aws:kms:x' as any }))).toBe('ProviderSecret/Key'));
  test('two secrets for one provider', () => expect(late((s) => { google(s, 'G', 'google'); L.OAuth2Provider.fromProviderName(s, 'I', 'google', MANAGED); })).toBe('Provider/SecretContradicts'));
});
const google2 = (s: Stack, secret: sm.ISecretRef) => new L.GoogleOAuth2Provider(s, 'G', { clientId: 'c', clientSecret: L.ClientSecret.fromSecretsManager(secret, 'k') });

describe('F lists and ignored fields', () => {
  test('audiences a text', () => expect(code(() => L.TokenIssuer.oidc({ issuer: 'https://a.b', audiences: 'agents' as any }))).toBe('TokenIssuer/Claim'));
  test('audiences null', () => expect(code(() => L.TokenIssuer.oidc({ issuer: 'https://a.b', audiences: null as any }))).toBe('TokenIssuer/Claim'));
  test('any client with audiences', () => expect(code(() => L.TokenIssuer.oidcForAnyClient({ issuer: 'https://a.b', reason: REASON, audiences: ['x'] } as any))).toBe('TokenIssuer/UnknownField'));
  test('any user with subjects', () => expect(code(() => L.Users.anyOfTheIssuer({ reason: REASON, subjects: ['x'] } as any))).toBe('Users/UnknownField'));
  test('group with another claim', () => expect(code(() => L.Users.inGroup('g', { claims: 'roles' } as any))).toBe('Users/UnknownField'));
  test('group null', () => expect(code(() => L.Users.inGroup('g', null as any))).not.toContain('UNCODED'));
  test('import options', () => expect(late((s) => L.OAuth2Provider.fromProviderName(s, 'P', 'x', { ...MANAGED, vendr: 'x' } as any))).toBe('OAuth2Provider/UnknownField'));
  test('secret options', () => expect(late((s) => L.ClientSecret.fromSecretsManager(importedSecret(s), 'k', { encryptionkey: 1 } as any))).toBe('ProviderSecret/UnknownField'));
  test('list token', () => { const s = salesStack(); const list = new CfnParameter(s, 'L', { type: 'CommaDelimitedList' }).valueAsList; expect(code(() => L.TokenIssuer.oidc({ issuer: 'https://a.b', audiences: list }))).toBe('TokenIssuer/Claim'); });
  test('returnUrls a text', () => expect(refusalOf(() => agentIn(salesStack(), 'A', { returnUrls: 'https://a.b' as any })).codes).toEqual(['Agent/ReturnUrl']));
  test('parts a part', () => { const s = salesStack(); expect(code(() => agentIn(s, 'A', { parts: L.AgentPart.acting('W', hostedBy(s)) as any }))).toBe('Agent/Parts'); });
  test('no props', () => expect(code(() => new L.Agent(salesStack(), 'A', undefined as any))).toBe('Agent/OwnerMissing'));
  test('no client', () => expect(code(() => new L.GoogleOAuth2Provider(salesStack(), 'A', undefined as any))).toBe('OAuth2Provider/ClientId'));
  test('no issuer options', () => expect(code(() => L.TokenIssuer.oidc(undefined as any))).toBe('TokenIssuer/Issuer'));
  test('no import options', () => expect(code(() => L.OAuth2Provider.fromProviderName(salesStack(), 'P', 'x', undefined as any))).toBe('ProviderSecret/Missing'));
  test('lambda as text', () => expect(code(() => L.AgentHost.lambdaFunction('x' as any))).toBe('AgentHost/NoRole'));
  test('task as text', () => expect(code(() => L.AgentHost.ecsTask('x' as any))).toBe('AgentHost/NoRole'));
  test('authority', () => expect(code(() => L.Capability.useApiKey(importedKey(salesStack(), 'w'), { reason: REASON, authority: 'agent' as any }))).toBe('Capability/Authority'));
});

describe('G what was judged cannot be changed', () => {
  test('claims', () => { const i = issuer(); try { i.audiences.length = 0; } catch { /* frozen */ } expect(i.audiences).toEqual(['agents']); });
  test('prefixes', () => { const i = L.TrustedUserIds.withPrefix('c+'); try { i.prefixes[0] = ''; } catch { /* frozen */ } expect(i.prefixes).toEqual(['c+']); });
  test('verbs', () => { const p = L.AgentPart.returnPage('P', hostedBy(salesStack())); try { (p.verbs as any).push('mint'); } catch { /* frozen */ } expect(p.verbs).toHaveLength(1); });
  test('callers', () => { const a = agentIn(salesStack(), 'A'); try { a.callers.length = 0; } catch { /* frozen */ } expect(a.callers).toHaveLength(1); });
  test('may is all or nothing', () => { const s = salesStack(); const a = agentIn(s, 'A'); const p = imported(s, 'p'); code(() => a.may(asUser(p), asUser(p))); expect(a.capabilities).toHaveLength(0); });
});

describe('H shared return page', () => {
  const page = (r: iam.IRole) => L.AgentPart.sharedReturnPage('Page', L.AgentHost.role(r), { reason: REASON });
  const deniedOnPage = (declare: (s: Stack, r: iam.Role) => void) => {
    const s = salesStack(); const r = role(s, 'Page'); declare(s, r);
    const resources: any = appOf(s).synth().stacks[0].template.Resources;
    return Object.values<any>(resources).filter((x) => x.Type === 'AWS::IAM::Policy' && JSON.stringify(x.Properties.Roles).includes('Page'))
      .flatMap((x) => x.Properties.PolicyDocument.Statement).filter((x: any) => x.Effect === 'Deny' && x.Resource === '*').flatMap((x: any) => x.Action);
  };
  test('an agent without users', () => expect(deniedOnPage((s, r) => { agentIn(s, 'A', { host: hostedBy(s, 'AR'), parts: [page(r)] }).may(asUser(imported(s, 'p'))); agentIn(s, 'B', { host: hostedBy(s, 'BR'), parts: [page(r)] }).may(asItself(imported(s, 'q'))); })).not.toContain('bedrock-agentcore:CompleteResourceTokenAuth'));
  test('a suspended agent', () => expect(deniedOnPage((s, r) => { agentIn(s, 'A', { host: hostedBy(s, 'AR'), parts: [page(r)] }).may(asUser(imported(s, 'p'))); const b = agentIn(s, 'B', { host: hostedBy(s, 'BR'), parts: [page(r)] }); b.may(asUser(imported(s, 'q'))); b.suspend({ reason: REASON }); })).not.toContain('bedrock-agentcore:CompleteResourceTokenAuth'));
});

describe('I size, names, reasons', () => {
  test('a statement that cannot be divided', () => expect(late((s) => agentIn(s, 'A', { callers: [L.TokenIssuer.oidc({ issuer: 'https://a.b', audiences: Array.from({ length: 100 }, (_, i) => `a${i}`.padEnd(200, 'x')) })] }).may(asUser(imported(s, 'p'))))).toBe('Agent/PolicyTooLarge'));
  test('a part named Identity', () => expect(late((s) => agentIn(s, 'A', { parts: [L.AgentPart.acting('Identity', hostedBy(s))] }))).toBe('Agent/Parts'));
  test('a reason that only deployment knows', () => expect(code(() => L.Users.anyOfTheIssuer({ reason: Lazy.string({ produce: () => 'x' }) }))).toBe('Users/Reason'));
  test('a reason of blanks', () => expect(code(() => L.Users.anyOfTheIssuer({ reason: 'x            ' }))).toBe('Users/Reason'));
  test('audience known at deployment, in the report', () => { const s = salesStack(); agentIn(s, 'A', { callers: [L.TokenIssuer.oidc({ issuer: 'https://a.b', audiences: [parameter(s)] })] }).may(asUser(imported(s, 'p'))); appOf(s).synth(); expect(L.AccessReport.of(s).toJson()).not.toContain('Token['); });
  test.each(['https:acme.okta.com', 'https:/acme.okta.com', 'https://acme.okta.com/../x', 'https://аcme.okta.com', 'https://acme.okta.com\u0000', '\u0001https://acme.okta.com', 'https://acme.okta.com/.well-known', 'https://@acme.okta.com', 'https://acme.okta.com/\u200b'])('issuer %j', (given) => expect(code(() => L.TokenIssuer.oidc({ issuer: given, audiences: ['a'] }))).toBe('TokenIssuer/Issuer'));
  test.each(['*', 'agents-*', '\u200b', 'a\u202eb'])('audience %j', (given) => expect(code(() => L.TokenIssuer.oidc({ issuer: 'https://a.b', audiences: [given] }))).toBe('TokenIssuer/Claim'));
  test.each(['*', '\u200b'])('subject %j', (given) => expect(code(() => L.Users.withSubjects([given]))).toBe('Users/Subjects'));
});

describe('J suspension', () => {
  test('of a provider, seen from a stack with another knowledge of the environment', () => {
    const stack = salesStack();
    imported(new Stack(appOf(stack), 'Platform'), 'google').suspend({ reason: REASON });
    agentIn(stack, 'A').may(asUser(imported(stack, 'google')));
    expect(template(appOf(stack))).toContain('DenySuspendedProviders');
  });
  test('of a capability whose provider stays in use by a way that users can take', () => expect(late((s) => {
    const p = imported(s, 'p');
    agentIn(s, 'A').may(asUser(p).suspended({ reason: REASON }), asItself(p), asUser(imported(s, 'q')));
  })).toBe('Capability/SuspensionNotSeparable'));
});

describe('K an agent that nobody can run', () => {
  test('only a return page', () => expect(late((s) => agentIn(s, 'A', { parts: [L.AgentPart.returnPage('Page', hostedBy(s))] }).may(asUser(imported(s, 'p'))))).toBe('Agent/NobodyVends'));
});
void SecretValue; void lateCodes;
