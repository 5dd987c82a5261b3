import { remembered } from './remembered';

/** One step of a pattern. */
export type Token =
  | { readonly kind: 'text'; readonly char: string }
  /** `?`, and `*`. Within a segment they stop at a colon. */
  | { readonly kind: 'one' | 'many'; readonly within: boolean }
  /** A value that only deployment, or IAM at the time of a request, knows. */
  | { readonly kind: 'unknown'; readonly name: string };

/** Texts that IAM compares with one value of a policy. */
export interface Pattern {
  readonly tokens: readonly Token[];
  /** Whether letters match in both cases. */
  readonly folded: boolean;
  /** Why nobody can say for sure what it matches. Two patterns with the same words match the same. */
  readonly unsure?: string;
}

/** A union of patterns. The same id means the same patterns. */
export interface PatternSet {
  readonly id: string;
  readonly patterns: readonly Pattern[];
}

export interface PatternForm {
  readonly wildcards: boolean;
  readonly folded?: boolean;
}

const ESCAPES: Record<string, string> = { '*': '*', '?': '?', '$': '$' };

/** Reads the text of a policy. `**` is `*`, and `*?` is `?*`. */
export function readPattern(text: string, { wildcards, folded = false }: PatternForm): Pattern {
  const tokens: Token[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    const end = char === '$' && text[index + 1] === '{' ? text.indexOf('}', index + 2) : -1;
    if (end !== -1) {
      const name = text.slice(index + 2, end);
      tokens.push(name in ESCAPES ? textToken(name) : { kind: 'unknown', name });
      index = end;
    } else if (wildcards && (char === '*' || char === '?')) {
      pushWildcard(tokens, char === '*' ? 'many' : 'one');
    } else {
      tokens.push(textToken(folded ? char.toLowerCase() : char));
    }
  }
  return { tokens, folded };
}

/** One token for a character, since most of what is read is characters. */
const textToken = remembered((char: string): Token => ({ kind: 'text', char }));

function pushWildcard(tokens: Token[], kind: 'one' | 'many'): void {
  const last = tokens[tokens.length - 1];
  if (last?.kind !== 'many') {
    tokens.push({ kind, within: false });
  } else if (kind === 'one') {
    tokens.splice(tokens.length - 1, 0, { kind, within: false });
  }
}

/** The pattern as one writes it, for messages and as identity. */
function patternText({ tokens }: Pattern): string {
  return tokens.map((token) => {
    switch (token.kind) {
      case 'text': return '*?$'.includes(token.char) ? `\${${token.char}}` : token.char;
      case 'unknown': return `\${${token.name}}`;
      case 'one': return '?';
      case 'many': return '*';
    }
  }).join('');
}

export function patternSet(patterns: readonly Pattern[]): PatternSet {
  const byText = new Map(patterns.map((pattern) => [patternId(pattern), pattern]));
  const ids = [...byText.keys()].sort();
  return { id: ids.join('\u0001'), patterns: ids.map((id) => byText.get(id)!) };
}

export function isSamePattern(one: Pattern, other: Pattern): boolean {
  return one === other || patternId(one) === patternId(other);
}

const IDS = new WeakMap<Pattern, string>();

function patternId(pattern: Pattern): string {
  let id = IDS.get(pattern);
  if (id === undefined) {
    id = `${patternText(pattern)}${pattern.folded ? ' folded' : ''}${pattern.unsure !== undefined ? ` ${pattern.unsure}` : ''}${withinMark(pattern)}`;
    IDS.set(pattern, id);
  }
  return id;
}

/** The same text compared by segments is another pattern. */
function withinMark({ tokens }: Pattern): string {
  return tokens.some((token) => (token.kind === 'one' || token.kind === 'many') && token.within) ? ' within' : '';
}

export function isPlain({ tokens }: Pattern): boolean {
  return tokens.every(({ kind }) => kind === 'text');
}

export function hasUnknown({ tokens }: Pattern): boolean {
  return tokens.some(({ kind }) => kind === 'unknown');
}

/** CloudFormation's own values: never empty, and made of small letters, digits and hyphens. */
export function isPseudoParameter(name: string): boolean {
  return name === 'AWS::Partition' || name === 'AWS::Region' || name === 'AWS::AccountId';
}

/** Characters that such a value can have. */
export function isPseudoCharacter(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') || char === '-';
}

/** IAM's own variables, as `aws:PrincipalAccount`: a request has a value for it, or none at all. CloudFormation's names have no single colon. */
export function isPolicyVariable(name: string): boolean {
  return /^[^:\s]+:[^:]/.test(name);
}
