import { runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { ACTIONS, CONTEXT_VALUES, Dice } from './random-policies';
import { writtenStatement } from './written-statement';
import type { PolicyStatement } from '../../src/containment/policy-statement';

export interface SimulatedRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether IAM, as an independent simulator sees it, allows a request to a role with these statements. */
export function isAllowed(statements: readonly PolicyStatement[], { action, resource, context }: SimulatedRequest): boolean {
  if (statements.length === 0) {
    return false;
  }
  const simulation: Simulation = {
    request: {
      principal: 'arn:aws:iam::111122223333:role/agent',
      action,
      resource: { resource, accountId: '111122223333' },
      contextVariables: context as Record<string, string | string[]>,
    },
    identityPolicies: [{ name: 'policy', policy: { Version: '2012-10-17', Statement: statements.map(writtenStatement) } }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  return runUnsafeSimulation(simulation, {}) === 'Allowed';
}

/** Statements as deployment makes them. */
export function deployed(statements: readonly PolicyStatement[], values: Readonly<Record<string, string>>): PolicyStatement[] {
  const fill = (texts: readonly string[] | undefined) => texts?.map((text) => filled(text, values));
  return statements.map((statement) => ({
    ...statement,
    ...(statement.resources !== undefined ? { resources: fill(statement.resources) } : {}),
    ...(statement.notResources !== undefined ? { notResources: fill(statement.notResources) } : {}),
  }));
}

export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((whole, [name, value]) => whole.split(`\${${name}}`).join(value), text);
}

/** Requests at the edges of the patterns: what each just matches, and what it just does not. */
export function requestsAround(dice: Dice, statements: readonly PolicyStatement[], count: number): SimulatedRequest[] {
  const patterns = statements.flatMap(({ resources = [], notResources = [] }) => [...resources, ...notResources]);
  const resources = [...new Set(patterns.flatMap((pattern) => ['', 'x', 'ab', '-', 'b'].flatMap((fill) => around(pattern, fill))))].filter((arn) => /^arn:[^:]*:[^:]+:/.test(arn) && arn.split(':').length >= 6);
  const actions = [...ACTIONS, 'bedrock-agentcore:CreateGateway', 'secretsmanager:XetSecretValue', 's3:GetObject'];
  const keys = new Set(statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase())));
  const used = Object.entries(CONTEXT_VALUES).filter(([key]) => keys.has(key.toLowerCase()));
  const everywhere = ['arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/zz', 'arn:aws-cn:bedrock-agentcore:us-east-1:999999999999:gateway/g'];
  return Array.from({ length: count }, () => ({
    action: dice.one(actions),
    resource: dice.one([...resources, ...everywhere]),
    context: Object.fromEntries(used.flatMap(([key, values]) => (dice.chance(70) ? [[key, dice.one(values)]] : []))),
  }));
}

function around(pattern: string, fill: string): string[] {
  const made = pattern.replace(/\*/g, fill).replace(/\?/g, fill.slice(0, 1) || 'q');
  return [made, `${made}x`, made.slice(0, -1), made.replace('eu-west-1', 'us-east-1')];
}
