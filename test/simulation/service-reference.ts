import { type ActionReference, actionReference, conditionKeyType, matchingActions } from './action-reference';
import type { FakeAccount } from './fake-account';
import { asList, type NamedPolicy, type PolicyStatement, statementName } from './policy-document';
import { policiesOf, type Principal } from './principal-policies';

const SERVICES = ['bedrock-agentcore', 'secretsmanager', 'kms', 'sts'];

/** A statement in one place, with the actions that its patterns stand for. */
interface PlacedStatement {
  readonly where: string;
  readonly statement: PolicyStatement;
  readonly actions: ActionReference[];
  /** Actions that the statement spells out, as opposed to those that a pattern of it happens to cover. */
  readonly exact: ActionReference[];
  readonly findings: string[];
}

/**
 * Compares every policy of a deployment with AWS's service reference, and returns what IAM would accept in silence and
 * never match: actions, ARN shapes and condition keys that do not exist, and required resources that no statement covers.
 */
export async function serviceReferenceFindings(account: FakeAccount, services: string[] = SERVICES): Promise<string[]> {
  const policies = policiesOf(account);
  const ofPrincipals = await Promise.all(policies.principals.map(async principal => principalFindings(principal, services)));
  const ofResources = await Promise.all([...policies.resourcePolicies.values()].map(async policy => {
    const statements = await place(policy, policy.name, services);
    return (await Promise.all(statements.map(async placed => [...placed.findings, ...await conditionFindings(placed)]))).flat();
  }));
  return [...ofPrincipals.flat(), ...ofResources.flat()];
}

async function principalFindings(principal: Principal, services: string[]): Promise<string[]> {
  const statements = (await Promise.all(principal.policies.map(async policy => place(policy, principal.arn, services)))).flat();
  const perStatement = await Promise.all(statements.map(async placed => [
    ...placed.findings, ...resourceFindings(placed), ...await conditionFindings(placed),
  ]));
  return [...perStatement.flat(), ...coverageFindings(principal, statements)];
}

async function place(policy: NamedPolicy, owner: string, services: string[]): Promise<PlacedStatement[]> {
  const statements: PlacedStatement[] = [];
  for (const statement of asList(policy.document.Statement)) {
    const patterns = [...asList(statement.Action), ...asList(statement.NotAction)].filter(action => services.includes(action.split(':')[0]));
    if (patterns.length === 0) continue;
    const where = `${owner}: ${statementName(policy, statement)}`;
    const exact: ActionReference[] = [];
    const covered: ActionReference[] = [];
    const findings: string[] = [];
    for (const pattern of patterns) {
      const names = /[*?]/.test(pattern) ? await matchingActions(pattern) : [pattern];
      const found = (await Promise.all(names.map(actionReference))).filter(reference => reference !== undefined);
      if (found.length === 0) findings.push(`${where}: there is no action ${pattern}`);
      (names[0] === pattern ? exact : covered).push(...found);
    }
    // The actions of a NotAction only have to exist; the statement is about all others.
    if (statement.NotAction) exact.length = covered.length = 0;
    statements.push({ where, statement, exact, actions: [...exact, ...covered], findings });
  }
  return statements;
}

/** A denial may name more than there is; an allowance of a resource that no action works on is a spelling mistake. */
function resourceFindings({ where, statement, actions }: PlacedStatement): string[] {
  if (statement.Effect !== 'Allow' || actions.length === 0) return [];
  const findings: string[] = [];
  for (const resource of asList(statement.Resource)) {
    const fits = (action: ActionReference) => resource === '*' ? action.resourceTypes.length === 0 : covers(action, resource);
    if (!actions.some(fits)) findings.push(`${where}: no action of it works on ${resource}`);
  }
  return findings;
}

function covers(action: ActionReference, resource: string): boolean {
  return action.resourceTypes.some(type => type.matches(resource));
}

/** AWS checks every required resource of an action; leaving one out makes the whole statement useless. */
function coverageFindings(principal: Principal, statements: PlacedStatement[]): string[] {
  const allows = statements.filter(({ statement }) => statement.Effect === 'Allow');
  const actions = new Map(allows.flatMap(({ exact }) => exact).map(action => [action.action, action]));
  return [...actions.values()].flatMap(action => {
    const resources = allows.filter(placed => placed.actions.some(other => other.action === action.action))
      .flatMap(({ statement }) => statement.NotResource ? ['*'] : asList(statement.Resource));
    return action.resourceTypes
      .filter(type => type.required && !resources.some(resource => resource === '*' || type.matches(resource)))
      .map(type => `${principal.arn}: ${action.action} is allowed on no ${type.name}, which it requires`);
  });
}

async function conditionFindings({ where, statement, exact, actions }: PlacedStatement): Promise<string[]> {
  const findings: string[] = [];
  for (const [operator, entries] of Object.entries(statement.Condition ?? {})) {
    for (const key of Object.keys(entries)) {
      const type = await conditionKeyType(key);
      if (type === undefined) {
        findings.push(`${where}: there is no condition key ${key}`);
        continue;
      }
      const without = exact.filter(action => !action.supports(key)).map(action => action.action);
      if (without.length > 0) findings.push(`${where}: ${without.join(', ')} does not know the condition key ${key}`);
      else if (actions.length > 0 && !actions.some(action => action.supports(key))) findings.push(`${where}: no action of it knows ${key}`);
      if (operator === 'Null') continue;
      const quantified = /^For(AnyValue|AllValues):/.test(operator);
      if (quantified !== type.startsWith('ArrayOf')) findings.push(`${where}: ${operator} does not fit ${key}, which is a ${type}`);
      if (statement.Effect === 'Allow' && operator.startsWith('ForAllValues:') && statement.Condition?.Null?.[key] === undefined) {
        findings.push(`${where}: ${operator} also allows requests without ${key}`);
      }
    }
  }
  return findings;
}
