import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Problems } from './problems';

/** Stages whose policies are written. A pipeline synthesizes one stage while others are still being declared. */
const WRITTEN = new WeakSet<IConstruct>();

/** Notes that policies of this stage are being written: what is declared in it from now on would be missing in them. */
export function policiesAreWritten(scope: IConstruct): void {
  WRITTEN.add(stageOf(scope));
}

/** Expects that the policies of the stage are not written yet. */
export function expectInTime(problems: Problems, scope: IConstruct, call: string, code: string): void {
  problems.expect(!WRITTEN.has(stageOf(scope)), {
    code,
    what: `${call} comes after the app was synthesized, when the policies are written already, so it would change nothing`,
    fix: 'Declare it before app.synth(), Template.fromStack(), or any aspect that runs after priority 200 (MUTATING).',
  });
}

/** Throws at once if the policies of the stage are written. */
export function refuseIfLate(scope: IConstruct, call: string, code: string): void {
  const problems = new Problems(scope.node.path);
  expectInTime(problems, scope, call, code);
  problems.raise();
}

function stageOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}
