import { IAspect } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { directReads, mintsForUserIds } from './audit-patterns';
import { expectedMinters } from './expected-minters';
import type { IdentityAudit } from './identity-audit';
import { LONGEST_PATTERN, patternLength } from './pattern-length';
import { watchedSecrets } from './watched-secrets';
import { l1Role } from '../agent/role-key';
import { warn } from '../declaration/acknowledgeable-warning';
import { textForStack, valueForStack } from '../declaration/cross-stack-value';

/** Writes the filters that depend on what the whole app declares, once. */
export class FiltersAtSynthesis implements IAspect {
  private done = false;

  constructor(private readonly audit: IdentityAudit) {}

  public visit(node: IConstruct): void {
    if (node === this.audit && !this.done) {
      this.done = true;
      countUserIdMints(this.audit);
      countDirectReads(this.audit);
      if ((this.audit._props.alarmActions ?? []).length === 0) {
        warn(this.audit, 'cdk-agentcore-identity:auditTellsNobody', 'The alarms of the audit tell nobody: give alarmActions, such as new SnsAction(topic)');
      }
    }
  }
}

function countUserIdMints(audit: IdentityAudit): void {
  const expected = expectedMinters(audit);
  const pattern = mintsForUserIds(expected);
  const fits = patternLength(audit.stack, pattern.logPatternString) <= LONGEST_PATTERN;
  audit._userIdMints.count('UserIds', fits ? pattern : mintsForUserIds({ roleArns: [], workloads: [] }));
  if (!fits) {
    warn(audit, 'cdk-agentcore-identity:auditOfUserIds', `EVERY MINT FOR A USER ID RINGS: with the ${expected.roleArns.length + expected.workloads.length} roles and identities that are declared to, `
      + `the filter would be longer than the ${LONGEST_PATTERN} characters that CloudWatch takes. Query "Who minted for user ids" tells who it was`);
  } else if (expected.unknown.length > 0) {
    warn(audit, 'cdk-agentcore-identity:auditOfUserIds', `DECLARED MINTS RING: of ${expected.unknown.join(', ')} neither role nor identity is known in this stack. Give the role a roleName`);
  }
}

function countDirectReads(audit: IdentityAudit): void {
  const { watchedSecrets: given = [], expectedSecretReaders = [] } = audit._props;
  const readers = expectedSecretReaders.map((role) => {
    const l1 = l1Role(role);
    return l1 !== undefined ? valueForStack(audit.stack, l1, l1.attrArn) : textForStack(audit.stack, role.roleRef.roleArn);
  });
  const { watched, unknown } = watchedSecrets(audit, given);
  watched.forEach(({ id, beginnings: { texts, samples } }) => {
    audit._directSecretReads.count(id, directReads(texts, readers));
    audit._lengthsOfSecretFilters.push(patternLength(audit.stack, directReads(samples, readers).logPatternString));
  });
  if (unknown.length > 0) {
    warn(audit, 'cdk-agentcore-identity:auditOfSecrets', `NOBODY IS TOLD OF DIRECT READS of ${unknown.join(', ')}: the names are not known in this stack. `
      + 'Give them a secretName, or put the audit into a stack that may be deployed after theirs and name them in watchedSecrets');
  }
}
