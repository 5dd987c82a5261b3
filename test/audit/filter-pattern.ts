/** A JSON value of an event. */
type Json = unknown;

/** What `!=` makes of a field that is missing. AWS does not say, so a pattern has to mean the same under both readings. */
export type Missing = 'differs' | 'does not match';

type Test = (event: Json, missing: Missing) => boolean;

/**
 * Whether a JSON filter pattern of CloudWatch Logs matches an event: `=` and `!=` with texts that may end in `*`, `NOT EXISTS`, `&&`, `||`
 * and parentheses. Refuses everything else, and `&&` beside `||` without parentheses, whose order a reader could mistake.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function matches(pattern: string, event: Json): boolean {
  const test = parse(pattern);
  const [one, other] = (['differs', 'does not match'] as const).map((missing) => test(event, missing));
  if (one !== other) {
    throw new Error(`what this matches depends on how a missing field is read: ${pattern}`);
  }
  return one;
}

function parse(pattern: string): Test {
  const tokens = pattern.match(/\$[A-Za-z0-9_.]+|"[^"]*"|&&|\|\||!=|=|NOT EXISTS|[(){}]|\S+/g) ?? [];
  const take = (expected?: string): string => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`${expected ?? 'something'} expected, got ${token} in ${pattern}`);
    }
    return token;
  };
  const comparison = (field: string): Test => {
    const operator = take();
    if (!/^\$\.[A-Za-z]/.test(field) || !['=', '!=', 'NOT EXISTS'].includes(operator)) {
      throw new Error(`cannot read ${field} ${operator} in ${pattern}`);
    }
    if (operator === 'NOT EXISTS') {
      return (event) => valueAt(event, field) === undefined;
    }
    const text = take();
    if (!/^"[^"*]+\*?"$/.test(text)) {
      throw new Error(`${text} is not a text in quotes with no * but at its end: ${pattern}`);
    }
    const isText = (value: Json) => (text.endsWith('*"') ? String(value).startsWith(text.slice(1, -2)) : value === text.slice(1, -1));
    return (event, missing) => {
      const value = valueAt(event, field);
      return operator === '=' ? value !== undefined && isText(value) : value === undefined ? missing === 'differs' : !isText(value);
    };
  };
  const term = (): Test => {
    const token = take();
    if (token !== '(') {
      return comparison(token);
    }
    const inner = expression();
    take(')');
    return inner;
  };
  const expression = (): Test => {
    const terms = [term()];
    const operator = tokens[0];
    while (tokens[0] === '&&' || tokens[0] === '||') {
      take(operator);
      terms.push(term());
    }
    return (event, missing) => (operator === '||' ? terms.some((each) => each(event, missing)) : terms.every((each) => each(event, missing)));
  };
  take('{');
  const whole = expression();
  take('}');
  if (tokens.length > 0) {
    throw new Error(`more after the end: ${tokens.join(' ')}`);
  }
  return whole;
}

function valueAt(event: Json, field: string): Json {
  return field.slice(2).split('.').reduce<Json>((value, key) => (value as Record<string, Json> | undefined)?.[key], event);
}
