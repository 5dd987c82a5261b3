import { allowedActions, Grant, grants, grantText, namesAction, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { strangerArn } from '../pattern';
import { STRANGER_SECRETS } from '../provider-secrets';
import { Rule } from '../rule';

const SECRET_ACTIONS = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'];

export const SECRET_WILDCARD: Rule = {
  id: 'secret-wildcard',
  severity: CheckSeverity.ERROR,
  title: 'The secrets of all providers may be read or written',
  why: 'The client secrets and API keys of every other agent in the account and region are covered, not only those of this provider.',
  fix: 'Keep the secret in Secrets Manager and give `ClientSecret.fromSecretsManager(...)` or `ApiKey.fromSecretsManager(...)`: `agent.may(Capability...)` then grants that secret, through AgentCore only.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html',
  trigger: '`grantUse`, `grantAdmin` and `grantFullAccess` of a provider, targets with `fromOauthIdentity` or `fromApiKeyIdentity`',
  find: (input) => grants(input).filter(({ statement }) => SECRET_ACTIONS.some((action) => namesAction(statement, action))).flatMap((grant) => {
    const wide = resourceTexts(grant.statement).filter((pattern) => covered(grant, pattern).length > 0);
    const actions = [...new Set(wide.flatMap((pattern) => covered(grant, pattern)))];
    return wide.length === 0 ? [] : [{ resource: grant.place.resource, location: grant.place.location, detail: grantText(grant, actions, wide) }];
  }),
};

function covered(grant: Grant, pattern: string): string[] {
  const statement = grant.statement.resources === undefined ? grant.statement : { ...grant.statement, resources: [pattern] };
  return [...new Set(STRANGER_SECRETS.flatMap((rest) => allowedActions({ ...grant, statement }, SECRET_ACTIONS, strangerArn(pattern, 'secretsmanager', rest))))];
}
