import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_secretsmanager as secretsmanager, CfnParameter, Stack, StackProps, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { rings } from './audited-account';
import { agentCore, IAM_USER, mint, sessionOf } from './events';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability, ClientSecret, FrontEnd, GoogleOAuth2Provider, GoogleScope, IdentityAudit, TrustedUserIds } from '../../src';
import { deploy } from '../simulation/fake-account';
import { ENV, google, REASON, RETURN_URLS, role, stackIn, withEveryGrant } from '../situations/story';

/* Who may mint for user ids without an alarm: those that the app declares to. */
const owner = AgentOwner.team('team', 'team@example.com');

interface Declared { readonly host: iam.IRoleRef; readonly parts?: AgentPart[]; readonly identity?: AgentIdentity; readonly provider?: GoogleOAuth2Provider }

function trusting(stack: Stack, id: string, { host, parts, identity = AgentIdentity.named(id), provider = google(stack, `${id}-google`) }: Declared): Agent {
  const agent = new Agent(stack, `${id}-agent`, {
    owner, identity, returnUrls: RETURN_URLS, ...(parts !== undefined ? { parts } : { host: AgentHost.role(host), parts: [AgentPart.returnPage('Page', AgentHost.role(role(stack, `${id}-page`)))] }),
  });
  agent.may(Capability.actAsTrustedUserId(provider, {
    scopes: [GoogleScope.CALENDAR_READONLY], userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The bot looks the user up in Cognito', ...REASON,
  }));
  return agent;
}

function audited(declare: (platform: Stack, sales: Stack) => void) {
  const app = new App();
  const platform = stackIn(app, 'Platform');
  const sales = stackIn(app, 'Sales');
  // The audit may be in a stack that others need.
  sales.addStackDependency(platform);
  declare(platform, sales);
  new IdentityAudit(platform, 'Audit');
  return { app, platform, account: deploy(app) };
}

const unnamed = (scope: Stack, id: string) => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

test('nobody is declared to: every mint rings', () => {
  const { account } = audited(() => undefined);
  expect(rings(account, mint(sessionOf('bot'), 'bot'))).toEqual(['UserIdMints']);
  expect(rings(account, mint(IAM_USER, 'bot'))).toEqual(['UserIdMints']);
  expect(rings(account, agentCore('GetWorkloadAccessTokenForJWT', sessionOf('bot')))).toEqual([]);
});

describe.each([
  ['a role of the audit\'s stack', (platform: Stack) => ({ stack: platform, host: role(platform, 'bot') })],
  ['a role of another stack with a name', (_: Stack, sales: Stack) => ({ stack: sales, host: role(sales, 'bot') })],
  ['an imported role', (_: Stack, sales: Stack) => ({ stack: sales, host: iam.Role.fromRoleArn(sales, 'Bot', 'arn:aws:iam::111111111111:role/bot') })],
])('an agent with %s', (_title, declare) => {
  const { account } = audited((platform, sales) => {
    const { stack, host } = declare(platform, sales);
    trusting(stack, 'chat', { host });
  });

  test('mints without an alarm', () => expect(rings(account, mint(sessionOf('bot'), 'chat'))).toEqual([]));

  test.each([
    ['another role, for the same identity', mint(sessionOf('intruder'), 'chat')],
    ['a role whose name begins like it', mint(sessionOf('bot2'), 'chat')],
    ['a role of that name with a path', mint(sessionOf('team/bot'), 'chat')],
    ['its own return page', mint(sessionOf('chat-page'), 'chat')],
    ['a user of IAM', mint(IAM_USER, 'chat')],
    ['somebody who is not known', mint({ type: 'Unknown' }, 'chat')],
  ])('%s rings', (_who, event) => expect(rings(account, event)).toEqual(['UserIdMints']));
});

describe('an agent with a role of another stack whose name CloudFormation makes up', () => {
  const { app, account } = audited((_platform, sales) => void trusting(sales, 'chat', { host: unnamed(sales, 'Bot') }));

  test('mints for its identity without an alarm, since the role cannot be named here', () => {
    expect(rings(account, mint(sessionOf('Sales-Bot'), 'chat'))).toEqual([]);
    expect(rings(account, mint(sessionOf('whoever'), 'chat'))).toEqual([]);
  });

  test.each([
    ['another identity', mint(sessionOf('Sales-Bot'), 'other')],
    ['an identity whose name begins like it', mint(sessionOf('Sales-Bot'), 'chat2')],
    ['no identity', mint(sessionOf('Sales-Bot'))],
  ])('%s rings', (_what, event) => expect(rings(account, event)).toEqual(['UserIdMints']));

  test('the audit\'s stack refers to nothing of the agent\'s', () => {
    const template = JSON.stringify(app.synth().getStackByName('Platform').template);
    expect(template).not.toMatch(/GetStackOutput|ImportValue/);
  });
});

test('a made-up name in the audit\'s own stack is a reference to the role', () => {
  const { account } = audited((platform) => void trusting(platform, 'chat', { host: unnamed(platform, 'Bot') }));
  const [bot] = account.resourcesOfType('AWS::IAM::Role').filter(({ logicalId }) => logicalId.startsWith('Bot'));
  expect(rings(account, mint(sessionOf(bot.ref('this test') as string), 'chat'))).toEqual([]);
  expect(rings(account, mint(sessionOf('whoever'), 'chat'))).toEqual(['UserIdMints']);
});

test('only the part that mints is spared', () => {
  const { account } = audited((platform) => void trusting(platform, 'chat', {
    host: undefined as never,
    parts: [AgentPart.minting('Mint', AgentHost.role(role(platform, 'mint'))), AgentPart.vending('Work', AgentHost.role(role(platform, 'work'))), AgentPart.returnPage('Page', AgentHost.role(role(platform, 'page')))],
  }));
  expect(rings(account, mint(sessionOf('mint'), 'chat'))).toEqual([]);
  expect(rings(account, mint(sessionOf('work'), 'chat'))).toEqual(['UserIdMints']);
});

test('a suspended agent rings', () => {
  const { account } = audited((platform) => trusting(platform, 'chat', { host: role(platform, 'bot') }).suspend({ reason: 'Under investigation since Monday' }));
  expect(rings(account, mint(sessionOf('bot'), 'chat'))).toEqual(['UserIdMints']);
});

test('an agent of another region rings: its mints are not among these events', () => {
  const app = new App();
  const far = stackIn(app, 'Far', { env: { account: '111111111111', region: 'us-east-1' } });
  const secret = secretsmanager.Secret.fromSecretNameV2(far, 'Client', 'google-client');
  const provider = new GoogleOAuth2Provider(far, 'Google', { clientId: 'client-1', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
  trusting(far, 'chat', { host: role(far, 'bot'), provider });
  new IdentityAudit(stackIn(app, 'Platform'), 'Audit');
  expect(rings(deploy(app), mint(sessionOf('bot'), 'chat'))).toEqual(['UserIdMints']);
});

describe('AWS mints for a runtime', () => {
  const SERVICE_ROLE = 'aws-service-role/runtime-identity.bedrock-agentcore.amazonaws.com/AWSServiceRoleForBedrockAgentCoreRuntimeIdentity';
  const byAws = mint(sessionOf(SERVICE_ROLE, 'bedrock-agentcore.amazonaws.com'), 'runtime-a1B2c3D4e5');
  interface Options { readonly identity?: AgentIdentity; readonly suspended?: boolean }
  const withFrontEnd = (frontEnd: (stack: Stack) => FrontEnd, { identity, suspended = false }: Options = {}) => audited((platform) => {
    const runtime = new agentcore.CfnRuntime(platform, 'Runtime', {
      agentRuntimeName: 'runtime',
      agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
      networkConfiguration: { networkMode: 'PUBLIC' },
      roleArn: 'arn:aws:iam::111111111111:role/execution',
    });
    const agent = new Agent(platform, 'Agent', { owner, identity, host: AgentHost.agentRuntime(runtime, { role: role(platform, 'execution') }), returnUrls: RETURN_URLS });
    agent.may(Capability.actAsItself(withEveryGrant(platform), { scopes: [GoogleScope.CALENDAR_READONLY], ...REASON }));
    agent.invokedBy(frontEnd(platform));
    if (suspended) {
      agent.suspend({ reason: 'Under investigation since Monday' });
    }
  }).account;
  const trusted = { userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The portal takes the id from the token that Cognito signed', ...REASON };

  test('that a front end names users to: no alarm, but for everybody else', () => {
    const account = withFrontEnd((stack) => FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(role(stack, 'portal')), trusted));
    expect(rings(account, byAws)).toEqual([]);
    expect(rings(account, mint(sessionOf('execution'), 'runtime-a1B2c3D4e5'))).toEqual(['UserIdMints']);
    expect(rings(account, mint(sessionOf('portal'), 'runtime-a1B2c3D4e5'))).toEqual(['UserIdMints']);
  });

  test('whose agent is suspended: it rings', () => {
    const account = withFrontEnd((stack) => FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(role(stack, 'portal')), trusted), { suspended: true });
    expect(rings(account, byAws)).toEqual(['UserIdMints']);
  });

  test('to which nobody is declared to name users: it rings', () => {
    expect(rings(withFrontEnd((stack) => FrontEnd.invoking('Monitor', AgentHost.role(role(stack, 'monitor')), REASON), { identity: AgentIdentity.named('calendar') }), byAws)).toEqual(['UserIdMints']);
  });
});

describe('an agent of another stage', () => {
  const story = (env: StackProps) => {
    const app = new App();
    const far = new Stack(new Stage(app, 'Test'), 'Far', env);
    const secret = secretsmanager.Secret.fromSecretNameV2(far, 'Client', 'google-client');
    const provider = new GoogleOAuth2Provider(far, 'Google', { clientId: 'client-1', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
    trusting(far, 'chat', { host: role(far, 'bot'), provider });
    new IdentityAudit(new Stack(app, 'Platform', env), 'Audit');
    return rings(deploy(app), mint(sessionOf('bot'), 'chat'));
  };

  test('in the same account and region is spared', () => expect(story({ env: ENV })).toEqual([]));
  test('of which neither is known rings: it may be anywhere', () => expect(story({})).toEqual(['UserIdMints']));
});

describe('stacks without account and region', () => {
  const app = new App();
  const stack = new Stack(app, 'Platform');
  trusting(stack, 'chat', { host: role(stack, 'bot') });
  new IdentityAudit(stack, 'Audit');
  const account = deploy(app);

  test('are audited as one', () => {
    expect(rings(account, mint(sessionOf('bot'), 'chat'))).toEqual([]);
    expect(rings(account, mint(sessionOf('bot2'), 'chat'))).toEqual(['UserIdMints']);
  });
});

describe('more agents than a filter has room for', () => {
  const story = (count: number) => audited((platform) => {
    for (let each = 0; each < count; each++) {
      trusting(platform, `chat${each}`, { host: role(platform, `bot-with-a-rather-long-name-for-a-role-${each}`) });
    }
  });

  test('are spared as long as it has', () => {
    const { account, platform } = story(6);
    expect(rings(account, mint(sessionOf('bot-with-a-rather-long-name-for-a-role-5'), 'chat5'))).toEqual([]);
    Annotations.fromStack(platform).hasNoWarning('/Platform/Audit', Match.stringLikeRegexp('USER ID'));
  });

  test('all ring beyond, and synthesis says so', () => {
    const { account, platform } = story(7);
    expect(rings(account, mint(sessionOf('bot-with-a-rather-long-name-for-a-role-0'), 'chat0'))).toEqual(['UserIdMints']);
    Annotations.fromStack(platform).hasWarning('/Platform/Audit', Match.stringLikeRegexp('EVERY MINT FOR A USER ID RINGS: with the 7 roles'));
  });
});

test('neither role nor identity is known: it rings, and synthesis says so', () => {
  const { account, platform } = audited((_platform, sales) => {
    const arn = new CfnParameter(sales, 'Identity', { default: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/chat' }).valueAsString;
    trusting(sales, 'chat', { host: unnamed(sales, 'Bot'), identity: AgentIdentity.fromArn(arn) });
  });
  expect(rings(account, mint(sessionOf('Sales-Bot'), 'chat'))).toEqual(['UserIdMints']);
  Annotations.fromStack(platform).hasWarning('/Platform/Audit', Match.stringLikeRegexp('DECLARED MINTS RING: of Sales/chat-agent'));
});

