import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stage } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/*
 * The Cedar policies of everything that a test synthesizes are parsed, validated and asked: see cedar-findings.ts, which is loaded
 * only where there are some. What is found fails the test, unless the test says that it planted it.
 */
interface Synthesis {
  readonly app: object;
  readonly findings: readonly string[];
}

let syntheses: Synthesis[] = [];
const planted = new WeakMap<object, readonly RegExp[]>();

/** Says of an app that its Cedar is wrong on purpose, and what is to be found: anything else fails the test, and so does less. */
export function plantsCedarFindings(app: App, ...findings: RegExp[]): void {
  planted.set(app, findings);
}

/** Sees to it that each assembly is looked at, once. An inner stage is part of the outer one's. */
export function observe({ prototype }: typeof Stage): void {
  const { synth } = prototype;
  const done = new WeakSet<CloudAssembly>();
  let depth = 0;
  const look = (stage: Stage) => {
    const app = stage.node.root;
    if (planted.has(app) || holdsCedar(stage.outdir)) syntheses.push({ app, findings: findingsOf(stage) });
  };
  prototype.synth = function (this: Stage, ...options) {
    depth += 1;
    let assembly: CloudAssembly | undefined;
    try {
      assembly = synth.apply(this, options);
      return assembly;
    } finally {
      depth -= 1;
      // Where a plugin objects to the templates, there are templates.
      const complete = assembly !== undefined ? !done.has(assembly) : existsSync(join(this.outdir, 'manifest.json'));
      if (assembly !== undefined) done.add(assembly);
      if (depth === 0 && complete) look(this);
    }
  };
}

/** What was found and not planted, and planted and not found, since it was asked last. */
export function surprises(): string[] {
  const all = syntheses;
  syntheses = [];
  return all.flatMap(({ app, findings }) => {
    const expected = planted.get(app) ?? [];
    return [
      ...findings.filter((finding) => !expected.some((each) => each.test(finding))),
      ...expected.filter((each) => !findings.some((finding) => each.test(finding))).map((each) => `planted, but not found: ${each}`),
    ];
  });
}

function findingsOf(stage: Stage): string[] {
  return jest.requireActual<typeof import('./cedar-findings')>('./cedar-findings').cedarFindings(stage);
}

/** Templates are searched as bytes: most hold no Cedar, and are not parsed. */
function holdsCedar(directory: string): boolean {
  return readdirSync(directory).some((name) => (name.startsWith('assembly-')
    ? holdsCedar(join(directory, name))
    : name.endsWith('.template.json') && readFileSync(join(directory, name)).includes('"AWS::BedrockAgentCore::Policy"')));
}
