import { Stack } from 'aws-cdk-lib';
import { expectedLengthIn } from '../agent/expected-length';

/** The longest pattern of a metric filter. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
export const LONGEST_PATTERN = 1024;

/** The length of a pattern when deployment has filled in what it knows. A quote would count double, since the length is that of JSON. */
export function patternLength(stack: Stack, pattern: string): number {
  return expectedLengthIn(stack, pattern.replace(/"/g, '\'')) - 2;
}
