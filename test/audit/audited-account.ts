import type { Event } from './events';
import { matches } from './filter-pattern';
import type { FakeAccount } from '../simulation/fake-account';

/** The longest pattern that CloudWatch takes, and the most filters on one log group. */
const LONGEST = 1024;
const MOST = 100;

/** Which alarms of a deployment ring at an event, by the names of their metrics. Each alarm has to add up what some filter counts. */
export function rings(account: FakeAccount, event: Event): string[] {
  const filters = account.resourcesOfType('AWS::Logs::MetricFilter');
  const metrics = filters.filter((filter) => matches(pattern(filter), event)).flatMap((filter) => filter.property('MetricTransformations'))
    .map(({ MetricNamespace, MetricName, MetricValue }) => {
      expect(MetricValue).toBe('1');
      return `${MetricNamespace} ${MetricName}`;
    });
  return account.resourcesOfType('AWS::CloudWatch::Alarm')
    .filter((alarm) => metrics.includes(`${alarm.property('Namespace')} ${alarm.property('MetricName')}`))
    .map((alarm) => alarm.property('MetricName')).sort();

  function pattern(filter: typeof filters[number]): string {
    const text: string = filter.property('FilterPattern');
    expect(text.length).toBeLessThanOrEqual(LONGEST);
    expect(filters.length).toBeLessThanOrEqual(MOST);
    return text;
  }
}
