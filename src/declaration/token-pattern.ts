import { Stack, Token, Tokenization } from 'aws-cdk-lib';
import { DeclarationError } from './declaration-error';
import { Problem } from './problem';

/** What IAM does not take as it stands. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
const PATTERN = /[*?]|\$\{/;

/** What ends a text of Cedar, or changes what follows. */
const END_OF_TEXT = /["\\\r\n]/;

const KNOWN = new WeakMap<Stack, Map<string, string[]>>();

/**
 * Expects that no token brings a wildcard or a variable into a policy. A name that synthesis fills in, as by `Lazy`, is looked at only
 * here: when it was declared, it was not known.
 *
 * @throws [Policy/PatternInToken]
 */
export function expectNoPatternInTokens(stack: Stack, document: unknown, path: string): void {
  raise(patternInTokens(stack, document), path);
}

/** The same, as problems. */
export function patternInTokens(stack: Stack, document: unknown): Problem[] {
  return found(stack, document, PATTERN, 'a value of a policy, which only synthesis fills in, holds a wildcard or a variable');
}

/**
 * The same for a Cedar policy, in which a quote would end the text.
 *
 * @throws [Policy/PatternInToken]
 */
export function expectNoQuoteInTokens(stack: Stack, statement: string, path: string): void {
  raise(found(stack, statement, END_OF_TEXT, 'a value of a Cedar policy, which only synthesis fills in, holds a quote, a backslash or the end of a line'), path);
}

function found(stack: Stack, document: unknown, pattern: RegExp, what: string): Problem[] {
  const texts = new Set(textsOf(document).flatMap((text) => filledIn(stack, text)).filter((text) => pattern.test(text)));
  return [...texts].map((received) => ({ code: 'Policy/PatternInToken', what, received, allowed: 'what stands for itself', fix: 'Name one identity, provider, secret, caller or value as it is.' }));
}

function raise(problems: readonly Problem[], path: string): void {
  if (problems.length > 0) {
    throw new DeclarationError(problems, path);
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return Token.isUnresolved(value) ? [value] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The texts that synthesis puts in place of the tokens. What deployment fills in is none. */
function filledIn(stack: Stack, text: string): string[] {
  const known = KNOWN.get(stack) ?? new Map<string, string[]>();
  KNOWN.set(stack, known);
  return Tokenization.reverseString(text).tokens.flatMap((token) => {
    const key = token.toString();
    const texts = known.get(key) ?? literals(stack.resolve(token));
    known.set(key, texts);
    return texts;
  });
}

function literals(resolved: unknown): string[] {
  if (typeof resolved === 'string') {
    return [resolved];
  }
  const { 'Fn::Join': join, 'Fn::Sub': sub, 'Fn::If': either } = (resolved ?? {}) as Record<string, unknown>;
  if (Array.isArray(join)) {
    return [join[0], ...Array.isArray(join[1]) ? join[1] : []].flatMap(literals);
  }
  if (Array.isArray(either)) {
    return either.slice(1).flatMap(literals);
  }
  const body: unknown = Array.isArray(sub) ? sub[0] : sub;
  return typeof body === 'string' ? [body.replace(/\$\{[^!}][^}]*\}/g, '')] : [];
}
