import { Lazy } from 'aws-cdk-lib';
import { DeclarationError } from '../../src/declaration/declaration-error';
import { Problem, renderProblem, show } from '../../src/declaration/problem';
import { Problems, refuse } from '../../src/declaration/problems';

const PROBLEM: Problem = { code: 'Test/Problem', what: 'the name is not valid', received: '*', allowed: 'letters', fix: 'Change the name.' };
const { received, allowed, ...bare } = PROBLEM;

describe('a message', () => {
  test.each<[string, Problem, string | undefined, string]>([
    ['in full', PROBLEM, 'Sales/Scheduler', 'the name is not valid; received "*"; allowed: letters. Change the name. [Test/Problem] at Sales/Scheduler'],
    ['without construct', PROBLEM, undefined, 'the name is not valid; received "*"; allowed: letters. Change the name. [Test/Problem]'],
    ['at the root of the tree', PROBLEM, '', 'the name is not valid; received "*"; allowed: letters. Change the name. [Test/Problem]'],
    ['without what was received', { ...bare, allowed }, undefined, 'the name is not valid; allowed: letters. Change the name. [Test/Problem]'],
    ['without what is allowed', { ...bare, received }, undefined, 'the name is not valid; received "*". Change the name. [Test/Problem]'],
    ['where nothing was received', { ...bare, received: undefined }, undefined, 'the name is not valid; received nothing. Change the name. [Test/Problem]'],
  ])('%s', (_which, problem, path, expected) => {
    expect(renderProblem(problem, path)).toBe(expected);
  });
});

describe('a received value is shown', () => {
  class Widget {}

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['text', 'a', '"a"'],
    ['empty text', '', '""'],
    ['text with quotes and line ends, on one line', 'a"b\nc', '"a\\"b\\nc"'],
    ['a number', 1.5, '1.5'],
    ['not a number', NaN, 'NaN'],
    ['yes or no', false, 'false'],
    ['a list', ['a', 1, undefined, null], '["a", 1, nothing, null]'],
    ['an empty list', [], '[]'],
    ['a list in a list', [['a']], '[["a"]]'],
    ['an object, by its class and never by its content', new Widget(), 'an object of class Widget'],
    ['a plain object', { secret: 'x' }, 'an object of class Object'],
    ['an object without class', Object.create(null), 'an object of class Object'],
    ['a deploy-time value, without the number of its token', Lazy.string({ produce: () => 'a' }), 'a value known only at deployment'],
    ['a text with a deploy-time value in it', `a-${Lazy.string({ produce: () => 'b' })}`, 'a value known only at deployment'],
    ['160 characters', 'x'.repeat(158), `"${'x'.repeat(158)}"`],
    ['more than 160 characters', 'x'.repeat(159), `"${'x'.repeat(159)}…`],
    ['a long list', Array(100).fill('abc'), `[${'"abc", '.repeat(22)}"abc"…`],
  ])('%s', (_which, value, expected) => {
    expect(show(value)).toBe(expected);
  });
});

describe('problems', () => {
  test('none: nothing is raised', () => {
    const problems = new Problems('Sales');
    expect(problems.any).toBe(false);
    expect(() => problems.raise()).not.toThrow();
  });

  test('several come in one error, each on a line of its own', () => {
    const problems = new Problems('Sales');
    problems.add(PROBLEM);
    problems.addAll([{ ...PROBLEM, code: 'Test/Second' }]);
    expect(problems.expect(true, { ...PROBLEM, code: 'Test/Third' })).toBe(true);
    expect(problems.expect(false, { ...PROBLEM, code: 'Test/Fourth' })).toBe(false);
    const error = caught(() => problems.raise());
    expect(error.codes).toEqual(['Test/Problem', 'Test/Second', 'Test/Fourth']);
    expect(error.message.split('\n')).toEqual(problems.messages());
  });

  test('a single one is raised at once', () => {
    const error = caught(() => refuse(PROBLEM, 'Sales'));
    expect(error).toMatchObject({ name: 'DeclarationError', codes: ['Test/Problem'] });
    expect(error).toBeInstanceOf(Error);
  });
});

function caught(call: () => unknown): DeclarationError {
  try {
    call();
  } catch (error) {
    return error as DeclarationError;
  }
  throw new Error('Nothing was raised.');
}
