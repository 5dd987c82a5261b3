import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { accessText } from './access-text';
import { assembledApp } from './assembled-app';

/*
 * A snapshot serializer for jest (and vitest, which takes the same form): a snapshot of a stack, a stage or an app holds its IAM, so
 * that a changed snapshot is a changed access. In the configuration of jest:
 *
 *   "snapshotSerializers": ["cdk-agentcore-identity/jest"]
 */

/** Whether the value is a stack, a stage or an app. */
export function test(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Stack.isStack(value) || Stage.isStage(value));
}

/** Its access, as lines. Synthesizes the app that it is in. */
export function serialize(value: IConstruct): string {
  const app = assembledApp(value);
  return accessText(app, Stage.isStage(value) && value.node.scope === undefined ? {} : { stacks: [value.node.path] });
}
