import type { Expr, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { TextTest } from './matching-text';

/** What a policy asks of one thing of a call: a claim (`tag scope`), an argument (`input order.total` as JSON) or the caller. */
export interface Demand {
  readonly of: 'tag' | 'input' | 'principal';
  readonly path: readonly string[];
  readonly test: DemandTest;
  readonly wanted: boolean;
}

export type DemandTest =
  | { readonly kind: 'present' }
  | { readonly kind: 'text'; readonly fits: TextTest['fits'] }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'integer' | 'decimal'; readonly operator: Comparison; readonly bound: number };

export type Comparison = '==' | '<' | '<=' | '>' | '>=';

/** A condition as alternatives of demands. */
export type Formula =
  | { readonly kind: 'all' | 'any'; readonly of: readonly [Formula, Formula] }
  | { readonly kind: 'demand'; readonly demand: Demand }
  | { readonly kind: 'constant'; readonly value: boolean };

const DECIMAL_METHODS: Record<string, Comparison> = { greaterThanOrEqual: '>=', lessThanOrEqual: '<=', greaterThan: '>', lessThan: '<' };

/** The policy's conditions, `when` and `unless`, as one formula. What is not understood is an error. */
export function formulaOf({ conditions }: PolicyJson): Formula {
  return conditions.map(({ kind, body }) => formulaFor(body, kind === 'when'))
    .reduce((left, right): Formula => ({ kind: 'all', of: [left, right] }), { kind: 'constant', value: true } as Formula);
}

/** All that a formula asks, in whichever alternative. */
export function demandsOf(formula: Formula): Demand[] {
  switch (formula.kind) {
    case 'constant': return [];
    case 'demand': return [formula.demand];
    default: return formula.of.flatMap(demandsOf);
  }
}

/** The claims that a formula asks for. */
export function claimsOf(formula: Formula): string[] {
  return demandsOf(formula).filter(({ of }) => of === 'tag').map(({ path }) => path[0]);
}

function formulaFor(expression: Expr, wanted: boolean): Formula {
  const [operator, argument] = Object.entries(expression)[0] as [string, any];
  const demand = (of: Demand['of'], path: readonly string[], test: DemandTest): Formula => ({ kind: 'demand', demand: { of, path, test, wanted } });
  switch (operator) {
    case 'Value': return { kind: 'constant', value: (argument === true) === wanted };
    case '!': return formulaFor(argument.arg, !wanted);
    case '&&':
    case '||': return { kind: (operator === '&&') === wanted ? 'all' : 'any', of: [formulaFor(argument.left, wanted), formulaFor(argument.right, wanted)] };
    case 'hasTag': return demand('tag', [argument.right.Value], { kind: 'present' });
    case 'has': {
      const path = inputPath(argument.left);
      return path === undefined && argument.attr === 'input' ? { kind: 'constant', value: wanted } : demand('input', [...known(path, expression), argument.attr], { kind: 'present' });
    }
    case 'like': return demand(...thing(argument.left), { kind: 'text', fits: argument.pattern });
    case '!=': return formulaFor({ '==': argument }, !wanted);
    case '==':
    case '<': case '<=': case '>': case '>=': return demand(...thing(argument.left), valueTest(operator, argument.right, expression));
    default: {
      const bound = argument[1]?.decimal?.[0]?.Value;
      if (!(operator in DECIMAL_METHODS) || bound === undefined) throw notUnderstood(expression);
      return demand(...thing(argument[0]), { kind: 'decimal', operator: DECIMAL_METHODS[operator], bound: Number(bound) });
    }
  }
}

function thing(expression: any): [Demand['of'], readonly string[]] {
  if (expression.Var === 'principal') return ['principal', []];
  return expression.getTag !== undefined ? ['tag', [expression.getTag.right.Value]] : ['input', known(inputPath(expression), expression)];
}

function valueTest(operator: Comparison, { Value: value }: any, expression: Expr): DemandTest {
  if (typeof value === 'number') return { kind: 'integer', operator, bound: value };
  if (operator === '==' && typeof value === 'string') return { kind: 'text', fits: value };
  if (operator === '==' && typeof value === 'boolean') return { kind: 'flag', value };
  if (operator === '==' && typeof value?.__entity?.id === 'string') return { kind: 'text', fits: value.__entity.id };
  throw notUnderstood(expression);
}

/** The names behind `context.input`; nothing for `context` itself. */
function inputPath(expression: any): string[] | undefined {
  if (expression.Var === 'context') return undefined;
  const { left, attr } = expression['.'] ?? {};
  if (left === undefined) throw notUnderstood(expression);
  const before = inputPath(left);
  return before === undefined && attr === 'input' ? [] : [...known(before, expression), attr];
}

function known<T>(value: T | undefined, expression: unknown): T {
  if (value === undefined) throw notUnderstood(expression);
  return value;
}

function notUnderstood(expression: unknown): Error {
  return new Error(`this check does not understand ${JSON.stringify(expression)}`);
}
