import { Change } from './change';
import { iamChanges } from './iam-comparison';
import { differing } from './matched';
import { PolicyStatement } from '../containment/policy-statement';
import { StatementAccess } from '../review/access-model';

/** Statements of a report. An ARN says which resource it is; in a report without ARNs a label does, as far as it can. */
function labelledStatements(statements: readonly StatementAccess[]): PolicyStatement[] {
  return statements.map((statement) => {
    const { sid, effect, actions, resources, notResources, arns: _arns, conditions, ...unknown } = statement;
    return {
      sid,
      effect,
      actions,
      ...(resources !== undefined ? { resources: resourcesOf(resources, statement) } : {}),
      ...(notResources !== undefined ? { notResources: resourcesOf(notResources, statement) } : {}),
      conditions: [
        ...conditions.flatMap(({ operator, key, values, ...more }) => [
          { operator, key, values: values.map((value) => atDeployment(value, key)) },
          ...unknownMembers(more, key),
        ]),
        ...unknownMembers(unknown, ''),
      ],
    };
  });
}

/**
 * What became of statements as the report has them. `decided`: what the policies of the templates say about them, which counts; then it
 * is only told that the report says something else. Without templates the report decides.
 */
export function statementChanges(
  place: Pick<Change, 'subject' | 'of' | 'what'>, before: readonly StatementAccess[], now: readonly StatementAccess[], decided: readonly Change[] | undefined,
): Change[] {
  if (decided !== undefined && decided.length > 0) {
    return [];
  }
  const changes = iamChanges(place, { statements: labelledStatements(before) }, { statements: labelledStatements(now) });
  if (changes.length > 0) {
    return decided === undefined ? changes : [{ ...place, kind: 'changed', what: `${place.what}: the report has other statements, the templates do not` }];
  }
  const { removed, added } = differing(namesIn(before), namesIn(now));
  return removed.length + added.length === 0 ? [] : [{ ...place, kind: 'changed', what: `${place.what}: names of resources`, before: removed.join(', '), now: added.join(', ') }];
}

/** What a later version says of a statement may limit it or not. */
function unknownMembers(members: object, of: string): PolicyStatement['conditions'] {
  return Object.entries(members).map(([name, value]) => ({ operator: 'unknown member', key: `${of} ${name}`.trim(), values: [JSON.stringify(value)] }));
}

/** `*` stands for itself. */
function resourcesOf(labels: readonly string[], { arns = [] }: StatementAccess): string[] {
  return labels.map((label, index) => {
    const arn = arns.length === labels.length ? arns[index] : undefined;
    return arn !== undefined ? atDeployment(arn, label) : label === '*' ? '*' : `arn:aws:labelled:::${atDeployment(label, label)}`;
  });
}

/** What the report leaves to deployment stays unknown: the same in the same words of the same resource. */
function atDeployment(text: string, of: string): string {
  const name = (words: string) => `\${${words.replace(/[${}*?]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)}}`;
  const whole = `(ARN of ${of})`;
  return text === whole ? name(`ARN of ${of}`) : text.split(whole).join(name(`ARN of ${of}`)).replace(/\(known at deployment\)/g, name(`known at deployment, of ${of}`));
}

function namesIn(statements: readonly StatementAccess[]): string[] {
  return [...new Set(statements.flatMap(({ resources = [], notResources = [], arns = [] }) => [...resources, ...notResources, ...arns]))].sort();
}
