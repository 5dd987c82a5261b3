import { aws_iam as iam, Lazy, Stack } from 'aws-cdk-lib';
import { keyResource } from './key-arn';
import { ProviderSecret } from './provider-secret';
import { secretLabel } from './secret-access';
import { roleArnByName, roleLabel } from '../agent/role-arn';
import { readable } from '../declaration/readable';
import { knownToDiffer } from '../declaration/same-value';
import { ArnScope } from '../permission/arn-scope';

/*
 * What the policy of a secret, and of its key, in another account must hold: AgentCore reads the secret with the permissions of a role
 * of this account, so IAM asks both accounts.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */

/** Somebody with whose roles AgentCore reads secrets. */
export interface SecretReader {
  readonly kind: 'Agent' | 'Gateway';
  readonly scope: ArnScope;
  /** Which roles read follows from what is declared, perhaps after a statement is asked for. */
  readonly roles: () => readonly iam.IRoleRef[];
}

/** A secret that a provider references. */
export interface ReferencedSecret {
  readonly kept: ProviderSecret;
  /** That of the provider. */
  readonly account: string;
}

/** For the resource policy of a secret. Principals are the account, narrowed to the roles, which may be made after the policy. */
export function secretReadStatement(reader: SecretReader, arns = arnsOnceDeclared(reader)): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: `ReadBy${reader.kind}ThroughAgentCore`,
    principals: [accountOf(reader)],
    actions: ['secretsmanager:GetSecretValue'],
    resources: ['*'],
    conditions: { ArnEquals: { 'aws:PrincipalArn': arns }, Bool: { 'aws:ViaAWSService': 'true' } },
  });
}

/** For the policy of the key that protects it. */
export function secretKeyStatement(reader: SecretReader, arns = arnsOnceDeclared(reader)): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: `DecryptSecretOf${reader.kind}`,
    principals: [accountOf(reader)],
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': arns },
      StringEquals: { 'kms:ViaService': `secretsmanager.${reader.scope.region}.amazonaws.com` },
    },
  });
}

/** What the owners of secrets in other accounts have to do for the reader, with JSON to paste. */
export function secretNotices(consumer: Stack, reader: SecretReader, referenced: readonly ReferencedSecret[]): string[] {
  const arns = reader.roles().map((role) => readable(arnOf(role), `(ARN of role ${roleLabel(role)})`));
  const notices = referenced.flatMap(({ kept, account }) => {
    if (kept.secret === undefined || !knownToDiffer(kept.secret.env.account, account)) {
      return [];
    }
    return [
      `The owner of ${secretLabel(kept.secret)}, in account ${kept.secret.env.account}, adds to its resource policy: ${text(secretReadStatement(reader, arns))}`,
      ...kept.encryptionKey === undefined ? [] : [
        `The owner of ${keyResource(consumer, kept.encryptionKey).label} adds to its policy: ${text(secretKeyStatement(reader, arns))}`,
      ],
    ];
  });
  return [...new Set(notices)].sort();
}

function arnsOnceDeclared({ roles }: SecretReader): string[] {
  return Lazy.list({ produce: () => roles().map(arnOf) });
}

/** A role's ARN that another stack can hold: by its name, where that is known. */
function arnOf(role: iam.IRoleRef): string {
  return roleArnByName(role) ?? role.roleRef.roleArn;
}

function accountOf({ scope: { partition, account } }: SecretReader): iam.IPrincipal {
  return new iam.ArnPrincipal(`arn:${partition}:iam::${account}:root`);
}

function text(statement: iam.PolicyStatement): string {
  return JSON.stringify(statement.toStatementJson(), (_key, value: unknown) => (typeof value === 'string' ? readable(value, '(known at deployment)') : value));
}
