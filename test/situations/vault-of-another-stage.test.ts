import { App, aws_kms as kms, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { EMPLOYEES, ENV, google, REASON, RETURN_URLS, role, weather } from './story';
import { Agent, AgentHost, AgentOwner, AgentPart, Capability, GoogleScope, TokenVaultEncryption, Users } from '../../src';

/* CDK refers to nothing across stages: an agent is not given the vault's key by another stage, and is told so. */
interface Situation {
  /** Region of the vault that the other stage sets the key of. */
  readonly otherStagesVault?: string;
  readonly ownVault?: boolean;
  readonly apiKeyOnly?: boolean;
}

function warnings({ otherStagesVault, ownVault, apiKeyOnly }: Situation): unknown[] {
  const app = new App();
  const stack = new Stack(new Stage(app, 'Prod'), 'Team', { env: ENV });
  if (otherStagesVault !== undefined) {
    new TokenVaultEncryption(new Stack(new Stage(app, 'Shared'), 'Platform', { env: { ...ENV, region: otherStagesVault } }), 'Vault');
  }
  if (ownVault === true) {
    TokenVaultEncryption.fromKey(stack, 'Vault', kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555'));
  }
  const agent = new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    host: AgentHost.role(role(stack, 'host')),
    parts: apiKeyOnly === true ? [] : [AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page')))],
    callers: apiKeyOnly === true ? [] : [EMPLOYEES],
    returnUrls: apiKeyOnly === true ? [] : RETURN_URLS,
  });
  agent.may(apiKeyOnly === true
    ? Capability.useApiKey(weather(stack), REASON)
    : Capability.actAsUser(google(stack), { ...REASON, scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON) }));
  return Annotations.fromStack(stack).findWarning('/Prod/Team/Agent', Match.stringLikeRegexp('NO TOKEN MAY BE READ.*Shared/Platform/Vault'));
}

test.each<[string, Situation, number]>([
  ['only another stage sets the key of this account and region', { otherStagesVault: 'eu-west-1' }, 1],
  ['this stage knows the key, too', { otherStagesVault: 'eu-west-1', ownVault: true }, 0],
  ['the other stage sets the key of another region', { otherStagesVault: 'us-east-1' }, 0],
  ['nobody sets a key', {}, 0],
  ['the agent has an API key only, which is not in the vault', { otherStagesVault: 'eu-west-1', apiKeyOnly: true }, 0],
])('%s', (_situation, situation, expected) => expect(warnings(situation)).toHaveLength(expected));
