/** A rule that routes the calls of a gateway, in words that are the same for the same rule. Nothing that it says is left out. */
export interface RoutingRuleWords {
  /** The lowest is asked first. */
  readonly priority: string;
  /** Which calls are meant: all of these have to hold. Empty: all calls. */
  readonly calls: readonly string[];
  /** What becomes of them. */
  readonly actions: readonly string[];
}

type Data = Readonly<Record<string, unknown>>;

/** Members of a share that name it, and decide nothing. */
const NAMES = ['name', 'description', 'metadata'];

/** The properties of a rule in words, with their names as CloudFormation or as the L1 writes them. */
export function routingRuleWords(properties: Data): RoutingRuleWords {
  const { priority, conditions, actions } = dataOf(properties);
  return {
    priority: valueWords(priority),
    calls: listOf(conditions).map((condition) => eachMember(condition, CONDITIONS)).sort(),
    actions: listOf(actions).map((action) => eachMember(action, ACTIONS)).sort(),
  };
}

/** The rule in one line. */
export function routingRuleText({ priority, calls, actions }: RoutingRuleWords): string {
  return `priority ${priority}, ${calls.length === 0 ? 'all calls' : `calls of ${[...calls].sort().join(' and ')}`}: ${[...actions].sort().join(' and ')}`;
}

type Words = (value: unknown) => string;

const CONDITIONS: Readonly<Record<string, Words>> = {
  matchPrincipals: (value) => `principals ${anyOf(value, principalWords)}`,
  matchPaths: (value) => `paths ${anyOf(value, valueWords)}`,
  matchModels: (value) => `models ${anyOf(value, valueWords)}`,
};

const ACTIONS: Readonly<Record<string, Words>> = {
  routeToTarget: (value) => eachMember(value, {
    staticRoute: (route) => targetWords(route),
    weightedRoute: (route) => listOf(dataOf(route).trafficSplit).map((share) => `${valueWords(dataOf(share).weight)} % ${targetWords(share, ['weight', ...NAMES])}`).sort().join(', '),
  }),
  configurationBundle: (value) => `with configuration bundle ${valueWords(value)}`,
};

function principalWords(principal: unknown): string {
  return eachMember(principal, {
    iamPrincipal: (value) => {
      const { arn, operator = 'StringEquals' } = dataOf(value);
      return `${valueWords(arn)}${operator === 'StringEquals' ? '' : operator === 'StringLike' ? ' (pattern)' : ` (${valueWords(operator)})`}`;
    },
  });
}

function targetWords(route: unknown, passedOver: readonly string[] = []): string {
  const { targetName, ...rest } = dataOf(route);
  const more = Object.entries(rest).filter(([name]) => !passedOver.includes(name));
  return `to target ${valueWords(targetName)}${more.length === 0 ? '' : ` with ${valueWords(Object.fromEntries(more))}`}`;
}

function anyOf(value: unknown, words: Words): string {
  const { anyOf: list, ...rest } = dataOf(value);
  return [...listOf(list).map(words).sort(), ...Object.keys(rest).length === 0 ? [] : [valueWords(rest)]].join(', ');
}

/** Each member in its words; one that this version does not know as data. */
function eachMember(value: unknown, words: Readonly<Record<string, Words>>): string {
  const members = Object.entries(dataOf(value));
  return members.length === 0 ? valueWords(value) : members.map(([name, each]) => words[name]?.(each) ?? `${name} ${valueWords(each)}`).sort().join(' and ');
}

/** Names begin with a capital in templates, and without one in L1s. */
function dataOf(value: unknown): Data {
  return typeof value !== 'object' || value === null || Array.isArray(value) ? {}
    : Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([name, each]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, each]));
}

/** What is no list is told as it is. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function valueWords(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value) ?? 'nothing';
}
