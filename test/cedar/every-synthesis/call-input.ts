import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';
import { JsonSchema, membersOf, requires, typeOf } from '../gateway-schema';
import type { Argument } from './satisfying-call';

export type CallInput = Record<string, CedarValueJson>;

/** The arguments of a call: those given, and what the tool requires besides. */
export function callInput(schema: JsonSchema, given: readonly Argument[] = []): CallInput {
  const members = Object.entries(membersOf(schema));
  const unknown = given.filter(({ path }) => !members.some(([name]) => name === path[0])).map(({ path, value }): [string, CedarValueJson] => [path[0], value ?? 'x']);
  const known = members.flatMap(([name, member]): [string, CedarValueJson][] => {
    const within = given.filter(({ path }) => path[0] === name);
    return within.length === 0 && !requires(schema, name) ? [] : [[name, valueOf(member, within.map(({ path, value }) => ({ path: path.slice(1), value })))]];
  });
  return Object.fromEntries([...unknown, ...known]);
}

function valueOf(schema: JsonSchema, given: readonly Argument[]): CedarValueJson {
  const whole = given.find(({ path, value }) => path.length === 0 && value !== undefined);
  if (whole !== undefined) return whole.value!;
  switch (typeOf(schema)) {
    case 'integer': return 0;
    case 'number': return { __extn: { fn: 'decimal', arg: '0.0' } };
    case 'boolean': return false;
    case 'array': return [];
    case 'object': return callInput(schema, given.filter(({ path }) => path.length > 0));
    default: return 'x';
  }
}
