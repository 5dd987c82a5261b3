import { agentNamed, PartRole, roleAt, roleName, rolesOfAgent } from '../../src/assertion/asserted-roles';
import { AccessExplanation, DecidingStatement, explain as explainStatements } from '../../src/containment/explanation';
import { DEPLOYMENT_KEY } from '../../src/containment/key-constraint';
import { PolicyStatement } from '../../src/containment/policy-statement';
import type { AgentAccess } from '../../src/review/access-model';
import { oneLine } from '../../src/review/html/html-text';
import { PlacedStatement } from '../../src/synthesized/policy-document';
import { PrincipalPolicies } from '../../src/synthesized/principal-policies';
import { givenApp } from '../app-source';
import { expectRequest } from '../asked-request';
import { json, put } from '../output';
import { UsageError } from '../usage-error';

export interface ExplainCommandOptions {
  readonly app: string;
  readonly format: string;
  readonly part?: string;
  /** `key=value`; a key that is given twice has both values. */
  readonly context: readonly string[];
}

/** Why a role may do something or not: which statement decides, and which capability it is there for. */
interface Answer {
  readonly role: string;
  readonly part?: string;
  readonly answer: AccessExplanation['answer'] | 'outside of the boundary';
  readonly statements: readonly Deciding[];
  /** Policies that the app does not hold, so that they may allow more. */
  readonly unread: readonly string[];
}

interface Deciding {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly where: string;
  readonly capabilities: readonly string[];
  readonly dependsOn: readonly string[];
}

/** Answers for each role of an agent, or for one role. */
export function explain(who: string, action: string, resource: string, options: ExplainCommandOptions): void {
  const { app, model } = givenApp(options.app);
  const context = contextOf(options.context);
  const agent = model?.agents.some(({ path, identity }) => path === who || identity.name === who || path.endsWith(`/${who}`)) === true ? agentNamed(app, who) : undefined;
  const parts: readonly (PartRole | { readonly part?: undefined; readonly role: PrincipalPolicies })[] = agent !== undefined
    ? rolesOfAgent(app, agent, options.part)
    : [{ role: roleAt(app, who) }];
  expectRequest(action, resource, parts.flatMap(({ role }) => role.statements.flatMap(({ statement }) => statement.resources ?? [])));
  const answers = parts.map(({ part, role }): Answer => {
    const { boundary, foreignPolicies } = role;
    const judge = (placed: readonly PlacedStatement[]): Pick<Answer, 'answer' | 'statements'> => {
      const judged = new Map(placed.map((each) => [underConditions(each), each] as const));
      const { answer, statements } = explainStatements([...judged.keys()], { action, resource, context });
      return { answer, statements: statements.map((deciding) => decidingStatement(deciding, judged.get(deciding.statement)!, agent)) };
    };
    const own = judge(role.statements);
    return {
      role: roleName(role),
      ...(part !== undefined ? { part: part.name } : {}),
      ...(boundary?.statements === undefined ? own : within(own, judge(boundary.statements))),
      unread: [...foreignPolicies, ...role.unread.map(({ place, why }) => `${place.resource.path} ${place.location}: ${why}`), ...(boundary !== undefined && boundary.statements === undefined ? [`the boundary ${boundary.arn}`] : [])],
    };
  });
  put(options.format === 'json' ? json({ version: '1.0', action, resource, context, answers }) : plain(action, resource, answers));
}

/** What a permissions boundary leaves of an answer: it can only take away. */
function within(own: Pick<Answer, 'answer' | 'statements'>, boundary: Pick<Answer, 'answer' | 'statements'>): Pick<Answer, 'answer' | 'statements'> {
  if (own.answer === 'denied' || own.answer === 'not allowed') {
    return own;
  }
  switch (boundary.answer) {
    case 'allowed': return own;
    case 'depends': return { answer: 'depends', statements: [...own.statements, ...boundary.statements] };
    case 'denied': return boundary;
    default: return { answer: 'outside of the boundary', statements: [] };
  }
}

/** A statement that stands only under conditions of the template decides nothing for certain. */
function underConditions({ statement, onlyIf }: PlacedStatement): PolicyStatement {
  return onlyIf.length === 0 ? { ...statement } : { ...statement, conditions: [...statement.conditions, { operator: 'Bool', key: `${DEPLOYMENT_KEY}${onlyIf.join(' or ')}`, values: ['true'] }] };
}

function decidingStatement({ dependsOn, dependsOnDeployment }: DecidingStatement, { statement, place, onlyIf }: PlacedStatement, agent?: AgentAccess): Deciding {
  const { sid } = statement;
  const causes = agent === undefined || sid === undefined ? [] : agent.capabilities.filter(({ statements }) => statements.includes(sid));
  return {
    ...(sid !== undefined ? { sid } : {}),
    effect: statement.effect,
    where: `${place.resource.path}, ${place.location}`,
    capabilities: causes.map(({ kind, provider, reason }) => `${kind} with ${provider}: ${reason}`),
    dependsOn: [
      ...dependsOn.filter(({ key }) => !key.startsWith(DEPLOYMENT_KEY)).map(({ operator, key, values }) => `${operator} ${key}: ${values.join(' or ')}`),
      ...(dependsOnDeployment ? ['a value that deployment fills in'] : []),
      ...onlyIf.map((branch) => `the template's condition ${branch}`),
    ],
  };
}

/** A key that is given once has one value, unlike one that is given repeatedly. */
function contextOf(pairs: readonly string[]): Record<string, string | string[]> {
  const context: Record<string, string[]> = {};
  for (const pair of pairs) {
    const separator = pair.indexOf('=');
    if (separator < 1) {
      throw new UsageError(`--context takes key=value, not ${pair}`, 'Write for example --context bedrock-agentcore:InboundJwtClaim/iss=https://issuer.example.com.');
    }
    (context[pair.slice(0, separator)] ??= []).push(pair.slice(separator + 1));
  }
  return Object.fromEntries(Object.entries(context).map(([key, values]) => [key, values.length === 1 ? values[0] : values]));
}

const WORDS: Readonly<Record<Answer['answer'], string>> = {
  'allowed': 'ALLOWED',
  'denied': 'DENIED, whatever else is attached',
  'not allowed': 'NOT ALLOWED by the policies of the role: no statement of the app allows it',
  'depends': 'DEPENDS on the request',
  'outside of the boundary': 'NOT ALLOWED: the permissions boundary does not allow it',
};

function plain(action: string, resource: string, answers: readonly Answer[]): string {
  const lines = [
    `${action} on ${resource}`,
    ...answers.flatMap(({ role, part, answer, statements, unread }) => [
      '',
      `${part === undefined ? `Role ${role}` : `Part ${part}, role ${role}`}: ${WORDS[answer]}`,
      ...statements.flatMap(({ sid, effect, where, capabilities, dependsOn }) => [
        `  ${effect} ${sid ?? '(no Sid)'}, in ${where}`,
        ...capabilities.map((capability) => `    for: ${capability}`),
        ...dependsOn.map((condition) => `    if:  ${condition}`),
      ]),
      ...unread.map((policy) => `  not in the app, so not judged: ${policy}`),
    ]),
  ];
  return lines.map(oneLine).join('\n');
}
