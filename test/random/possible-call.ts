import type { Access, KnownTool, TargetDescription, ToolCallDescription, ToolDescription } from './description';

type Verdict = 'yes' | 'no' | 'maybe';

/** Whether rules that ask for tokens may let these calls through, by what is known before there is a token: a machine client's scopes. */
export function mayCallAll(targets: readonly TargetDescription[], calls: ToolCallDescription['tools'], scopes?: readonly string[]): boolean {
  if (calls.length > 0) return calls.every(({ target, tool }) => mayBeLetIn(targets[target].tools.filter((rule) => rule.tool === tool || rule.tool === '*'), scopes));
  return targets.every((target) => {
    const named = target.tools.filter(({ requires }) => requires !== undefined).map(({ tool }) => tool);
    const forAll = named.includes('*');
    const single: KnownTool[] = forAll || named.length === 0 ? named.filter((name) => name !== '*') : ['read', 'read_all'];
    return (forAll || named.length === 0 || toolsAreKnown(target))
      && (!forAll || mayBeLetIn(target.tools.filter(({ tool }) => tool === '*'), scopes))
      && single.every((name) => mayBeLetIn(target.tools.filter(({ tool }) => tool === name || tool === '*'), scopes));
  });
}

/** Whether it is known at synthesis which tools a target has: an API has more operations than those that are named. */
export function toolsAreKnown({ kind, way }: TargetDescription): boolean {
  return kind === 'Lambda' || (kind === 'MCP server' && way === 'consent');
}

function mayBeLetIn(rules: readonly ToolDescription[], scopes: readonly string[] | undefined): boolean {
  const shut = rules.some(({ requires, forbids }) => requires?.who === 'nobody'
    || (forbids !== undefined && verdict(forbids.access, scopes) === (forbids.unless ? 'no' : 'yes')));
  return !shut && rules.some(({ requires }) => requires !== undefined && verdict(requires, scopes) !== 'no');
}

function verdict(access: Access, scopes: readonly string[] | undefined): Verdict {
  switch (access.who) {
    case 'nobody': return 'no';
    case 'every caller': return 'yes';
    case 'all scopes': return scopes === undefined ? 'maybe' : access.scopes.every((scope) => scopes.includes(scope)) ? 'yes' : 'no';
    case 'any scope': return scopes === undefined ? 'maybe' : access.scopes.some((scope) => scopes.includes(scope)) ? 'yes' : 'no';
    case 'all': return strongest(access.of.map((term) => verdict(term, scopes)), 'no', 'yes');
    case 'any': return strongest(access.of.map((term) => verdict(term, scopes)), 'yes', 'no');
    default: return 'maybe';
  }
}

function strongest(verdicts: readonly Verdict[], decides: Verdict, otherwise: Verdict): Verdict {
  return verdicts.includes(decides) ? decides : verdicts.includes('maybe') ? 'maybe' : otherwise;
}
