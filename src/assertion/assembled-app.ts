import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { refuse } from '../declaration/problems';
import { readSynthesizedApp } from '../synthesized/read-synthesized-app';
import { SynthesizedApp } from '../synthesized/synthesized-app';

/** Synthesizes the whole app that a construct belongs to, as `cdk synth` does, and reads what comes out. */
export function assembledApp(scope: IConstruct): SynthesizedApp {
  const root = scope?.node?.root;
  if (root === undefined || !Stage.isStage(root)) {
    return refuse({
      code: 'AccessAssertions/NoApp',
      what: 'the construct is in no app, so nothing can be synthesized',
      received: scope,
      fix: 'Pass a stack or an app: AccessAssertions.fromStack(stack).',
    });
  }
  return readSynthesizedApp(root.synth().directory);
}
