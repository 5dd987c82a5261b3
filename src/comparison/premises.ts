import { ComparedPremise } from './compared-app';
import { DEPLOYMENT_KEY } from '../containment/key-constraint';
import { asRecord } from '../synthesized/record';
import { conditionsOf, isCustomResource, SynthesizedApp, SynthesizedResource, SynthesizedStack } from '../synthesized/synthesized-app';

type Kind = 'Conditions' | 'Parameters' | 'Mappings';

/** What a premise is called. A condition's name stands alone, as in the keys of statements. */
const NAMES: Readonly<Record<Kind, (path: string, name: string) => string>> = {
  Conditions: (path, name) => `${path} ${name}`,
  Parameters: (path, name) => `parameter ${path}/${name}`,
  Mappings: (path, name) => `mapping ${path} ${name}`,
};

const KINDS = Object.keys(NAMES) as Kind[];

const ANY = ' any';

/** Makes members of its section whose names only the transform of the language extensions knows. */
const LOOP = /^Fn::ForEach::/;

const CONDITION_KEY = new RegExp(`"${DEPLOYMENT_KEY}([^"]*)"`, 'g');

/** What says nothing about the value. */
const WORDS_OF_OTHERS = ['Description', 'ConstraintDescription'];

/** What is compared, and may depend on more than is told. */
export interface Compared {
  /** As JSON: it names what it depends on. */
  readonly text: string;
  /** Resources whose own conditions decide whether something is attached at all. */
  readonly resources: readonly SynthesizedResource[];
  /** Conditions that are known to decide, as `<stack path> <name>`. */
  readonly conditions: readonly string[];
}

/** Conditions, parameters, mappings, custom resources and stored parameters on which it depends what a policy says. */
export function premisesOf(app: SynthesizedApp, { text, resources, conditions }: Compared): ComparedPremise[] {
  const named: Readonly<Record<Kind, ReadonlySet<string>>> = {
    Conditions: new Set([...conditions, ...[...text.matchAll(CONDITION_KEY)].map(([, name]) => name)]),
    // Within another value that only deployment knows, a parameter stands between `<` and `>`.
    Parameters: new Set([...text.matchAll(/(?:\$\{|<)Parameter ([^<>}]*)/g)].map(([, name]) => name)),
    // A map whose own name only deployment knows may be any of its stack.
    Mappings: new Set([...text.matchAll(/Fn::FindInMap (\S+ \S+)/g)].map(([, name]) => name.replace(/ [<$].*/, ANY))),
  };
  const isNamed = (kind: Kind, path: string, name: string) => named[kind].has(`${path}${kind === 'Parameters' ? '/' : ' '}${name}`) || named[kind].has(`${path}${ANY}`);
  const roots = app.stacks.flatMap((stack) => KINDS.flatMap((kind) => (named[kind].size === 0 ? [] : Object.keys(stack.template[kind] ?? {})
    .filter((name) => isNamed(kind, stack.path, name) || (LOOP.test(name) && [...named[kind]].some((each) => each.startsWith(`${stack.path} `))))
    .map((name) => ({ stack, kind, name })))));
  const asWritten = resources.flatMap((resource) => [
    ...resource.stack.template.Conditions === undefined ? [] : referencesIn(resource.stack, resource.properties, 'Conditions'),
    ...conditionsOf(resource).map(({ stack, name }) => ({ stack, kind: 'Conditions' as const, name })),
  ]);
  const ofStacks = closed([...roots, ...asWritten]);
  const custom = customResources(app, text);
  const lookedUp = [...namesLookedUp(JSON.stringify([text, ofStacks])), ...namesInCalls(JSON.stringify(custom))];
  return [...ofStacks, ...custom, ...storedParameters(app, lookedUp)];
}

interface Reference {
  readonly stack: SynthesizedStack;
  readonly kind: Kind;
  readonly name: string;
}

/** With all that they depend on themselves, each once. */
function closed(roots: readonly Reference[]): ComparedPremise[] {
  const found = new Map<string, ComparedPremise>();
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { stack, kind, name } = next;
    const section: Readonly<Record<string, unknown>> = stack.template[kind] ?? {};
    const definition = section[name];
    if (definition === undefined) {
      waiting.push(...Object.keys(section).filter((each) => each !== name && LOOP.test(each)).map((each) => ({ stack, kind, name: each })));
    }
    const key = NAMES[kind](stack.path, name);
    if (definition !== undefined && !found.has(key)) {
      const given = kind === 'Parameters' ? givenByParent(stack, name) : undefined;
      const rules = kind === 'Parameters' ? Object.values(stack.template.Rules ?? {}).filter((rule) => JSON.stringify(rule).includes(`"${name}"`)) : [];
      found.set(key, { name: key, words: JSON.stringify([given === undefined ? withoutDescriptions(kind, definition) : given.value, ...rules]) });
      waiting.push(...given === undefined ? referencesIn(stack, definition) : referencesIn(given.stack, given.value));
    }
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** What a nested stack gets for a parameter; its default is then never used. */
function givenByParent({ parent }: SynthesizedStack, name: string): { readonly stack: SynthesizedStack; readonly value: unknown } | undefined {
  const value = parent === undefined ? undefined : asRecord(parent.stack.template.Resources?.[parent.logicalId]?.Properties?.Parameters)[name];
  return parent === undefined || value === undefined ? undefined : { stack: parent.stack, value };
}

function withoutDescriptions(kind: Kind, definition: unknown): unknown {
  return kind === 'Parameters' ? Object.fromEntries(Object.entries(asRecord(definition)).filter(([member]) => !WORDS_OF_OTHERS.includes(member))) : definition;
}

/** What a value of a template refers to, all or of one kind. */
function referencesIn(stack: SynthesizedStack, value: unknown, only?: Kind): Reference[] {
  const found: Reference[] = [];
  const add = (kind: Kind, name: unknown) => {
    if (typeof name === 'string' && (only === undefined || only === kind) && stack.template[kind]?.[name] !== undefined) {
      found.push({ stack, kind, name });
    }
  };
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) {
      each.forEach(visit);
    } else if (typeof each === 'object' && each !== null) {
      Object.entries(each).forEach(([name, argument]) => {
        const [first] = Array.isArray(argument) ? argument as unknown[] : [argument];
        switch (name) {
          case 'Ref': add('Parameters', argument); break;
          case 'Condition': add('Conditions', argument); break;
          case 'Fn::If': add('Conditions', first); break;
          case 'Fn::FindInMap': add('Mappings', first); break;
          case 'Fn::Sub': [...String(first).matchAll(/\$\{([^}!.]+)\}/g)].forEach(([, parameter]) => add('Parameters', parameter.trim())); break;
        }
        visit(argument);
      });
    }
  };
  visit(value);
  return found;
}

function customResources(app: SynthesizedApp, text: string): ComparedPremise[] {
  const named = [...text.matchAll(/\$\{((?:Custom::|AWS::CloudFormation::CustomResource )[^}]*)\}/g)].map(([, name]) => name);
  return named.length === 0 ? [] : app.stacks.flatMap(({ resources }) => resources.filter(isCustomResource)
    .map((resource) => ({ name: `${resource.type} ${resource.path}`, words: JSON.stringify(resource.properties) }))
    .filter(({ name }) => named.some((each) => each.startsWith(`${name}.`))));
}

/** Parameters of Systems Manager that the app itself writes, where something looks one up by its name. */
function storedParameters(app: SynthesizedApp, lookedUp: readonly string[]): ComparedPremise[] {
  const found = new Map<string, ComparedPremise>();
  const written = app.stacks.flatMap(({ resources }) => resources.filter(({ type }) => type === 'AWS::SSM::Parameter'));
  for (let names = lookedUp; names.length > 0;) {
    const more = written.filter(({ path, properties: { Name: name } }) => typeof name === 'string' && !found.has(path) && names.some((each) => sameParameter(each, name)));
    more.forEach(({ path, properties }) => found.set(path, { name: `SSM parameter ${path}`, words: JSON.stringify(properties.Value) }));
    names = namesLookedUp(more.map(({ path }) => found.get(path)!.words).join());
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** By a parameter of the template, or by a dynamic reference. */
function namesLookedUp(text: string): string[] {
  return [/\bSSM \S+ \S+ ([\w./-]+)/g, /\bresolve:ssm(?:-secure)?:([\w./-]+)/g, /\bDynamic reference ssm(?:-secure)? ([\w./-]+)/g]
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name));
}

/** By custom resources, which call `GetParameter` with a name in JSON. */
function namesInCalls(text: string): string[] {
  return [...text.matchAll(/Name[\\":]+([\w./-]+)/g)].map(([, name]) => name);
}

/** A name without a path may be written with a slash in front. */
function sameParameter(one: string, other: string): boolean {
  return one.replace(/^\//, '') === other.replace(/^\//, '');
}
