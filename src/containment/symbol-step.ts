import { isPolicyVariable, isPseudoCharacter, isPseudoParameter, Pattern } from './pattern';

/** One character of a text, or the whole of a value that is unknown. */
export type TextSymbol = { readonly char: string } | { readonly unknown: string };

/**
 * How a pattern is followed. `surely`: only where it matches whatever the unknown values are. `possibly`: wherever it could
 * match for some, even if a parameter holds wildcards. `plausibly`: the same, but a value is a text. `origin`: as the pattern
 * from which the text is made, whose unknown values are the text's.
 */
export type Following = 'surely' | 'possibly' | 'plausibly' | 'origin';

/** Where in a pattern one can be, as sorted positions. */
export type Positions = readonly number[];

export function start(pattern: Pattern, following: Following): Positions {
  return close(pattern, new Set([0]), following);
}

export function accepts(pattern: Pattern, positions: Positions): boolean {
  return positions[positions.length - 1] === pattern.tokens.length;
}

/** Whether every continuation is accepted. */
export function acceptsAll({ tokens }: Pattern, positions: Positions): boolean {
  const last = tokens[tokens.length - 1];
  return last?.kind === 'many' && !last.within && positions.includes(tokens.length - 1);
}

export function step(pattern: Pattern, positions: Positions, symbol: TextSymbol, following: Following): Positions {
  const next = new Set<number>();
  for (const position of positions) {
    if ('char' in symbol) {
      byCharacter(pattern, position, symbol.char, following, next);
    } else {
      byUnknown(pattern, position, symbol.unknown, following, next);
    }
  }
  return close(pattern, next, following);
}

function byCharacter({ tokens, folded }: Pattern, position: number, char: string, following: Following, next: Set<number>): void {
  const token = tokens[position];
  switch (token?.kind) {
    case 'text':
      if (token.char === (folded ? char.toLowerCase() : char)) next.add(position + 1);
      return;
    case 'one':
    case 'many':
      if (!token.within || char !== ':') next.add(token.kind === 'one' ? position + 1 : position);
      return;
    case 'unknown':
      if (isLoose(following) && (!isPseudoParameter(token.name) || isPseudoCharacter(char))) next.add(position).add(position + 1);
  }
}

function byUnknown(pattern: Pattern, position: number, name: string, following: Following, next: Set<number>): void {
  const { tokens } = pattern;
  const token = tokens[position];
  const same = token?.kind === 'unknown' && token.name === name;
  if (!isLoose(following)) {
    if (same) next.add(position + 1);
    // The text's unknown value may be anything, so that only a wildcard that takes all surely takes it.
    if (following === 'surely' && token?.kind === 'many' && (!token.within || isPseudoParameter(name))) next.add(position);
    return;
  }
  if (same && (following === 'plausibly' || hasOneValue(name))) {
    next.add(position + 1);
  } else if (isPseudoParameter(name)) {
    overPseudo(pattern, position, next);
  } else {
    for (let later = position; later <= tokens.length; later += 1) next.add(later);
  }
}

/** A parameter may hold a pattern; account, region, partition, attributes of resources and what a request tells are texts. */
export function hasOneValue(name: string): boolean {
  return isPseudoParameter(name) || isPolicyVariable(name) || /^AWS::(?!SSM::|CloudFormation::)\S+ .*\.[^.]+$/.test(name);
}

function isLoose(following: Following): boolean {
  return following === 'possibly' || following === 'plausibly';
}

/** Everything that one can reach with small letters, digits and hyphens. */
function overPseudo({ tokens, folded }: Pattern, position: number, next: Set<number>): void {
  for (let at = position; at <= tokens.length; at += 1) {
    const token = tokens[at];
    if (at > position || token?.kind === 'many' || token?.kind === 'unknown') next.add(at);
    if (token?.kind === 'text' && !isPseudoCharacter(folded ? token.char.toLowerCase() : token.char)) return;
  }
}

/** `*` may stand for nothing, and so may a parameter. */
function close({ tokens }: Pattern, positions: Set<number>, following: Following): Positions {
  for (const position of positions) {
    const token = tokens[position];
    if (token?.kind === 'many' || (token?.kind === 'unknown' && following === 'possibly' && !hasOneValue(token.name))) positions.add(position + 1);
  }
  return [...positions].sort((a, b) => a - b);
}
