import { allowedActions, CheckInput, Grant, grants, grantText, isDenied, namesAction, namesResource, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { ConditionFence, isFenced } from '../condition-fence';
import { isAnything, strangerArn } from '../pattern';
import { providerSecrets, STRANGER_SECRETS } from '../provider-secrets';
import { Rule } from '../rule';
import { TOKEN_ACTIONS } from '../token-actions';

const READ = 'secretsmanager:GetSecretValue';

/** A secret that AgentCore keeps, of a provider that need not be of this app. */
const KEPT = /:secret:bedrock-agentcore-identity!/;

/** Only requests that a service makes in the name of the role. */
const VIA_SERVICE: ConditionFence = {
  isAsked: ({ operator, key, values }) => (/^(Bool|StringEquals)(IfExists)?$/.test(operator) && key.toLowerCase() === 'aws:viaawsservice' && values.every((value) => value === 'true'))
    || (/^(ForAnyValue:)?String(Equals|Like)$/.test(operator) && /^aws:calledvia(first|last)?$/i.test(key) && !values.some(isAnything)),
  isRefused: ({ operator, key, values }) => /^(Bool|StringEquals)(IfExists)?$/.test(operator) && key.toLowerCase() === 'aws:viaawsservice' && values.every((value) => value === 'false'),
};

export const AGENT_READS_SECRET: Rule = {
  id: 'agent-reads-secret',
  severity: CheckSeverity.WARNING,
  title: 'An agent may read the secret behind a provider itself',
  why: 'AgentCore reads it in the name of the role; the agent\'s code need not. Code that is talked into it hands out the client secret or the key, which goes on working elsewhere, without any of the limits here.',
  fix: '`agent.may(Capability...)` lets AgentCore alone read it; or add `Bool` `aws:ViaAWSService` `true` to the statement.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html',
  trigger: '`secret.grantRead(role)` for the role of an agent, a hand-written `secretsmanager:GetSecretValue` for one provider',
  find: (input) => grants(input).filter((grant) => namesAction(grant.statement, READ) && usesTokens(grant)).flatMap((grant) => {
    const open = resourceTexts(grant.statement).filter((pattern) => isOpen(input, grant, pattern));
    return open.length === 0 ? [] : [{ resource: grant.place.resource, location: grant.place.location, detail: grantText(grant, [READ], open) }];
  }),
};

/** Whether a principal acts as an agent: others, such as what rotates a secret, have to read it. */
function usesTokens({ principal }: Grant): boolean {
  return principal.statements.some(({ statement }) => statement.effect === 'Allow' && TOKEN_ACTIONS.some((action) => namesAction(statement, action)
    && (statement.resources ?? ['*']).some((resource) => !isDenied(principal, action, resource))));
}

function isOpen(input: CheckInput, grant: Grant, pattern: string): boolean {
  const statement = grant.statement.resources === undefined ? grant.statement : { ...grant.statement, resources: [pattern] };
  // What covers these is wide, and found by another rule.
  if (STRANGER_SECRETS.some((rest) => allowedActions({ ...grant, statement }, [READ], strangerArn(pattern, 'secretsmanager', rest)).length > 0)) {
    return false;
  }
  const covered = providerSecrets(input).filter((arn) => namesResource(statement, arn));
  return [...covered, ...(KEPT.test(pattern) && covered.length === 0 ? [pattern] : [])]
    .some((arn) => !isDenied(grant.principal, READ, arn) && !isFenced(grant, READ, arn, VIA_SERVICE));
}
