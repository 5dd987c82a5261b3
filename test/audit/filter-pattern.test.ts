import { matches } from './filter-pattern';

const EVENT = { eventName: 'GetObject', errorCode: 'AccessDeniedException', userIdentity: { invokedBy: 'x' } };

describe('the reading of filter patterns', () => {
  test.each([
    ['{ $.eventName = "GetObject" }', true],
    ['{ $.eventName = "Get" }', false],
    ['{ $.errorCode = "AccessDenied*" }', true],
    ['{ $.errorCode != "AccessDenied*" }', false],
    ['{ $.userIdentity.invokedBy NOT EXISTS }', false],
    ['{ $.userIdentity.arn NOT EXISTS }', true],
    ['{ ($.eventName = "GetObject") && ($.errorCode = "No") }', false],
    ['{ ($.eventName = "GetObject") || ($.errorCode = "No") }', true],
    ['{ ($.a NOT EXISTS) || (($.a != "b") && ($.a != "c")) }', true],
  ])('%s: %s', (pattern, expected) => expect(matches(pattern, EVENT)).toBe(expected));

  test.each([
    ['{ $.missing != "x" }', 'depends on how a missing field is read'],
    ['{ ($.a = "b") && ($.c = "d") || ($.e = "f") }', '&& expected'],
    ['{ $.a = "*b*" }', 'no * but at its end'],
    ['{ $.a = b }', 'is not a text in quotes'],
    ['{ $.a > 3 }', 'cannot read'],
    ['{ $.a = "b" } x', 'more after the end'],
  ])('%s is refused', (pattern, message) => expect(() => matches(pattern, EVENT)).toThrow(message));
});
