import { App, aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentProps, ApiKeyAuthority, Capability, GoogleScope, Users } from '../../src';
import { agentsOfEachKind } from '../decisions/agents-of-each-kind';
import { EMPLOYEES, google, REASON, RETURN_URLS, role, stackIn, weather } from '../situations/story';

/* The code that the report shows for each capability, as the AgentCore SDKs take it. */
function codes(app: App): { kind: string; code?: { typescript: string; python: string } }[] {
  return JSON.parse(AccessReport.of(app).toJson()).agents.flatMap((agent: any) => agent.capabilities);
}

function calendar(onRuntime: boolean): App {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'calendar', agentRuntimeArtifact: { containerConfiguration: { containerUri: 'uri' } }, networkConfiguration: { networkMode: 'PUBLIC' }, roleArn: 'arn:aws:iam::111111111111:role/r',
  });
  const props: Partial<AgentProps> = onRuntime
    ? { host: AgentHost.agentRuntime(runtime, { role: role(stack, 'r') }) } : { host: AgentHost.role(role(stack, 'r')), identity: AgentIdentity.named('calendar') };
  new Agent(stack, 'Agent', { owner: AgentOwner.team('team', 'team@example.com'), callers: [EMPLOYEES], returnUrls: RETURN_URLS, ...props }).may(
    Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }),
    Capability.useApiKey(weather(stack), { authority: ApiKeyAuthority.USER_SESSION, ...REASON }));
  return app;
}

test('as the user, under an identity of its own', () => {
  expect(codes(calendar(false))[0].code).toEqual({
    typescript: [
      'import { BedrockAgentCoreClient, GetWorkloadAccessTokenForJWTCommand } from \'@aws-sdk/client-bedrock-agentcore\';',
      'import { withAccessToken } from \'bedrock-agentcore/identity\';',
      '',
      'const { workloadAccessToken } = await new BedrockAgentCoreClient({}).send(new GetWorkloadAccessTokenForJWTCommand({ workloadName: "calendar", userToken }));',
      'const call = withAccessToken({',
      '  workloadIdentityToken: workloadAccessToken!,',
      '  providerName: "google",',
      '  scopes: ["https://www.googleapis.com/auth/calendar.readonly"],',
      '  authFlow: "USER_FEDERATION",',
      `  callbackUrl: ${JSON.stringify(RETURN_URLS[0])},`,
      '  customParameters: {"access_type":"offline"},',
      '  onAuthUrl: (url: string) => showToUser(url),',
      '})(async (accessToken: string) => callTheService(accessToken));',
    ].join('\n'),
    python: [
      'from bedrock_agentcore.services.identity import IdentityClient',
      '',
      'identity = IdentityClient("eu-west-1")',
      'workload_access_token = identity.get_workload_access_token("calendar", user_token=user_token)["workloadAccessToken"]',
      'access_token = await identity.get_token(',
      '    agent_identity_token=workload_access_token,',
      '    provider_name="google",',
      '    scopes=["https://www.googleapis.com/auth/calendar.readonly"],',
      '    auth_flow="USER_FEDERATION",',
      `    callback_url=${JSON.stringify(RETURN_URLS[0])},`,
      '    custom_parameters={"access_type":"offline"},',
      '    on_auth_url=show_to_user,',
      ')',
    ].join('\n'),
  });
});

test('on a runtime nothing is minted', () => {
  const [user, key] = codes(calendar(true)).map(({ code }) => code!);
  expect(user.typescript).toContain('  workloadIdentityToken: context.workloadAccessToken!,');
  expect(user.typescript).not.toContain('Command');
  expect(user.python).toContain('@requires_access_token(');
  expect(key).toEqual({
    typescript: [
      'import { withApiKey } from \'bedrock-agentcore/identity\';',
      '',
      'const call = withApiKey({',
      '  workloadIdentityToken: context.workloadAccessToken!,',
      '  providerName: "weather",',
      '})(async (apiKey: string) => callTheService(apiKey));',
    ].join('\n'),
    python: [
      'from bedrock_agentcore.identity.auth import requires_api_key',
      '',
      '@requires_api_key(',
      '    provider_name="weather",',
      ')',
      'async def call(*, api_key: str):',
      '    return await call_the_service(api_key)',
    ].join('\n'),
  });
});

test('a key that is fetched in a user\'s session uses the token that was minted for the user', () => {
  expect(codes(calendar(false))[1].code!.typescript).not.toContain('GetWorkloadAccessToken');
});

test.each([
  ['act as user', 'GetWorkloadAccessTokenForJWTCommand', '"USER_FEDERATION"'],
  ['act as trusted user id', 'GetWorkloadAccessTokenForUserIdCommand', '"USER_FEDERATION"'],
  ['act as itself', 'GetWorkloadAccessTokenCommand', '"M2M"'],
  ['act on behalf of user', 'GetWorkloadAccessTokenForJWTCommand', '"ON_BEHALF_OF_TOKEN_EXCHANGE"'],
  ['use API key', 'GetWorkloadAccessTokenCommand', 'withApiKey'],
])('%s is minted by %s and asked for by %s', (kind, command, flow) => {
  const { code } = codes(agentsOfEachKind()).find((capability) => capability.kind === kind)!;
  expect(code!.typescript).toContain(`new ${command}(`);
  expect(code!.typescript).toContain(flow);
});

test('the TypeScript is TypeScript', () => {
  const found = [...codes(agentsOfEachKind()), ...codes(calendar(true))].map(({ code }) => code).filter((code) => code !== undefined);
  expect(found.length).toBeGreaterThan(5);
  for (const { typescript } of found) {
    const { diagnostics } = ts.transpileModule(typescript, {
      reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
    });
    expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
  }
});

test('the report shows it behind a summary', () => {
  expect(AccessReport.of(calendar(false)).toMarkdown()).toContain('<details><summary>Code: act as user through Stack/google</summary>\n\n```typescript\n');
});
