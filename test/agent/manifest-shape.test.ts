import { readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

/* The types that agent code imports say the same as the published schema. */
const ROOT = join(__dirname, '..', '..');
const schema = JSON.parse(readFileSync(join(ROOT, 'schema', 'agent-manifest.schema.json'), 'utf8'));
const file = 'src/agent/manifest-shape.ts';
const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
const aliases = new Map(source.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias.type.getText()]));
const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each.members.filter(ts.isPropertySignature)]));

const words = (type: string) => [...type.matchAll(/'([^']*)'/g)].map(([, word]) => word).sort();

/** The words that a member of the schema may be; nothing where it is free. */
const allowed = ({ const: only, enum: some }: { const?: unknown; enum?: string[] }) => (some ?? (typeof only === 'string' ? [only] : [])).slice().sort();

test.each<[string, { properties: Record<string, Record<string, unknown>>; required: string[] }]>([
  ['AgentManifest', schema], ...Object.entries<never>(schema.$defs).filter(([name]) => name !== 'Capability'),
])('%s has the members of the schema, the same required, with the same words', (name, { properties, required }) => {
  const members = interfaces.get(name)!.map((member) => {
    const type = member.type!.getText();
    return [member.name.getText(), member.questionToken === undefined, words(aliases.get(type) ?? type)];
  });
  expect(members).toEqual(Object.entries(properties).map(([member, described]) => [member, required.includes(member), allowed(described)]));
});

test('a capability is one of those of the schema', () => {
  expect(aliases.get('ManifestCapability')!.split(' | ')).toEqual(schema.$defs.Capability.oneOf.map(({ $ref }: { $ref: string }) => $ref.replace('#/$defs/', '')));
});
