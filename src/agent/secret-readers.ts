import { aws_iam as iam, Lazy, Stack } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { AgentVerb } from './agent-verb';
import { roleArnByName, roleLabel } from './role-arn';
import { needsConsent } from '../capability/user-token';
import { readable } from '../declaration/readable';
import { knownToDiffer } from '../declaration/same-value';
import { keyResource } from '../provider/key-arn';
import { secretLabel } from '../provider/secret-access';

/*
 * What the policy of a secret, and of its key, in another account must hold: AgentCore reads the secret with the permissions of the
 * agent's role, so IAM asks both accounts.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */

/** The roles with whose permissions AgentCore reads secrets for the agent. */
function readers(agent: Agent): iam.IRoleRef[] {
  const forUsers = agent.capabilities.some(needsConsent);
  return agent.parts
    .filter(({ verbs }) => verbs.includes(AgentVerb.VEND) || (forUsers && verbs.includes(AgentVerb.COMPLETE)))
    .map(({ host }) => host.iamRole);
}

/** A role's ARN that another stack can hold: by its name, where that is known. */
function arnOf(role: iam.IRoleRef): string {
  return roleArnByName(role) ?? role.roleRef.roleArn;
}

/** Which parts read follows from the capabilities, which may be declared after the statement is asked for. */
function readersOnceDeclared(agent: Agent): string[] {
  return Lazy.list({ produce: () => readers(agent).map((role) => arnOf(role)) });
}

/** For the resource policy of a secret. Principals are the account, narrowed to the roles, which may be made after the policy. */
export function secretReadStatement(agent: Agent, arns = readersOnceDeclared(agent)): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'ReadByAgentThroughAgentCore',
    principals: [accountOf(agent)],
    actions: ['secretsmanager:GetSecretValue'],
    resources: ['*'],
    conditions: { ArnEquals: { 'aws:PrincipalArn': arns }, Bool: { 'aws:ViaAWSService': 'true' } },
  });
}

/** For the policy of the key that protects it. */
export function secretKeyStatement(agent: Agent, arns = readersOnceDeclared(agent)): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DecryptSecretOfAgent',
    principals: [accountOf(agent)],
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': arns },
      StringEquals: { 'kms:ViaService': `secretsmanager.${agent._identity.scope.region}.amazonaws.com` },
    },
  });
}

/** What the owners of secrets in other accounts have to do for the agent, with JSON to paste. */
export function secretNotices(agent: Agent): string[] {
  const arns = readers(agent).map((role) => readable(arnOf(role), `(ARN of role ${roleLabel(role)})`));
  const notices = agent.capabilities.flatMap(({ provider, apiKeyProvider }) => {
    const used = provider ?? apiKeyProvider;
    const kept = provider?.clientSecret ?? apiKeyProvider?.apiKey;
    if (used === undefined || kept?.secret === undefined || !knownToDiffer(kept.secret.env.account, used.env.account)) {
      return [];
    }
    return [
      `The owner of ${secretLabel(kept.secret)}, in account ${kept.secret.env.account}, adds to its resource policy: ${text(secretReadStatement(agent, arns))}`,
      ...kept.encryptionKey === undefined ? [] : [
        `The owner of ${keyResource(Stack.of(agent), kept.encryptionKey).label} adds to its policy: ${text(secretKeyStatement(agent, arns))}`,
      ],
    ];
  });
  return [...new Set(notices)].sort();
}

function accountOf(agent: Agent): iam.IPrincipal {
  const { partition, account } = agent._identity.scope;
  return new iam.ArnPrincipal(`arn:${partition}:iam::${account}:root`);
}

function text(statement: iam.PolicyStatement): string {
  return JSON.stringify(statement.toStatementJson(), (_key, value: unknown) => (typeof value === 'string' ? readable(value, '(known at deployment)') : value));
}
