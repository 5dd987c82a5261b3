/* eslint-disable no-console */
import { readFileSync } from 'fs';
import { gunzipSync } from 'zlib';

/*
 * Every public member has a docstring, and every optional property says its default: read from the compiled assembly, so after
 * `jsii`. Members that implement an interface of aws-cdk-lib inherit its text.
 */
interface Documented {
  readonly name?: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly optional?: boolean;
  readonly overrides?: string;
}
interface Type extends Documented {
  readonly fqn: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly properties?: Documented[];
  readonly methods?: (Documented & { parameters?: Documented[] })[];
  readonly members?: Documented[];
  readonly interfaces?: string[];
}

function assembly(): { types: Record<string, Type> } {
  const text = JSON.parse(readFileSync('.jsii', 'utf8'));
  return text.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(text.filename)).toString('utf8')) : text;
}

const { types } = assembly();
const undocumented: string[] = [];

/** Text on an interface of this library is inherited by what implements it. */
function inherited(type: Type, name: string | undefined): boolean {
  return (type.interfaces ?? []).some((fqn) => {
    const parent = types[fqn];
    return parent === undefined || [...parent.properties ?? [], ...parent.methods ?? []].some((member) => member.name === name && member.docs?.summary !== undefined);
  });
}

for (const type of Object.values(types)) {
  if (type.docs?.summary === undefined) {
    undocumented.push(type.fqn);
  }
  for (const member of [...type.properties ?? [], ...type.methods ?? [], ...type.members ?? []]) {
    if (member.docs?.summary === undefined && member.overrides === undefined && !inherited(type, member.name)) {
      undocumented.push(`${type.fqn}.${member.name}`);
    }
    if (type.datatype === true && member.optional === true && member.docs?.default === undefined) {
      undocumented.push(`${type.fqn}.${member.name}: no @default`);
    }
  }
}
if (undocumented.length > 0) {
  console.error(`Without a docstring or a default:\n${undocumented.sort().join('\n')}`);
  process.exit(1);
}
console.log(`${Object.keys(types).length} public types, every member documented`);
