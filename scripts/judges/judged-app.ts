import { readdirSync } from 'fs';
import { join } from 'path';
import { App, AppProps, CfnResource, Stack, Token } from 'aws-cdk-lib';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** One template of an app. */
export interface JudgedTemplate {
  readonly file: string;
  readonly constructPath: string;
  readonly accountId: string;
  readonly region: string;
  /** Construct paths by logical id. */
  readonly paths: ReadonlyMap<string, string>;
}

/** A synthesized app, and which construct stands behind which logical id. */
export class JudgedApp {
  public readonly templates: readonly JudgedTemplate[];

  constructor(public readonly name: string, public readonly app: App) {
    const { directory } = app.synth();
    this.templates = app.node.findAll().filter((node): node is Stack => Stack.isStack(node)).map((stack) => ({
      file: join(directory, stack.templateFile),
      constructPath: stack.node.path,
      accountId: Token.isUnresolved(stack.account) ? '111122223333' : stack.account,
      region: Token.isUnresolved(stack.region) ? 'us-east-1' : stack.region,
      paths: new Map(stack.node.findAll()
        .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.stack === stack)
        .map((resource) => [stack.resolve(resource.logicalId), resource.node.path])),
    }));
  }

  /** How a finding names a resource: by construct path where there is one. */
  public resource(file: string, logicalId: string): string {
    const template = this.templates.find((each) => each.file === file);
    return `${this.name}/${template?.paths.get(logicalId) ?? `${template?.constructPath ?? file}/${logicalId}`}`;
  }
}

/** Every app of examples/ and of its stories, synthesized. A folder with a file `*-app.ts` has one, with one function that makes the app. */
export function exampleApps(outdir: string): JudgedApp[] {
  const within = (folder: string) => readdirSync(join(EXAMPLES, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  const appFiles = (folder: string) => readdirSync(join(EXAMPLES, folder)).filter((file) => file.endsWith('-app.ts'));
  return [...within('.'), ...within('stories')].filter((folder) => appFiles(folder).length > 0).sort().map((folder) => {
    const files = appFiles(folder);
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const makers = files.flatMap((file) => Object.values(require(join(EXAMPLES, folder, file))).filter((each) => typeof each === 'function'));
    if (makers.length !== 1) {
      throw new Error(`examples/${folder} has ${makers.length} functions in files *-app.ts; the judges want the one that makes the app`);
    }
    return new JudgedApp(folder, (makers[0] as (props: AppProps) => App)({ outdir: join(outdir, folder) }));
  });
}
