import { Decide } from './condition-branch';
import { isOpaque, opaque, pieceOf, splitText } from './opaque-text';
import { asRecord } from './record';
import { attributeText, refText, ResourceWords } from './resource-text';
import { conditionsOf, SynthesizedApp, SynthesizedResource, SynthesizedStack } from './synthesized-app';
import { UnreadableAppError } from './unreadable-app-error';

/** Where a value stands, and which way the conditions go. */
export interface ValueScope {
  readonly app: SynthesizedApp;
  readonly stack: SynthesizedStack;
  readonly decide: Decide;
  /** How many parameters, outputs and exports were followed to get here. */
  readonly depth?: number;
}

/** Stands for `AWS::NoValue` until what holds it is dropped. */
const NO_VALUE = Symbol('AWS::NoValue');

/** An app whose references go further than this goes in circles. */
const LONGEST_CHAIN = 50;

type Evaluation = (argument: any, scope: ValueScope) => unknown;

const FUNCTIONS: Readonly<Record<string, Evaluation>> = {
  'Ref': (name, scope) => reference(String(name), scope),
  'Fn::GetAtt': (argument, scope) => attribute(argument, scope),
  'Fn::Join': (argument, scope) => join(argument, scope),
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Select': (argument, scope) => select(argument, scope),
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = pair(argument, scope);
    return splitText(textOf(source), textOf(delimiter)) ?? opaqueFunction('Fn::Split', [delimiter, source]);
  },
  'Fn::If': (argument, scope) => {
    if (!Array.isArray(argument) || argument.length !== 3) {
      return opaqueFunction('Fn::If', valueOf(argument, scope));
    }
    return evaluate(holds({ Condition: argument[0] }, scope) ? argument[1] : argument[2], scope);
  },
  'Fn::ImportValue': (name, scope) => imported(textOf(valueOf(name, scope)), scope),
  'Fn::GetStackOutput': (query, scope) => stackOutput(valueOf(query, scope), scope),
  'Fn::FindInMap': (argument, scope) => mapped(argument, scope),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(valueOf(argument, scope)),
};

/**
 * A template's value with everything filled in that is known before deployment. What is not stands as `${...}`; a reference means the same
 * text wherever it stands, also in another stack.
 */
export function valueOf(value: unknown, scope: ValueScope): unknown {
  const evaluated = evaluate(value, scope);
  return evaluated === NO_VALUE ? undefined : evaluated;
}

/** A value as text. Lists and objects are shown as JSON, which only an opaque text ever holds. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value) ?? '';
}

function evaluate(value: unknown, scope: ValueScope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    return FUNCTIONS[name]?.(argument, scope) ?? opaqueFunction(name, valueOf(argument, scope));
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, evaluate(item, scope)] as const).filter(([, item]) => item !== NO_VALUE));
}

function opaqueFunction(name: string, argument: unknown): string {
  return opaque(`${name} ${Array.isArray(argument) ? argument.map(textOf).join(' ') : textOf(argument)}`);
}

function pair(argument: unknown, scope: ValueScope): [unknown, unknown] {
  const [first, second] = Array.isArray(argument) ? argument : [];
  return [valueOf(first, scope), valueOf(second, scope)];
}

function join(argument: unknown, scope: ValueScope): string {
  const [delimiter, parts] = pair(argument, scope);
  return Array.isArray(parts) && typeof delimiter === 'string' ? parts.map(textOf).join(delimiter) : opaqueFunction('Fn::Join', [delimiter, parts]);
}

function select(argument: unknown, scope: ValueScope): unknown {
  const [index, from] = Array.isArray(argument) ? argument : [];
  const position = Number(valueOf(index, scope));
  const split = (from as Record<string, unknown> | undefined)?.['Fn::Split'];
  if (split !== undefined) {
    const [delimiter, source] = pair(split, scope).map(textOf);
    return pieceOf(source, delimiter, position) ?? opaqueFunction('Fn::Select', [position, 'Fn::Split', delimiter, source]);
  }
  const list = valueOf(from, scope);
  return Array.isArray(list) && position in list ? list[position] : opaqueFunction('Fn::Select', [position, list]);
}

function substitute(argument: unknown, scope: ValueScope): string {
  const [body, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [unknown, Record<string, unknown>];
  return String(body).replace(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) => {
    if (literal !== '') {
      return `\${${name}}`;
    }
    if (own !== undefined && name in own) {
      return textOf(valueOf(own[name], scope));
    }
    const value = name.includes('.') ? attribute(name.trim(), scope) : reference(name.trim(), scope);
    return value === NO_VALUE ? '' : textOf(value);
  });
}

function reference(name: string, scope: ValueScope): unknown {
  const { stack } = scope;
  if (name.startsWith('AWS::')) {
    return pseudoParameter(name, stack);
  }
  if (stack.template.Parameters?.[name] !== undefined) {
    return parameter(name, scope);
  }
  const resource = resourceOf(stack, name);
  return resource === undefined ? opaque(`Ref ${stack.path}/${name}`) : refText(wordsOf(resource, scope));
}

const BY_LOGICAL_ID = new WeakMap<SynthesizedStack, ReadonlyMap<string, SynthesizedResource>>();

function resourceOf(stack: SynthesizedStack, logicalId: string): SynthesizedResource | undefined {
  const known = BY_LOGICAL_ID.get(stack) ?? new Map(stack.resources.map((resource) => [resource.logicalId, resource]));
  BY_LOGICAL_ID.set(stack, known);
  return known.get(logicalId);
}

function attribute(argument: unknown, scope: ValueScope): unknown {
  const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
  const name = rest.map((part) => textOf(valueOf(part, scope))).join('.');
  const resource = resourceOf(scope.stack, textOf(logicalId));
  if (resource === undefined) {
    return opaque(`Fn::GetAtt ${scope.stack.path}/${textOf(logicalId)}.${name}`);
  }
  const given = name === 'Value' ? givenValue(resource, scope) : undefined;
  if (given !== undefined) {
    return given;
  }
  const nested = scope.app.stacks.find(({ parent }) => parent?.stack === scope.stack && parent.logicalId === logicalId);
  return nested !== undefined && name.startsWith('Outputs.')
    ? output(nested, name.slice('Outputs.'.length), scope) ?? opaque(`${nested.path}.${name}`)
    : attributeText(wordsOf(resource, scope), name);
}

/** What a resource gives back as it got it: a stored parameter, and CDK's `CfnJson`, which makes an object of JSON. */
function givenValue({ type, properties, stack }: SynthesizedResource, scope: ValueScope): unknown {
  if (type !== 'AWS::SSM::Parameter' && type !== 'Custom::AWSCDKCfnJson') {
    return undefined;
  }
  const value = valueOf(properties.Value, follow(scope, stack));
  if (type === 'AWS::SSM::Parameter' || typeof value !== 'string') {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** The region decides the partition: https://docs.aws.amazon.com/general/latest/gr/rande.html */
const PARTITIONS: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'aws-cn'], [/^us-gov-/, 'aws-us-gov'], [/^us-iso-/, 'aws-iso'], [/^us-isob-/, 'aws-iso-b'], [/^eu-isoe-/, 'aws-iso-e'], [/^us-isof-/, 'aws-iso-f'],
  [/^eusc-/, 'aws-eusc'],
];

function partitionOf(stack: SynthesizedStack): string {
  const { region } = stack;
  return region === undefined ? '${AWS::Partition}' : PARTITIONS.find(([pattern]) => pattern.test(region))?.[1] ?? 'aws';
}

function pseudoParameter(name: string, stack: SynthesizedStack): unknown {
  const partition = partitionOf(stack);
  switch (name) {
    case 'AWS::NoValue': return NO_VALUE;
    case 'AWS::AccountId': return stack.account ?? '${AWS::AccountId}';
    case 'AWS::Region': return stack.region ?? '${AWS::Region}';
    case 'AWS::Partition': return partition;
    case 'AWS::URLSuffix': return partition === 'aws' || partition === 'aws-us-gov' ? 'amazonaws.com' : partition === 'aws-cn' ? 'amazonaws.com.cn' : '${AWS::URLSuffix}';
    case 'AWS::StackName': return stack.parent === undefined ? stack.name : opaque(`AWS::StackName ${stack.path}`);
    default: return opaque(`${name} ${stack.path}`);
  }
}

/** A parameter of a nested stack is what its parent gives. Another one may be anything at deployment, whatever its default. */
function parameter(name: string, scope: ValueScope): unknown {
  const { stack } = scope;
  if (stack.parent !== undefined) {
    const { stack: above, logicalId } = stack.parent;
    const given = (above.template.Resources?.[logicalId]?.Properties?.Parameters as Record<string, unknown> | undefined)?.[name];
    if (given !== undefined) {
      return evaluate(given, follow(scope, above));
    }
  }
  const { Type: type = 'String', Default: path } = stack.template.Parameters![name];
  // The same parameter of Systems Manager is the same value in all stacks of an environment.
  return /^AWS::SSM::Parameter::Value/.test(type) && typeof path === 'string'
    ? opaque(`SSM ${stack.account ?? 'AWS::AccountId'} ${stack.region ?? 'AWS::Region'} ${path}`)
    : opaque(`Parameter ${stack.path}/${name}`);
}

function imported(name: string, scope: ValueScope): unknown {
  for (const stack of scope.app.stacks.filter((each) => sameEnvironment(each, scope.stack))) {
    for (const [key, { Export: exported }] of Object.entries(stack.template.Outputs ?? {})) {
      const known = exported?.Name;
      if (known === name || (typeof known === 'object' && textOf(valueOf(known, follow(scope, stack))) === name)) {
        return output(stack, key, scope);
      }
    }
  }
  return opaqueFunction('Fn::ImportValue', name);
}

function stackOutput(query: unknown, scope: ValueScope): unknown {
  const { StackName: name, OutputName: key, Region: region } = query as Record<string, unknown>;
  const found = scope.app.stacks.filter((stack) => stack.name === name && (region === undefined || stack.region === undefined || stack.region === region));
  const [stack] = found;
  return (found.length === 1 ? output(stack, textOf(key), scope) : undefined)
    ?? opaque(`Fn::GetStackOutput ${['StackName', 'Region', 'RoleArn', 'OutputName'].map((part) => textOf((query as Record<string, unknown>)[part])).join(' ')}`);
}

function output(stack: SynthesizedStack, name: string, scope: ValueScope): unknown {
  const found = stack.template.Outputs?.[name];
  return found === undefined ? undefined : evaluate(found.Value, follow(scope, stack));
}

function mapped(argument: unknown, scope: ValueScope): unknown {
  const [name, first, second, otherwise] = Array.isArray(argument) ? argument as unknown[] : [];
  const keys = [name, first, second].map((key) => textOf(valueOf(key, scope)));
  const found = keys.reduce<unknown>((map, key) => (map as Record<string, unknown> | undefined)?.[key], scope.stack.template.Mappings);
  const standard = asRecord(otherwise).DefaultValue;
  if (found !== undefined || standard === undefined) {
    return found ?? opaqueFunction('Fn::FindInMap', [scope.stack.path, ...keys]);
  }
  return keys.some(isOpaque) ? opaqueFunction('Fn::FindInMap', [scope.stack.path, ...keys, 'or', valueOf(standard, scope)]) : evaluate(standard, scope);
}

function wordsOf(resource: SynthesizedResource, scope: ValueScope): ResourceWords {
  const { stack } = resource;
  return {
    resource,
    partition: partitionOf(stack),
    region: stack.region ?? '${AWS::Region}',
    account: stack.account ?? '${AWS::AccountId}',
    literal: (property) => {
      const value = valueOf(resource.properties[property], follow(scope, stack));
      return typeof value === 'string' && value !== '' && !isOpaque(value) ? value : undefined;
    },
  };
}

function follow(scope: ValueScope, stack: SynthesizedStack): ValueScope {
  const depth = (scope.depth ?? 0) + 1;
  if (depth > LONGEST_CHAIN) {
    throw new UnreadableAppError('Synthesized/CircularReference', 'References between resources and stacks go in circles', 'Look for a value that refers to itself', stack.path);
  }
  return { ...scope, stack, depth };
}

/** Two stacks whose environments may be the same. */
function sameEnvironment(one: SynthesizedStack, other: SynthesizedStack): boolean {
  return (['account', 'region'] as const).every((part) => one[part] === undefined || other[part] === undefined || one[part] === other[part]);
}

/** Which way a condition goes: decided where it compares what is known, else in both branches. */
function holds(condition: unknown, scope: ValueScope, name?: string): boolean {
  const [operator, argument] = Object.entries((condition ?? {}) as Record<string, unknown>)[0] ?? [];
  const parts = (Array.isArray(argument) ? argument : []) as unknown[];
  switch (operator) {
    case 'Condition': return holds(scope.stack.template.Conditions?.[textOf(argument)], scope, textOf(argument));
    case 'Fn::Not': return !holds(parts[0], scope);
    case 'Fn::And': return parts.every((part) => holds(part, scope));
    case 'Fn::Or': return parts.some((part) => holds(part, scope));
    case 'Fn::Equals': {
      const [left, right] = pair(argument, scope).map(textOf);
      return left === right || ((isOpaque(left) || isOpaque(right)) && scope.decide(`${scope.stack.path} ${name ?? `${left} = ${right}`}`));
    }
    default: return scope.decide(`${scope.stack.path} ${name ?? textOf(valueOf(condition, scope))}`);
  }
}

/** Whether a resource is there, and so is each nested stack around it. */
export function isThere(resource: SynthesizedResource, scope: ValueScope): boolean {
  return conditionsOf(resource).every(({ stack, name }) => holds({ Condition: name }, { ...scope, stack }));
}
