import { hasUnknown, Pattern, isPseudoParameter, readPattern, Token } from './pattern';
import { remembered } from './remembered';
import type { Universe } from './text-constraint';

/** Services whose resources have no kind before the first separator. */
const WITHOUT_KIND = ['s3', 'execute-api'];

/** Every resource: an ARN, or `*` where an action has none. */
export const ANY_RESOURCE: Universe = {
  patterns: [readPattern('*', { wildcards: false }), bySegments(readPattern('arn:*:*:*:*:*', { wildcards: true }))],
  holds: (pattern) => hasUnknown(pattern) || (pattern.tokens[0]?.kind === 'text' && colonsOf(pattern.tokens) >= 5),
};

/** Every ARN, whatever it begins with. */
export const ANY_ARN: readonly Pattern[] = [bySegments(readPattern('*:*:*:*:*:*', { wildcards: true }))];

/**
 * A resource of a statement. IAM compares ARNs segment by segment; only the last wildcard reaches over colons
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 */
export const resourcePattern = remembered((text: string): Pattern => {
  const pattern = readPattern(text, { wildcards: true });
  const { tokens } = pattern;
  if (tokens.length === 1 && tokens[0].kind === 'many') {
    return pattern;
  }
  if (!mayBeArn(text)) {
    return { ...readPattern('*', { wildcards: true }), unsure: `no ARN ${text}` };
  }
  const colons = colonsOf(tokens);
  if (tokens.some((token) => token.kind === 'unknown' && !isPseudoParameter(token.name))) {
    return afterUnknown(pattern, text);
  }
  if (colons < 5 && tokens[tokens.length - 1]?.kind !== 'many') {
    return { ...readPattern(`${text}:*`, { wildcards: true }), unsure: `short ARN ${text}` };
  }
  const split = bySegments(pattern);
  return wildcardInKind(tokens) ? { ...split, unsure: `wildcard in the kind of resource ${text}` } : split;
});

/** Some services take a name instead. */
function mayBeArn(text: string): boolean {
  const [start] = text.split(/[*?]|\$\{/);
  return start.startsWith('arn:') || 'arn:'.startsWith(start);
}

/** A value of `ArnLike` and `ArnEquals`, which are the same. Each of the six segments is compared for itself. */
export function arnConditionPattern(text: string): Pattern {
  const pattern = readPattern(text, { wildcards: true });
  if (pattern.tokens.some((token) => token.kind === 'unknown' && !isPseudoParameter(token.name))) {
    return afterUnknown(pattern, text);
  }
  return colonsOf(pattern.tokens) < 5 ? { ...readPattern('*', { wildcards: true }), unsure: `no ARN ${text}` } : bySegments(pattern);
}

/** How many colons the value has is unknown, and with them in which segment a wildcard stands. */
function afterUnknown(pattern: Pattern, text: string): Pattern {
  const first = pattern.tokens.findIndex((token) => token.kind === 'unknown' && !isPseudoParameter(token.name));
  const wild = pattern.tokens.findIndex(({ kind }) => kind === 'many' || kind === 'one');
  const lastColon = pattern.tokens.map((token) => token.kind === 'text' && token.char === ':').lastIndexOf(true);
  const settled = wild === -1 || colonsOf(pattern.tokens.slice(0, wild)) >= 5 || (first < wild && wild > lastColon);
  return settled ? bySegments(pattern, first) : { ...pattern, unsure: `segments of ${text}` };
}

/** Wildcards of the first five segments stop at colons, but for one at the very end. */
function bySegments(pattern: Pattern, until = pattern.tokens.length): Pattern {
  let colons = 0;
  const tokens = pattern.tokens.map((token, index): Token => {
    colons += token.kind === 'text' && token.char === ':' ? 1 : 0;
    const last = index === pattern.tokens.length - 1;
    return (token.kind === 'one' || token.kind === 'many') && colons < 5 && !last && index < until ? { ...token, within: true } : token;
  });
  return { ...pattern, tokens };
}

/** IAM's guide calls a wildcard in `user` of `user/x` wrong, and does not say what it matches. */
function wildcardInKind(tokens: readonly Token[]): boolean {
  const service = segment(tokens, 2);
  if (service !== undefined && WITHOUT_KIND.includes(service)) {
    return false;
  }
  const start = nthColon(tokens, 5) + 1;
  const resource = start === 0 ? [] : tokens.slice(start);
  const separator = resource.findIndex((token) => token.kind === 'text' && (token.char === '/' || token.char === ':'));
  return resource.slice(0, Math.max(separator, 0)).some(({ kind }) => kind === 'one' || kind === 'many');
}

function segment(tokens: readonly Token[], index: number): string | undefined {
  const part = tokens.slice(nthColon(tokens, index) + 1, nthColon(tokens, index + 1));
  return part.every(({ kind }) => kind === 'text') ? part.map((token) => (token as { char: string }).char).join('') : undefined;
}

function nthColon(tokens: readonly Token[], count: number): number {
  let left = count;
  return tokens.findIndex((token) => token.kind === 'text' && token.char === ':' && (left -= 1) === 0);
}

function colonsOf(tokens: readonly Token[]): number {
  return tokens.filter((token) => token.kind === 'text' && token.char === ':').length;
}
