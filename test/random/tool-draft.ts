import type { Access, GatewayDescription, ToolDescription } from './description';

/** The nearest rules that the library takes: about callers as they come, and something said of each tool. */
export function toolsFor(drafts: readonly ToolDescription[], inbound: GatewayDescription['inbound']): ToolDescription[] {
  const tools = drafts.filter((draft, index) => drafts.findIndex(({ tool }) => tool === draft.tool) === index).map(({ tool, requires, forbids }): ToolDescription => ({
    tool,
    requires: requires === undefined ? undefined : fitting(requires, inbound),
    forbids: forbids === undefined || fitting(forbids.access, inbound).who === 'nobody' ? undefined : { ...forbids, access: fitting(forbids.access, inbound) },
  }));
  if (tools.some(({ tool, requires }) => tool === '*' && requires !== undefined)) return tools;
  // Without a rule for all of them, something has to be said of each.
  const said = (name: ToolDescription['tool']): ToolDescription => ({ tool: name, requires: { who: 'nobody' }, ...withoutUndefined(tools.find(({ tool }) => tool === name) ?? {}) });
  return [said('read'), said('read_all'), ...tools.filter(({ tool }) => tool === '*')];
}

/** Terms about tokens where callers have none, and the other way round, become everybody. Nobody is no term of another. */
function fitting(access: Access, inbound: GatewayDescription['inbound']): Access {
  if (access.who === 'nobody' || access.who === 'every caller') return access;
  if (access.who === 'all' || access.who === 'any') {
    const of = access.of.map((term) => fitting(term, inbound)).filter(({ who }) => who !== 'nobody');
    return of.length >= 2 ? { who: access.who, of } : of[0] ?? { who: 'nobody' };
  }
  const byRole = access.who === 'role';
  const fits = byRole ? inbound === 'IAM' || inbound === 'any signature' : inbound === 'JWT';
  return fits ? access : inbound === 'IAM' || inbound === 'any signature' ? { who: 'role', role: 'caller' } : { who: 'every caller' };
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
}
