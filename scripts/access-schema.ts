/* eslint-disable no-console, no-bitwise */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { ACCESS_MODEL_SCHEMA, ACCESS_MODEL_VERSION } from '../src/review/access-model';

/*
 * The JSON Schema of agentcore-access.json, made from the TypeScript interfaces of the access model and their docstrings, so that
 * the two cannot drift apart. A member without a docstring is an error.
 *
 * `ts-node -T --project scripts/tsconfig.json scripts/access-schema.ts` writes it; with `--check` it only compares.
 */
export const SCHEMA_FILE = join(__dirname, '..', 'schema', 'agentcore-access.schema.json');
const MODEL = join(__dirname, '..', 'src', 'review', 'access-model.ts');
const ROOT = 'AccessModel';

type Schema = Record<string, unknown>;

/** The schema as it has to stand in the file. */
export function accessSchemaText(model = MODEL): string {
  return `${JSON.stringify(new SchemaOfTypes(model).schema(), undefined, 2)}\n`;
}

class SchemaOfTypes {
  private readonly checker: ts.TypeChecker;
  private readonly root: ts.Type;
  private readonly definitions = new Map<string, Schema>();

  constructor(model: string) {
    const program = ts.createProgram([model], { strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, skipLibCheck: true, types: ['node'] });
    this.checker = program.getTypeChecker();
    const exported = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(program.getSourceFile(model)!)!);
    this.root = this.checker.getDeclaredTypeOfSymbol(exported.find(({ name }) => name === ROOT)!);
  }

  public schema(): Schema {
    const root = this.ofInterface(this.root);
    const properties = root.properties as Record<string, Schema>;
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: ACCESS_MODEL_SCHEMA,
      title: 'agentcore-access.json',
      ...root,
      properties: {
        ...properties,
        $schema: { ...properties.$schema, const: ACCESS_MODEL_SCHEMA },
        version: { ...properties.version, const: ACCESS_MODEL_VERSION },
      },
      $defs: Object.fromEntries([...this.definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  private ofInterface(type: ts.Type): Schema {
    const members = type.getProperties();
    return {
      description: this.docstring(type.symbol, type.symbol.name),
      type: 'object',
      additionalProperties: false,
      required: members.filter((member) => !isOptional(member)).map(({ name }) => name),
      properties: Object.fromEntries(members.map((member) => [member.name, {
        description: this.docstring(member, `${type.symbol.name}.${member.name}`),
        ...this.ofType(this.checker.getTypeOfSymbol(member), `${type.symbol.name}.${member.name}`),
      }])),
    };
  }

  private ofType(given: ts.Type, where: string): Schema {
    const type = this.checker.getNonNullableType(given);
    if (given.flags & ts.TypeFlags.Unknown) {
      return {};
    }
    if (type.flags & ts.TypeFlags.String) {
      return { type: 'string' };
    }
    if (type.flags & ts.TypeFlags.Number) {
      return { type: 'number' };
    }
    if (type.flags & ts.TypeFlags.BooleanLike) {
      return { type: 'boolean' };
    }
    if (type.isStringLiteral()) {
      return { type: 'string', const: type.value };
    }
    if (type.isUnion() && type.types.every((member) => member.isStringLiteral())) {
      return { type: 'string', enum: type.types.map((member) => (member as ts.StringLiteralType).value).sort() };
    }
    if (type.isUnion() && type.types.every((member) => member.flags & ts.TypeFlags.BooleanLiteral)) {
      return { type: 'boolean' };
    }
    if (this.checker.isArrayType(type)) {
      return { type: 'array', items: this.ofType(this.checker.getTypeArguments(type as ts.TypeReference)[0], where) };
    }
    if (type.isClassOrInterface()) {
      return this.reference(type);
    }
    throw new Error(`${where}: the schema has no form for the type ${this.checker.typeToString(type)}. Use an interface of its own, a text, a number, a boolean, or a list of them.`);
  }

  private reference(type: ts.InterfaceType): Schema {
    const { name } = type.symbol;
    if (!this.definitions.has(name)) {
      this.definitions.set(name, {});
      this.definitions.set(name, this.ofInterface(type));
    }
    return { $ref: `#/$defs/${name}` };
  }

  private docstring(symbol: ts.Symbol, name: string): string {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).replace(/\s+/g, ' ').trim();
    if (text === '') {
      throw new Error(`${name} has no docstring. It becomes the description in the JSON Schema of the access report: write one.`);
    }
    return text;
  }
}

function isOptional(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Optional) !== 0;
}

if (require.main === module) {
  const wanted = accessSchemaText();
  if (!process.argv.includes('--check')) {
    writeFileSync(SCHEMA_FILE, wanted);
  } else if (readFileSync(SCHEMA_FILE, 'utf8') !== wanted) {
    console.error('schema/agentcore-access.schema.json does not fit the access model. Write it anew: ts-node -T --project scripts/tsconfig.json scripts/access-schema.ts');
    process.exit(1);
  }
}
