import { Token } from 'aws-cdk-lib';
import { CedarCondition } from '../cedar/cedar-condition';
import { ClaimShape } from '../cedar/claim-shape';

/** The only values that something may have so that a condition holds, by what it is. Of all else nothing is said. */
type Values = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What would have to be two things at once for a condition to hold: it never does. Nothing where none is found; of claims that
 * list values, of ranges, and of what only deployment knows, nothing is said.
 */
export function contradiction(condition: CedarCondition): string | undefined {
  return [...valuesFor(condition)].find(([, values]) => values.size === 0)?.[0];
}

function valuesFor(condition: CedarCondition): Values {
  switch (condition.kind) {
    case 'principal': {
      // Of a role's ARN, the name tells it apart; what stands before it may be known only at deployment.
      const name = condition.type === 'IamEntity' ? condition.id.slice(condition.id.lastIndexOf('/') + 1) : condition.id;
      return Token.isUnresolved(name) ? new Map() : new Map([['the caller', new Set([name])]]);
    }
    case 'claim': return condition.shape === ClaimShape.SINGLE ? new Map([[`the claim ${condition.claim}`, new Set([condition.value])]]) : new Map();
    case 'input': {
      const { path, test } = condition;
      const values = test.operator === 'equals' ? test.values : test.operator === 'is' ? [String(test.value)] : undefined;
      return values !== undefined ? new Map([[`the argument ${path.join('.')}`, new Set(values)]]) : new Map();
    }
    case 'all': return condition.of.map(valuesFor).reduce(both, new Map());
    case 'any': return condition.of.map(valuesFor).reduce(either);
    default: return new Map();
  }
}

function both(one: Values, other: Values): Values {
  return new Map([...one, ...other].map(([what]) => {
    const [left, right] = [one.get(what), other.get(what)];
    return [what, left === undefined ? right! : right === undefined ? left : new Set([...left].filter((value) => right.has(value)))];
  }));
}

function either(one: Values, other: Values): Values {
  return new Map([...one].filter(([what]) => other.has(what)).map(([what, values]) => [what, new Set([...values, ...other.get(what)!])]));
}
