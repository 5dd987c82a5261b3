import { Stage } from 'aws-cdk-lib';
import type { IdentityAudit, IdentityAuditProps } from './identity-audit';
import { IdentityTrail } from './identity-trail';
import { LONGEST_PATTERN } from './pattern-length';
import { beginningsOf } from './watched-secrets';
import { expectKnownFields } from '../declaration/known-fields';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { environmentKey } from '../provider/provider-key';
import { isSecret } from '../provider/provider-secret';
import { secretLabel } from '../provider/secret-access';

/** Metric filters of one log group. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MOST_FILTERS = 100;

/** Filters that are not about a secret. */
const OTHER_FILTERS = 4;

/** Raises what is wrong with the properties. */
export function expectAuditProps(audit: IdentityAudit, props: IdentityAuditProps): void {
  const problems = new Problems(audit.node.path);
  expectKnownFields(problems, props, ['trail', 'alarmActions', 'expectedSecretReaders', 'watchedSecrets'], 'An audit', 'IdentityAudit/UnknownField');
  const { trail, alarmActions, expectedSecretReaders, watchedSecrets } = props ?? {};
  problems.expect(trail === undefined || trail instanceof IdentityTrail, {
    code: 'IdentityAudit/Trail', what: 'trail is not valid', received: trail, fix: 'Write IdentityTrail.own(...), or IdentityTrail.existing(logGroup) for a trail that the account has.',
  });
  const logGroup = trail instanceof IdentityTrail ? trail._existing ?? trail._own?.logGroup : undefined;
  problems.expect(logGroup === undefined || !(knownToDiffer(logGroup.env.account, audit.env.account) || knownToDiffer(logGroup.env.region, audit.env.region)), {
    code: 'IdentityAudit/LogGroupElsewhere',
    what: 'the log group is of another account or region, where no filter of this stack can be on it',
    received: logGroup?.node.path,
    fix: 'Put the audit into a stack of that account and region, where the trail writes its events.',
  });
  expectEach(problems, alarmActions, isAction, 'AlarmActions', 'Write alarmActions: [new SnsAction(topic)], with aws-cdk-lib/aws-cloudwatch-actions.');
  expectEach(problems, expectedSecretReaders, isRole, 'ExpectedSecretReaders', 'Pass roles, such as that of the function that rotates the secret.');
  if (expectEach(problems, watchedSecrets, isSecret, 'WatchedSecrets', 'Pass secrets of Secrets Manager: a Secret, or an import.')) {
    (watchedSecrets ?? []).filter((secret) => beginningsOf(audit.stack, secret, true) === undefined).forEach((secret) => problems.add({
      code: 'IdentityAudit/SecretName', what: `the name of ${secretLabel(secret)} is not known here`, fix: 'Import it by its name or by its complete ARN, as text.',
    }));
  }
  problems.raise();
}

/** What only shows when everything is declared. */
export function auditProblems(audit: IdentityAudit): Problems {
  const problems = new Problems(audit.node.path);
  const others = Ledger.of(audit).audits
    .filter((other) => other !== audit && Stage.of(other) === Stage.of(audit) && environmentKey(other, other.env) === environmentKey(audit, audit.env));
  problems.expect(others.length === 0, {
    code: 'IdentityAudit/Twice',
    what: `${[audit, ...others].map(({ node }) => node.path).sort().join(' and ')} audit the same account and region: each event would be recorded and charged for twice, and ring twice`,
    fix: 'Keep one of them.',
  });
  const lengths = audit._lengthsOfSecretFilters;
  problems.expect(lengths.every((length) => length <= LONGEST_PATTERN), {
    code: 'IdentityAudit/PatternTooLong',
    what: `a filter that spares the expected readers would be longer than the ${LONGEST_PATTERN} characters that CloudWatch takes`,
    received: Math.max(...lengths),
    fix: 'Name fewer roles in expectedSecretReaders: let one function rotate several secrets, or give roles shorter names.',
  });
  problems.expect(lengths.length <= MOST_FILTERS - OTHER_FILTERS, {
    code: 'IdentityAudit/TooManySecrets',
    what: `there is a filter for each secret, and a log group takes ${MOST_FILTERS}`,
    received: lengths.length,
    fix: 'Keep several keys in one secret, or divide the providers among accounts.',
  });
  return problems;
}

/** What was received is not shown: somebody may have put the value of a secret in place of the secret. */
function expectEach(problems: Problems, values: unknown, isOne: (value: unknown) => boolean, name: string, fix: string): boolean {
  return problems.expect(values === undefined || (Array.isArray(values) && values.every(isOne)), {
    code: `IdentityAudit/${name}`, what: `${name[0].toLowerCase()}${name.slice(1)} is not valid`, fix,
  });
}

function isAction(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { bind?: unknown }).bind === 'function';
}

function isRole(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'roleRef' in value;
}
