import {
  AspectPriority, Aspects, aws_cloudtrail as cloudtrail, aws_cloudwatch as cloudwatch, aws_iam as iam, aws_logs as logs, aws_secretsmanager as secretsmanager, Resource,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AuditAlarm } from './audit-alarm';
import { deniedCalls, protectionChanges, recordingChanges } from './audit-patterns';
import { AUDIT_QUERIES } from './audit-queries';
import { auditProblems, expectAuditProps } from './audit-rules';
import { dataEventSelectors } from './event-selectors';
import { FiltersAtSynthesis } from './filters-at-synthesis';
import { IdentityTrail } from './identity-trail';
import { RecordedTrail } from './recorded-trail';
import { derivedName } from '../declaration/derived-name';
import { Ledger } from '../declaration/ledger';

/** CloudTrail allows 128, and queries carry more behind it. */
const LONGEST_NAME = 100;

/** What is audited, and who hears of it. */
export interface IdentityAuditProps {
  /**
   * Where the events come from.
   *
   * @default IdentityTrail.own()
   */
  readonly trail?: IdentityTrail;

  /**
   * What the alarms do, such as `new SnsAction(topic)`.
   *
   * @default - the alarms change their state and tell nobody; synthesis warns of it
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Roles that read secrets of providers themselves and are expected to: functions that rotate them. Only the alarm on direct reads spares
   * them; the query shows them.
   *
   * @default - none; every direct read rings
   */
  readonly expectedSecretReaders?: iam.IRoleRef[];

  /**
   * Secrets to watch beside those of the providers of this app whose names are known in the audit's stack. Here a reference to another
   * stack is made, by which that stack is deployed first.
   *
   * @default - secrets that AgentCore keeps, secrets of the audit's own stack, and those whose names are known at synthesis
   */
  readonly watchedSecrets?: secretsmanager.ISecretRef[];
}

/**
 * The record of what agents do with credentials in the stack's account and region, queries on it, and alarms. One per account and region in
 * an app.
 *
 * In the template, unless a trail exists: a trail of this region with log file validation, which records data events of the five types of
 * AgentCore Identity, and management events but those of KMS and the RDS Data API; a bucket and a log group, both retained; a role with
 * which CloudTrail writes to this log group's streams for this account and region, and to nothing else. In any case: four alarms that ring at
 * the first event, with their metric filters, and five saved queries for CloudWatch Logs Insights.
 *
 * **It costs.** CloudTrail charges for each data event, for each management event from an account's second trail on, CloudWatch for what the
 * log group takes in, for metrics and alarms. For agents in the thousands of calls per hour, estimate it first.
 *
 * Left out: other regions, calls through gateways (`InvokeGateway`) and of runtimes, and which tokens were handed out: AWS hides them. For
 * which user a token was, an event tells only where an agent named a user id; elsewhere the role and the time lead to the mint before it.
 * AWS has published one event of AgentCore Identity, and no list of which operations are data events, so both kinds are recorded; try the
 * queries once after the first deployment. Nothing here holds an event back or denies a call.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 * @see https://aws.amazon.com/blogs/machine-learning/manage-end-user-oauth-consent-for-ai-agents-with-amazon-bedrock-agentcore/
 */
export class IdentityAudit extends Resource {
  /**
   * Selectors of the five types of data events, to add to those of a trail (`CfnTrail.advancedEventSelectors`) or event data store that
   * exists. Setting selectors replaces all that were there before.
   */
  public static eventSelectors(): cloudtrail.CfnTrail.AdvancedEventSelectorProperty[] {
    return dataEventSelectors();
  }

  /** Name of the trail, and first part of the names of metrics and queries: derived from the stack's name and the construct's path. */
  public readonly auditName: string;

  /** The log group that alarms and queries work on. */
  public readonly logGroup: logs.ILogGroupRef;

  /** What the policy of an imported bucket must hold. Empty where this app has written it, or a trail exists. */
  public readonly requiredBucketPolicy: iam.PolicyStatement[];

  /** What the policy of an imported key must hold. Empty where this app has written it, or none is given. */
  public readonly requiredKeyPolicy: iam.PolicyStatement[];

  /** Rings when IAM refuses an operation that hands out or completes credentials. */
  public readonly deniedCallsAlarm: cloudwatch.Alarm;

  /**
   * Rings when somebody mints for a user id but those who are declared to (`Capability.actAsTrustedUserId`,
   * `FrontEnd.invokingForTrustedUserIds`). They are known by their role, or where it is of another stack and has no `roleName`, by their
   * workload identity, whatever role names it. If the pattern would be longer than the 1,024 characters that CloudWatch takes, every mint rings,
   * and synthesis warns of it.
   */
  public readonly userIdMintsAlarm: cloudwatch.Alarm;

  /**
   * Rings when somebody reads the secret of a provider from Secrets Manager directly, rather than AgentCore (or another service of AWS) on
   * their behalf. Refused reads ring, too.
   */
  public readonly directSecretReadsAlarm: cloudwatch.Alarm;

  /**
   * Rings when somebody other than CloudFormation changes or deletes a workload identity, a provider, a gateway or its targets, a policy
   * engine, a Cedar or resource policy, adds a target or a Cedar policy, sets the vault's key, or changes what a trail records.
   * `TokenVaultEncryption` sets the key with a function, so that deployment rings as well.
   */
  public readonly changesAlarm: cloudwatch.Alarm;

  /** @internal */
  public readonly _props: IdentityAuditProps;
  /** @internal */
  public readonly _userIdMints: AuditAlarm;
  /** @internal */
  public readonly _directSecretReads: AuditAlarm;
  /** @internal */
  public readonly _lengthsOfSecretFilters: number[] = [];

  /**
   * @throws [IdentityAudit/...] for each property that is not valid
   * @throws [IdentityAudit/Twice] at synthesis, for a second one in the account and region
   * @throws [IdentityAudit/PatternTooLong] at synthesis, with more expected readers than a metric filter has room for
   * @throws [IdentityAudit/TooManySecrets] at synthesis, with more secrets than a log group has room for filters
   */
  constructor(scope: Construct, id: string, props: IdentityAuditProps = {}) {
    super(scope, id);
    expectAuditProps(this, props);
    this._props = props;
    this.auditName = derivedName(this, LONGEST_NAME);
    const trail = props.trail ?? IdentityTrail.own();
    const made = trail._own !== undefined ? new RecordedTrail(this, 'Trail', this.auditName, trail._own) : undefined;
    this.logGroup = made?.logGroup ?? trail._existing!;
    this.requiredBucketPolicy = made?.requiredBucketPolicy ?? [];
    this.requiredKeyPolicy = made?.requiredKeyPolicy ?? [];
    const denied = this.alarm('DeniedCalls', 'IAM refused an operation of AgentCore Identity that hands out or completes credentials');
    denied.count('Denied', deniedCalls());
    this._userIdMints = this.alarm('UserIdMints', 'A workload access token was minted for a user id, without proof of that user, by somebody who is not declared to');
    this._directSecretReads = this.alarm('DirectSecretReads', 'The secret of a credential provider was read directly, rather than by AgentCore');
    const changes = this.alarm('Changes', 'Identities, providers, gateways, their policies, the token vault\'s key or a trail were changed, and not by CloudFormation');
    changes.count('Protection', protectionChanges());
    changes.count('Recording', recordingChanges());
    this.deniedCallsAlarm = denied.alarm;
    this.userIdMintsAlarm = this._userIdMints.alarm;
    this.directSecretReadsAlarm = this._directSecretReads.alarm;
    this.changesAlarm = changes.alarm;
    this.saveQueries();
    Ledger.of(this).addAudit(this);
    Aspects.of(this).add(new FiltersAtSynthesis(this), { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => auditProblems(this).messages() });
  }

  private alarm(id: string, description: string): AuditAlarm {
    const name = this.auditName;
    return new AuditAlarm(this, id, { logGroup: this.logGroup, namespace: `AgentCoreIdentityAudit/${name}`, description: `${description}. Saved queries: ${name}`, actions: this._props.alarmActions ?? [] });
  }

  private saveQueries(): void {
    AUDIT_QUERIES.forEach(({ id, name, query }) => new logs.CfnQueryDefinition(this, `${id}Query`, {
      name: `${this.auditName}/${name}`, logGroupNames: [this.logGroup.logGroupRef.logGroupName], queryString: query,
    }));
  }
}
