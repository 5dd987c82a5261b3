import { ANY_RESOURCE, resourcePattern } from '../containment/arn-pattern';
import { patternSet } from '../containment/pattern';
import { solveText } from '../containment/text-constraint';

const PATTERNS = new Map<string, RegExp>();

/** Services whose ARNs have no region. */
const GLOBAL = ['iam'];

/** Whether a pattern of IAM covers a text, or all that another pattern covers. What is known only at deployment covers itself alone. */
export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  if (!hasWildcard(pattern)) {
    return pattern === text || (ignoreCase && pattern.length === text.length && pattern.toLowerCase() === text.toLowerCase());
  }
  const key = `${ignoreCase} ${pattern}`;
  const known = PATTERNS.get(key) ?? new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^]*').replace(/\?/g, '[^*]')}$`, ignoreCase ? 'i' : '');
  PATTERNS.set(key, known);
  return known.test(text);
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * The ARN of a resource that nobody has, in the accounts and regions that a pattern is about: what covers it covers anything there. `rest`
 * is what follows the account. Where the pattern leaves region and account open, so does the ARN: what covers one region alone does not
 * cover it.
 */
export function strangerArn(pattern: string, service: string, rest: string): string {
  const [, partition, , region, account] = pattern.startsWith('arn:') ? splitArn(pattern) : [];
  return ['arn', exactPartition(partition), service, GLOBAL.includes(service) ? '' : region || '*', account || '*', rest].join(':');
}

/** Splits an ARN into its six parts. What is known only at deployment is not split. */
export function splitArn(arn: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (let index = 0; index < arn.length; index++) {
    depth += arn.startsWith('${', index) ? 1 : arn[index] === '}' && depth > 0 ? -1 : 0;
    if (arn[index] === ':' && depth === 0 && parts.length < 6) {
      parts.push('');
    } else {
      parts[parts.length - 1] += arn[index];
    }
  }
  return parts;
}

/** A partition that a pattern matches. An app goes to one of them, so that what covers that one covers all. */
function exactPartition(part: string = ''): string {
  const written = part.replace(/\*/g, '').replace(/\?/g, '0');
  return written === '' || /^0+$/.test(written) ? 'aws' : written;
}

/** Whether there may be a resource that both patterns are about. */
export function mayMeet(one: string, other: string): boolean {
  return solveText([one, other].map((text) => ({ set: patternSet([resourcePattern(text)]), holds: true })), ANY_RESOURCE) !== 'none';
}

/** Whether a value of a condition limits nothing. */
export function isAnything(value: string): boolean {
  return /^[*?]*$/.test(value) || /^(0\.0\.0\.0|::)\/0$/.test(value);
}

/** Whether an ARN in a condition is one of an account that is named. */
export function namesAccount(arn: string): boolean {
  const [, , , , account = ''] = splitArn(arn);
  return account !== '' && !hasWildcard(account);
}

/**
 * Whether a pattern can cover anything of a shape, in which `*` stands for a name without a slash. What is known only at deployment may
 * be anything.
 */
export function canCover(pattern: string, shape: string): boolean {
  const tokens = pattern.replace(/\$\{[^}]*\}/g, '*');
  return overlap(tokens, 0, shape, 0, new Map());
}

function overlap(pattern: string, p: number, shape: string, s: number, seen: Map<number, boolean>): boolean {
  const key = p * 1000 + s;
  const known = seen.get(key);
  if (known !== undefined) {
    return known;
  }
  seen.set(key, false);
  const found = step(pattern, p, shape, s, seen);
  seen.set(key, found);
  return found;
}

function step(pattern: string, p: number, shape: string, s: number, seen: Map<number, boolean>): boolean {
  const next = (dp: number, ds: number) => overlap(pattern, p + dp, shape, s + ds, seen);
  if (p === pattern.length && s === shape.length) {
    return true;
  }
  if (pattern[p] === '*') {
    return next(1, 0) || (s < shape.length && next(0, 1));
  }
  if (shape[s] === '*') {
    return next(0, 1) || (p < pattern.length && pattern[p] !== '/' && next(1, 0));
  }
  return p < pattern.length && s < shape.length && (pattern[p] === '?' || pattern[p] === shape[s]) && next(1, 1);
}
