import { Token } from 'aws-cdk-lib';
import { InputTest, InputTestCondition } from '../cedar/cedar-condition';
import { isCedarText } from '../cedar/cedar-text';
import { Problem } from '../declaration/problem';
import { refuse } from '../declaration/problems';

/** Bounds of a number, both inclusive. At least one is needed. */
export interface NumberRange {
  /**
   * The lowest value.
   *
   * @default - not limited
   */
  readonly atLeast?: number;

  /**
   * The highest value.
   *
   * @default - not limited
   */
  readonly atMost?: number;
}

/**
 * A condition on an argument of a tool call. An argument that is missing does not fulfil it.
 *
 * An argument of an argument is named by a path with dots: `order.total`.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-conditions.html
 */
export class InputCondition {
  /**
   * A text that is one of these.
   *
   * @throws [InputCondition/Argument] when the name of the argument is not valid
   * @throws [InputCondition/Value] when there is no value, or one that only deployment knows
   */
  public static textIsOneOf(argument: string, ...values: string[]): InputCondition {
    const good = values.length > 0 && values.every(isLiteralText);
    return new InputCondition(argument, 'string', { operator: 'equals', values }, `is one of ${values.join(', ')}`, good ? undefined : valueProblem(values));
  }

  /**
   * A text that begins with this.
   *
   * @throws [InputCondition/...] as `textIsOneOf`
   */
  public static textStartsWith(argument: string, value: string): InputCondition {
    return new InputCondition(argument, 'string', { operator: 'startsWith', value }, `starts with ${value}`, isLiteralText(value) && value !== '' ? undefined : valueProblem(value));
  }

  /**
   * A whole number in a range.
   *
   * @throws [InputCondition/...] as `textIsOneOf`
   */
  public static integerIn(argument: string, bounds: NumberRange): InputCondition {
    return numeric(argument, 'integer', bounds, (value) => Number.isSafeInteger(value));
  }

  /**
   * A number in a range, compared with four decimal places.
   *
   * @throws [InputCondition/...] as `textIsOneOf`
   */
  public static decimalIn(argument: string, bounds: NumberRange): InputCondition {
    return numeric(argument, 'number', bounds, (value) => Math.abs(value) <= 900_000_000_000_000 && Number(value.toFixed(4)) === value);
  }

  /**
   * A flag that is set, or not set.
   *
   * @throws [InputCondition/...] as `textIsOneOf`
   */
  public static flagIs(argument: string, value: boolean): InputCondition {
    return new InputCondition(argument, 'boolean', { operator: 'is', value }, `is ${value}`, typeof value === 'boolean' ? undefined : valueProblem(value));
  }

  /** @internal */
  public static _make(argument: string, type: string, test: InputTest, words: string, problem?: Problem): InputCondition {
    return new InputCondition(argument, type, test, words, problem);
  }

  /** The condition in words. */
  public readonly description: string;

  /** @internal */
  public readonly _path: readonly string[];

  private constructor(
    argument: string,
    /** @internal JSON schema's type of the argument. */
    public readonly _type: string,
    private readonly test: InputTest,
    words: string,
    problem?: Problem,
  ) {
    if (typeof argument !== 'string' || Token.isUnresolved(argument) || !/^[^.\s]+(\.[^.\s]+)*$/.test(argument) || !isCedarText(argument)) {
      refuse({ code: 'InputCondition/Argument', what: 'name of the argument is not valid', received: argument, allowed: 'a name, or names with dots between them', fix: 'Name the argument as the tool does.' });
    }
    if (problem !== undefined) {
      refuse(problem);
    }
    this.description = `${argument} ${words}`;
    this._path = argument.split('.');
  }

  /** @internal */
  public get _condition(): InputTestCondition {
    return { kind: 'input', path: this._path, test: this.test };
  }
}

function numeric(argument: string, type: 'integer' | 'number', range: NumberRange, isGood: (value: number) => boolean): InputCondition {
  const { atLeast, atMost } = range;
  const bounds = [atLeast, atMost].filter((bound): bound is number => bound !== undefined);
  const good = bounds.length > 0 && bounds.every((bound) => typeof bound === 'number' && !Token.isUnresolved(bound) && Number.isFinite(bound) && isGood(bound))
    && (atLeast === undefined || atMost === undefined || atLeast <= atMost);
  const words = [...(atLeast !== undefined ? [`at least ${atLeast}`] : []), ...(atMost !== undefined ? [`at most ${atMost}`] : [])].join(' and ');
  const operator = type === 'integer' ? 'integerBetween' : 'decimalBetween';
  return InputCondition._make(argument, type, { operator, atLeast, atMost }, words, good ? undefined : valueProblem(bounds));
}

function isLiteralText(value: unknown): boolean {
  return typeof value === 'string' && !Token.isUnresolved(value) && isCedarText(value);
}

function valueProblem(received: unknown): Problem {
  return {
    code: 'InputCondition/Value',
    what: 'value of the condition is not valid',
    received,
    allowed: 'values known at synthesis, texts without control characters, numbers within Cedar\'s precision, a range that is not empty',
    fix: 'Write the value out.',
  };
}
