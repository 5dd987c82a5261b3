/**
 * CloudFormation's intrinsic functions, evaluated to plain values.
 *
 * What cannot be known here throws with the path of the offending value: a policy that contains a guess would make every
 * decision about it worthless.
 */

/** What a template's functions can look up outside themselves. */
export interface TemplateScope {
  readonly region: string;
  ref(name: string, path: string): unknown;
  attribute(logicalId: string, attribute: string, path: string): unknown;
  condition(name: string, path: string): boolean;
  mapping(map: string, topKey: string, secondKey: string): unknown;
  exportedValue(name: string, path: string): unknown;
  stackOutput(query: StackOutputQuery, path: string): unknown;
}

/** The arguments of `Fn::GetStackOutput`, which renders aws-cdk-lib's weak cross-stack references. */
export interface StackOutputQuery {
  readonly StackName: string;
  readonly OutputName: string;
  readonly Region?: string;
  readonly RoleArn?: string;
}

type Evaluation = (argument: any, scope: TemplateScope, path: string) => unknown;

/** Stands for `AWS::NoValue` until the property or list item that holds it is dropped. */
export const NO_VALUE = Symbol('AWS::NoValue');

const FUNCTIONS: Record<string, Evaluation> = {
  'Ref': (name, scope, path) => scope.ref(name, path),
  'Fn::GetAtt': (argument, scope, path) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : argument;
    return scope.attribute(logicalId, text(evaluate(attribute.join('.'), scope, path), path), path);
  },
  'Fn::Join': ([delimiter, parts], scope, path) => list(parts, scope, path).map(part => text(part, path)).join(delimiter),
  'Fn::Sub': (argument, scope, path) => substitute(argument, scope, path),
  'Fn::Select': ([index, from], scope, path) => {
    const items = list(from, scope, path);
    const position = Number(evaluate(index, scope, path));
    if (!(position in items)) throw new Error(`${path}: no item ${position} in ${JSON.stringify(items)}`);
    return items[position];
  },
  'Fn::Split': ([delimiter, source], scope, path) => text(evaluate(source, scope, path), path).split(delimiter),
  'Fn::If': ([name, whenTrue, whenFalse], scope, path) => evaluate(scope.condition(name, path) ? whenTrue : whenFalse, scope, path),
  'Fn::ImportValue': (name, scope, path) => scope.exportedValue(text(evaluate(name, scope, path), path), path),
  'Fn::GetStackOutput': (query, scope, path) => scope.stackOutput(evaluate(query, scope, path) as StackOutputQuery, path),
  'Fn::FindInMap': ([map, top, second], scope, path) =>
    scope.mapping(...[map, top, second].map(key => text(evaluate(key, scope, path), path)) as [string, string, string]),
  'Fn::Base64': (source, scope, path) => Buffer.from(text(evaluate(source, scope, path), path)).toString('base64'),
  'Fn::GetAZs': (_region, scope) => ['a', 'b', 'c'].map(zone => `${scope.region}${zone}`),
  'Fn::ToJsonString': (value, scope, path) => JSON.stringify(evaluate(value, scope, path)),
};

const CONDITIONS: Record<string, (argument: any, scope: TemplateScope, path: string) => boolean> = {
  'Condition': (name, scope, path) => scope.condition(name, path),
  'Fn::Equals': ([left, right], scope, path) =>
    JSON.stringify(evaluate(left, scope, path)) === JSON.stringify(evaluate(right, scope, path)),
  'Fn::Not': ([operand], scope, path) => !holds(operand, scope, path),
  'Fn::And': (operands: unknown[], scope, path) => operands.every(operand => holds(operand, scope, path)),
  'Fn::Or': (operands: unknown[], scope, path) => operands.some(operand => holds(operand, scope, path)),
};

/** Resolves every function inside a template value. */
export function evaluate(value: unknown, scope: TemplateScope, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => evaluate(item, scope, `${path}[${index}]`)).filter(item => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && (entries[0][0] === 'Ref' || entries[0][0].startsWith('Fn::'))) {
    const [name, argument] = entries[0];
    if (!(name in FUNCTIONS)) throw new Error(`${path}: ${name} cannot be resolved without deploying`);
    return FUNCTIONS[name](argument, scope, `${path}.${name}`);
  }
  const resolved = entries.map(([key, item]) => [key, evaluate(item, scope, `${path}.${key}`)]);
  return Object.fromEntries(resolved.filter(([, item]) => item !== NO_VALUE));
}

/** Decides a condition of the template's `Conditions` section. */
export function holds(condition: unknown, scope: TemplateScope, path: string): boolean {
  const [name, argument] = Object.entries(condition as object)[0] ?? [];
  if (name === undefined || !(name in CONDITIONS)) throw new Error(`${path}: unknown condition ${JSON.stringify(condition)}`);
  return CONDITIONS[name](argument, scope, `${path}.${name}`);
}

/** Lists and objects have no text form in CloudFormation; turning them into one would hide a mistake. */
function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${path}: expected text, got ${JSON.stringify(value) ?? String(value)}`);
}

function list(value: unknown, scope: TemplateScope, path: string): unknown[] {
  const resolved = evaluate(value, scope, path);
  if (!Array.isArray(resolved)) throw new Error(`${path}: expected a list, got ${JSON.stringify(resolved)}`);
  return resolved;
}

function substitute(argument: string | [string, Record<string, unknown>], scope: TemplateScope, path: string): string {
  const [body, own] = Array.isArray(argument) ? argument : [argument, {}];
  return body.replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in own) return text(evaluate(own[name], scope, path), path);
    const [logicalId, ...attribute] = name.trim().split('.');
    return text(attribute.length ? scope.attribute(logicalId, attribute.join('.'), path) : scope.ref(logicalId, path), path);
  });
}
