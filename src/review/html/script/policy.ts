/** IAM statements, as a table and as IAM's JSON. */
export const policyScript = String.raw`
const one = (values) => (values.length === 1 ? values[0] : values);
const labelsOf = (statement) => statement.resources || statement.notResources || [];
const arnsOf = (statement) => statement.arns.map((arn, index) => arn.split('\u0001').join(labelsOf(statement)[index]));

function policyJson(statements) {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => {
      const condition = {};
      for (const { operator, key, values } of statement.conditions) condition[operator] = { ...condition[operator], [key]: one(values) };
      return {
        Sid: statement.sid, Effect: statement.effect, Action: one(statement.actions),
        [statement.resources !== undefined ? 'Resource' : 'NotResource']: one(arnsOf(statement)),
        ...(statement.conditions.length > 0 ? { Condition: condition } : {}),
      };
    }),
  }, undefined, 2);
}

function resourceCell(statement) {
  const labels = labelsOf(statement);
  const arns = arnsOf(statement);
  return [statement.resources === undefined ? make('b', {}, 'all but') : undefined,
    labels.map((label, index) => [code(label), label === arns[index] ? undefined : make('code', { class: 'arn' }, bdi(arns[index]))])];
}

function statementTable(caption, statements) {
  return table(caption, ['Sid', 'Effect', 'Actions', 'Resources', 'Conditions'], statements.map((statement) => [
    code(statement.sid),
    make('span', { class: statement.effect.toLowerCase() }, statement.effect),
    statement.actions.map(code),
    resourceCell(statement),
    statement.conditions.map(({ operator, key, values }) => [code(operator), code(key + ' = ' + values.join(' or '))]),
  ]));
}

function policyDetails(title, statements) {
  return later(title + ': ' + (statements.length === 1 ? '1 statement' : statements.length + ' statements'), () => [
    statementTable(title, statements),
    later('The same as IAM’s JSON', () => make('pre', { tabindex: '0' }, policyJson(statements))),
  ]);
}

/* What the owner of a role or a key has to attach. */
const required = (title, document) => later(title, () => make('pre', { tabindex: '0' }, JSON.stringify(document, undefined, 2)));

const wildcards = (object) => (object.remainingWildcards.length === 0 ? []
  : [table('Wildcards that remain', ['Resource', 'Why'], object.remainingWildcards.map(({ resource, reason }) => [code(resource), bdi(reason)]))]);
const leftToOthers = (object) => (object.leftToOthers.length === 0 ? []
  : [make('h3', {}, 'Left to others'), make('ul', {}, object.leftToOthers.map((notice) => make('li', {}, bdi(notice))))]);
`;
