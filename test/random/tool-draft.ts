import type { Access, GatewayDescription, KnownTool, ToolDescription } from './description';

/** An agent that calls a tool with its roles. */
export interface RoleCall {
  readonly agent: number;
  readonly tool: KnownTool | '*';
  readonly active: boolean;
  /** Whether rules beside the gateway can name the roles. */
  readonly nameable: boolean;
}

/** Whether callers of a gateway are known by their roles. */
export function byRole(inbound: GatewayDescription['inbound']): boolean {
  return inbound === 'IAM' || inbound === 'any signature';
}

/** The nearest rules that the library takes: about callers as they come, and something said of each tool that no agent calls with its role. */
export function toolsFor(drafts: readonly ToolDescription[], inbound: GatewayDescription['inbound'], calls: readonly RoleCall[] = [], toolsAreKnown = true): ToolDescription[] {
  const fitted = drafts.filter((draft, index) => drafts.findIndex(({ tool }) => tool === draft.tool) === index).map(({ tool, requires, forbids }): ToolDescription => ({
    tool,
    requires: requires === undefined ? undefined : fitting(requires, inbound),
    forbids: forbids === undefined ? undefined : forbidding({ ...forbids, access: fitting(forbids.access, inbound) }),
  }));
  const tools = lettingIn(fitted, calls, toolsAreKnown);
  if (tools.some(({ tool, requires }) => tool === '*' && requires !== undefined) || calls.some(({ tool }) => tool === '*')) return tools;
  // Without a rule for all of them, something has to be said of each.
  const said = (name: KnownTool): ToolDescription[] => {
    const rules = tools.filter(({ tool }) => tool === name);
    return calls.some(({ tool }) => tool === name) ? rules : [{ tool: name, requires: { who: 'nobody' }, ...withoutUndefined(rules[0] ?? {}) }];
  };
  return [...said('read'), ...said('read_all'), ...tools.filter(({ tool }) => tool === '*')];
}

/** Nobody cannot be forbidden anything, and all but everybody are nobody. */
function forbidding(forbids: NonNullable<ToolDescription['forbids']>): ToolDescription['forbids'] {
  return forbids.access.who === 'nobody' || (forbids.unless && isEverybody(forbids.access)) ? undefined : forbids;
}

function isEverybody(access: Access): boolean {
  return access.who === 'every caller' || (access.who === 'any' && access.of.some(isEverybody)) || (access.who === 'all' && access.of.every(isEverybody));
}

/** What a gateway says of a tool is the whole truth, so it has to let the agents in that call it. */
function lettingIn(tools: readonly ToolDescription[], calls: readonly RoleCall[], toolsAreKnown: boolean): ToolDescription[] {
  const about = ({ tool }: ToolDescription) => calls.filter((call) => tool === '*' || call.tool === '*' || call.tool === tool);
  const forAll = tools.some(({ tool, requires }) => tool === '*' && requires !== undefined);
  const required = tools.map((rule): ToolDescription => {
    const { requires } = rule;
    const inside = about(rule).filter(({ active }) => active);
    // One rule for tools that nobody has listed would undo what is said of single ones.
    const undone = !toolsAreKnown && !forAll && calls.some(({ tool }) => tool === '*');
    if (requires === undefined || (!undone && (inside.length === 0 || requires.who === 'every caller'))) return rule;
    const names = [...new Set(inside.map(({ agent }) => agent))].map((agent): Access => ({ who: 'agent', agent }));
    const leftToAgents = undone || requires.who === 'nobody' || inside.some(({ nameable }) => !nameable);
    return { ...rule, requires: leftToAgents ? undefined : { who: 'any', of: [requires, ...names] } };
  });
  const mayShutOut = ({ forbids }: ToolDescription) => forbids !== undefined && (forbids.unless || !isAboutRoles(forbids.access));
  return required.map((rule) => (mayShutOut(rule) && about(rule).some(({ active }) => active) ? { ...rule, forbids: undefined } : rule));
}

function isAboutRoles(access: Access): boolean {
  return access.who === 'role' || ((access.who === 'all' || access.who === 'any') && access.of.every(isAboutRoles));
}

/** Terms about tokens where callers have none, and the other way round, become everybody. Nobody is no term of another. Nor is who would have to be two at once. */
function fitting(access: Access, inbound: GatewayDescription['inbound']): Access {
  if (access.who === 'nobody' || access.who === 'every caller') return access;
  if (access.who === 'all' || access.who === 'any') {
    const terms = access.of.map((term) => fitting(term, inbound)).filter(({ who }) => who !== 'nobody');
    const of = access.who === 'any' ? terms : terms.filter((_term, index) => isPossible({ who: 'all', of: terms.slice(0, index + 1) }));
    return of.length >= 2 ? { who: access.who, of } : of[0] ?? { who: 'nobody' };
  }
  const fits = access.who === 'role' ? byRole(inbound) : inbound === 'JWT';
  return fits ? access : byRole(inbound) ? { who: 'role', role: 'caller' } : { who: 'every caller' };
}

function isPossible(access: Access): boolean {
  return only('caller', access)?.length !== 0 && only('department', access)?.length !== 0;
}

/** The only callers, or departments, that may have the access; nothing where it may be anybody. */
function only(what: 'caller' | 'department', access: Access): string[] | undefined {
  switch (access.who) {
    case 'subject': return what === 'caller' ? [access.subject] : undefined;
    case 'role': return what === 'caller' ? [access.role] : undefined;
    case 'department': return what === 'department' ? [access.department] : undefined;
    case 'all': return access.of.map((term) => only(what, term))
      .reduce((one, other) => (one === undefined || other === undefined ? one ?? other : one.filter((each) => other.includes(each))), undefined);
    case 'any': {
      const values = access.of.map((term) => only(what, term));
      return values.includes(undefined) ? undefined : values.flatMap((each) => each!);
    }
    default: return undefined;
  }
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
}
