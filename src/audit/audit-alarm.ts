import { aws_cloudwatch as cloudwatch, aws_logs as logs, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What an alarm of the audit counts. */
export interface AuditAlarmProps {
  readonly logGroup: logs.ILogGroupRef;
  readonly namespace: string;
  readonly description: string;
  readonly actions: readonly cloudwatch.IAlarmAction[];
}

/** A metric that filters of the log group add to, and an alarm that rings at the first event. */
export class AuditAlarm extends Construct {
  public readonly alarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, private readonly props: AuditAlarmProps) {
    super(scope, id);
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: props.description,
      metric: new cloudwatch.Metric({ namespace: props.namespace, metricName: id, statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // No events, no metric: that is the good case.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction(...props.actions);
  }

  /** Lets the metric count the events of a pattern, beside those that it counts already. */
  public count(id: string, pattern: logs.JsonPattern): logs.CfnMetricFilter {
    return new logs.CfnMetricFilter(this, id, {
      logGroupName: this.props.logGroup.logGroupRef.logGroupName,
      filterPattern: pattern.logPatternString,
      metricTransformations: [{ metricNamespace: this.props.namespace, metricName: this.node.id, metricValue: '1' }],
    });
  }
}
