import { writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import * as ts from 'typescript';

/*
 * Makes the compiled library load what an app uses: `lib/index.js` gets a getter for each name, which loads the module that defines
 * it, as aws-cdk-lib does. Runs after jsii, which writes the eager one anew. Types stay as they are.
 *
 * Fails if a name of the types is missing, or if a module cannot be the first that is loaded: modules that need one another at
 * once would then hold half of each other.
 */
const LIB = join(__dirname, '..', 'lib');
const INDEX = join(LIB, 'index.js');

type Exports = Record<string, unknown>;

function load(file: string): Exports {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file);
}

function loaded(): string[] {
  return Object.keys(require.cache).filter((file) => file.startsWith(LIB + sep));
}

function forget(): void {
  loaded().forEach((file) => delete require.cache[file]);
}

/** The modules that define the names, as paths from the index. A name that is only passed on is a getter there. */
function origins(all: Exports): Map<string, string> {
  const modules = loaded().filter((file) => file !== INDEX).map((file) => ({ file, exports: require.cache[file]!.exports as Exports }));
  return new Map(Object.entries(all).map(([name, value]) => {
    const defining = modules.filter(({ exports }) => value !== undefined && Object.getOwnPropertyDescriptor(exports, name)?.value === value);
    if (defining.length !== 1) {
      throw new Error(`${name} is defined in ${defining.length} modules`);
    }
    return [name, `./${relative(dirname(INDEX), defining[0].file).split(sep).join('/').replace(/\.js$/, '')}`];
  }));
}

/** The names are also written in the way in which Node finds them for `import { Agent } from …`. */
function lazyIndex(found: Map<string, string>): string {
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'const load = (name, module) => Object.defineProperty(exports, name, {',
    '  enumerable: true, configurable: true, get: () => {',
    '    const value = module()[name];',
    '    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });',
    '    return value;',
    '  },',
    '});',
    ...[...found].flatMap(([name, module]) => [`exports.${name} = void 0;`, `load("${name}", () => require("${module}"));`]),
    '',
  ].join('\n');
}

/** The names of the types that exist when the program runs. */
function namesOfTypes(): string[] {
  const program = ts.createProgram([join(LIB, 'index.d.ts')], { skipLibCheck: true, types: [], noLib: true, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 });
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(join(LIB, 'index.d.ts'))!)!;
  return checker.getExportsOfModule(index)
    // eslint-disable-next-line no-bitwise
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)).filter(({ flags }) => (flags & ts.SymbolFlags.Value) !== 0)
    .map(({ name }) => name);
}

function expectSame(what: string, found: readonly string[], expected: readonly string[]): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${found.filter((name) => !expected.includes(name)).join()} too many, ${expected.filter((name) => !found.includes(name)).join()} missing, or in another order`);
  }
}

function main(): void {
  // All values at once, also where the index is lazy already.
  const eager = { ...load(INDEX) };
  const names = Object.keys(eager);
  const found = origins(eager);
  writeFileSync(INDEX, lazyIndex(found));
  expectSame('names beside those of the types', [...names].sort(), namesOfTypes().sort());

  delete require.cache[INDEX];
  const lazy = load(INDEX);
  expectSame('names of the lazy index', Object.keys(lazy), names);
  names.forEach((name) => {
    if (lazy[name] !== eager[name]) {
      throw new Error(`${name} is another thing than before`);
    }
  });
  for (const name of new Map([...found].map(([each, module]) => [module, each])).values()) {
    forget();
    if (load(INDEX)[name] === undefined) {
      throw new Error(`${name} is not there when it is the first to be loaded`);
    }
  }
  process.stdout.write(`${names.length} names of ${new Set(found.values()).size} modules are loaded when they are used\n`);
}

main();
