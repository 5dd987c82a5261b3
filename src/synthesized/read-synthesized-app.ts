import { existsSync, readFileSync, statSync } from 'fs';
import { basename, dirname, join } from 'path';
import { StackTemplate, SynthesizedApp, synthesizedApp } from './synthesized-app';
import { Template } from './template';
import { UnreadableAppError } from './unreadable-app-error';

const MANIFEST = 'manifest.json';
const ACCESS = 'agentcore-access.json';
/** The resource is `<scope>/<id>.NestedStack/<id>.NestedStackResource`, the stack itself `<scope>/<id>`. */
const NESTED_RESOURCE = /\.NestedStack\/[^/]*\.NestedStackResource$/;

const SYNTHESIZE = 'Give the folder that `cdk synth` wrote (`cdk.out`), or a template in JSON';

/** Reads a folder that `cdk synth` wrote, with its stages and nested stacks, or one template in a file. Nothing is written or run. */
export function readSynthesizedApp(path: string): SynthesizedApp {
  if (!existsSync(path)) {
    throw new UnreadableAppError('Synthesized/NotFound', 'There is no such folder or file', SYNTHESIZE, path);
  }
  if (!statSync(path).isDirectory() && basename(path) !== MANIFEST) {
    const name = basename(path).replace(/(\.nested)?(\.template)?\.(json|ya?ml)$/, '');
    return synthesizedApp([{ name, path: name, templateFile: path, ...templateWithNested(path, name) }]);
  }
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const access = existsSync(join(folder, ACCESS)) ? readJson(join(folder, ACCESS)) : undefined;
  return synthesizedApp(assemblyTemplates(folder), access);
}

/** The stacks of an assembly's folder, and of the assemblies of its stages. */
export function assemblyTemplates(folder: string): StackTemplate[] {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) {
    throw new UnreadableAppError('Synthesized/NoManifest', `The folder has no ${MANIFEST}`, SYNTHESIZE, folder);
  }
  const { artifacts } = readJson(file) as { artifacts?: Record<string, Artifact> };
  if (typeof artifacts !== 'object' || artifacts === null) {
    throw new UnreadableAppError('Synthesized/NoManifest', `${MANIFEST} lists no artifacts`, SYNTHESIZE, file);
  }
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    switch (artifact?.type) {
      case 'aws:cloudformation:stack': return [stackOf(folder, id, artifact)];
      case 'cdk:cloud-assembly': return assemblyTemplates(join(folder, text(artifact.properties?.directoryName, file, id)));
      default: return [];
    }
  });
}

/** What CDK notes of each construct, by `/<construct path>`. */
type Metadata = Readonly<Record<string, readonly { readonly type?: string; readonly data?: unknown }[]>>;

/** Construct paths and the logical ids behind them. Only within one template is a logical id unique. */
type LogicalIds = readonly { readonly path: string; readonly logicalId: string }[];

interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly additionalMetadataFile?: string;
  readonly metadata?: Metadata;
  readonly properties?: { readonly templateFile?: unknown; readonly stackName?: unknown; readonly directoryName?: unknown };
}

function stackOf(folder: string, id: string, artifact: Artifact): StackTemplate {
  const templateFile = join(folder, text(artifact.properties?.templateFile, join(folder, MANIFEST), id));
  const [, account, region] = /^aws:\/\/([^/]*)\/([^/]*)$/.exec(artifact.environment ?? '') ?? [];
  const { stackName } = artifact.properties ?? {};
  // A stack is shown as `Stage/Stack (deployed-name)` where the two differ.
  const path = (artifact.displayName ?? id).replace(/ \(.*\)$/, '');
  return {
    name: typeof stackName === 'string' ? stackName : id,
    path,
    ...known('account', account),
    ...known('region', region),
    templateFile,
    ...templateWithNested(templateFile, path, logicalIdsOf(folder, artifact)),
  };
}

function logicalIdsOf(folder: string, { metadata, additionalMetadataFile }: Artifact): LogicalIds {
  const beside = additionalMetadataFile !== undefined ? readJson(join(folder, additionalMetadataFile)) as Metadata : {};
  return Object.entries({ ...metadata, ...beside }).flatMap(([path, entries]) => entries
    .filter(({ type, data }) => type === 'aws:cdk:logicalId' && typeof data === 'string')
    .map(({ data }) => ({ path: path.replace(/^\//, ''), logicalId: data as string })));
}

function known(part: 'account' | 'region', value: string | undefined): { account?: string; region?: string } {
  return value === undefined || value === '' || value.startsWith('unknown-') ? {} : { [part]: value };
}

/** A template and the templates that lie beside it for the stacks nested in it. */
function templateWithNested(file: string, stackPath: string, ids: LogicalIds = []): Pick<StackTemplate, 'template' | 'paths' | 'nested'> {
  const template = readTemplate(file);
  // Constructs of nested stacks lie below the same path; their stacks are known by the resource that stands for each.
  const nestedPaths = ids.flatMap(({ path }) => (NESTED_RESOURCE.test(path) ? [path.replace(NESTED_RESOURCE, '')] : []));
  const own = ids.filter(({ path }) => path.startsWith(`${stackPath}/`)
    && !nestedPaths.some((nested) => nested.startsWith(`${stackPath}/`) && path.startsWith(`${nested}/`)));
  const paths = Object.fromEntries(own.map(({ path, logicalId }) => [logicalId, path]));
  const nested: Record<string, StackTemplate> = {};
  for (const [logicalId, { Type, Properties, Metadata }] of Object.entries(template.Resources ?? {})) {
    const beside = Type === 'AWS::CloudFormation::Stack' ? nestedFile(file, Metadata?.['aws:asset:path'], Properties?.TemplateURL) : undefined;
    // One in YAML is not read: the stack stays unread, and the rest of the app is not the less known.
    if (beside !== undefined && /\.json$/.test(beside)) {
      const noted = Metadata?.['aws:cdk:path'];
      const path = (typeof noted === 'string' ? noted : paths[logicalId] ?? `${stackPath}/${logicalId}`).replace(NESTED_RESOURCE, '');
      nested[logicalId] = { name: path, path, templateFile: beside, ...templateWithNested(beside, path, ids) };
    }
  }
  return { template, paths, nested };
}

/**
 * The file of a nested stack: the list of assets knows it by the hash in its URL, which is what is deployed. What CDK writes into the
 * metadata counts only for a file that is in no list.
 */
function nestedFile(file: string, asset: unknown, url: unknown): string | undefined {
  const list = file.replace(/(\.nested)?\.template\.json$/, '.assets.json');
  const { files = {} } = list !== file && existsSync(list) ? readJson(list) as { files?: Record<string, { source?: { path?: string } }> } : {};
  const listed = Object.entries(files).map(([hash, { source }]) => ({ hash, path: source?.path }));
  const where = JSON.stringify(url ?? '');
  const path = listed.find(({ hash }) => where.includes(hash))?.path ?? (listed.some((each) => each.path === asset) ? undefined : asset);
  return typeof path === 'string' && existsSync(join(dirname(file), path)) ? join(dirname(file), path) : undefined;
}

function readTemplate(file: string): Template {
  const template = readJson(file) as Template;
  const resources = template?.Resources;
  if (typeof template !== 'object' || template === null || Array.isArray(template) || (resources !== undefined && (typeof resources !== 'object' || resources === null))) {
    throw new UnreadableAppError('Synthesized/NotATemplate', 'The file is no CloudFormation template', SYNTHESIZE, file);
  }
  const broken = Object.entries(resources ?? {}).find(([logicalId, resource]) => typeof resource?.Type !== 'string' && !logicalId.startsWith('Fn::'));
  if (broken !== undefined) {
    throw new UnreadableAppError('Synthesized/NotATemplate', `Resource ${broken[0]} has no type`, SYNTHESIZE, file);
  }
  return template;
}

function readJson(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    throw new UnreadableAppError('Synthesized/NotFound', 'A file that belongs to the app cannot be read', 'Synthesize again', file);
  }
  try {
    return JSON.parse(content);
  } catch {
    // The parser's own words quote the content, which may hold a secret.
    throw new UnreadableAppError('Synthesized/NotJson', 'The file is no JSON', 'Templates in YAML are not read: synthesize the app, or convert the template', file);
  }
}

function text(value: unknown, file: string, id: string): string {
  if (typeof value !== 'string') {
    throw new UnreadableAppError('Synthesized/NoManifest', `Artifact ${id} names no file`, 'Synthesize again', file);
  }
  return value;
}
