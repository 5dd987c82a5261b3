import * as ts from 'typescript';
import type { Fence } from './page';

/** What a snippet may name without importing it: aws-cdk-lib's modules by their customary names, and some classes. */
const CDK_MODULES: Record<string, string> = {
  agentcore: 'aws_bedrockagentcore', ecr: 'aws_ecr', ecs: 'aws_ecs', iam: 'aws_iam', kms: 'aws_kms', lambda: 'aws_lambda', secretsmanager: 'aws_secretsmanager', ssm: 'aws_ssm',
};
const CDK_CLASSES = ['App', 'CfnOutput', 'CfnParameter', 'SecretValue', 'Stack', 'Stage'];

/** Names with a capital that belong to the language. */
const UTILITY_TYPES = ['Partial', 'Readonly', 'Record'];

const OPENING = 'export function snippet(this: Stack, fixture: Fixture): void {';

/** A TypeScript block of a page as a module that can be compiled and run. */
export interface Snippet {
  readonly title: string;
  readonly fence: Fence;
  /** The code of the module. Lines of the page are shifted by `shift`. */
  readonly module: string;
  readonly shift: number;
  /** Names that it takes from the fixture. */
  readonly fixtures: readonly string[];
}

/**
 * Puts a block into a function whose `this` is a stack. What it names and neither declares nor imports comes from the
 * fixture if it is there, from aws-cdk-lib if it is one of the names above, and from this library if it begins with a capital.
 */
export function snippetOf(fence: Fence, fixtureNames: readonly string[]): Snippet {
  const source = ts.createSourceFile('snippet.ts', fence.code, ts.ScriptTarget.ES2022, true);
  const imports = source.statements.filter(ts.isImportDeclaration);
  const free = freeNames(source);
  const fixtures = free.filter((name) => fixtureNames.includes(name));
  const classes = new Set([...free.filter((name) => CDK_CLASSES.includes(name)), 'Stack']);
  imported(imports).forEach((name) => classes.delete(name));
  const fromCdk = [...classes, ...free.filter((name) => name in CDK_MODULES).map((name) => `${CDK_MODULES[name]} as ${name}`)];
  const known = [...CDK_CLASSES, ...UTILITY_TYPES, 'Construct'];
  const fromLibrary = free.filter((name) => /^[A-Z]/.test(name) && !known.includes(name) && !(name in globalThis));
  const prelude = [
    ...imports.map((each) => each.getText().replace(/\n/g, ' ')),
    `import { ${fromCdk.join(', ')} } from 'aws-cdk-lib';`,
    ...(fromLibrary.length > 0 ? [`import { ${fromLibrary.join(', ')} } from 'cdk-agentcore-identity';`] : []),
    ...(free.includes('Construct') ? ['import { Construct } from \'constructs\';'] : []),
    'import type { Fixture } from \'./fixture\';',
    `${OPENING}${fixtures.length > 0 ? ` const { ${fixtures.join(', ')} } = fixture;` : ''} {`,
  ];
  return {
    title: `${fence.page}:${fence.line}`,
    fence,
    module: [...prelude, blanked(fence.code, imports), '} }', ''].join('\n'),
    shift: fence.line - prelude.length,
    fixtures,
  };
}

/** Names that the code uses without declaring or importing them. */
function freeNames(source: ts.SourceFile): string[] {
  const used = new Set<string>();
  const declared = new Set<string>(imported(source.statements.filter(ts.isImportDeclaration)));
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      return;
    }
    if (ts.isIdentifier(node) && !isMemberName(node)) {
      (isDeclared(node) ? declared : used).add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...used].filter((name) => !declared.has(name)).sort();
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node)
    || (ts.isPropertyAssignment(parent) && parent.name === node)
    || (ts.isQualifiedName(parent) && parent.right === node)
    || ((ts.isPropertyDeclaration(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent)) && parent.name === node);
}

function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent) || ts.isFunctionDeclaration(parent)
    || ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent)) && parent.name === node;
}

function imported(declarations: readonly ts.ImportDeclaration[]): string[] {
  return declarations.flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    if (bindings === undefined) {
      return [];
    }
    return ts.isNamespaceImport(bindings) ? [bindings.name.text] : bindings.elements.map((element) => element.name.text);
  });
}

/** The code without its imports, which stand in the prelude; lines stay where they are. */
function blanked(code: string, imports: readonly ts.ImportDeclaration[]): string {
  return imports.reduce((text, each) => {
    const [from, to] = [each.getStart(), each.getEnd()];
    return text.slice(0, from) + text.slice(from, to).replace(/[^\n]/g, ' ') + text.slice(to);
  }, code);
}
