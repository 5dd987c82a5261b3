import { Found, Rule } from './rule';

/** A finding of a rule. */
export interface Finding extends Found {
  readonly rule: Rule;
  /** `<rule>[<construct path>|<detail>]`, with hyphens for blanks: what an acknowledgement has to name. */
  readonly id: string;
}

/** A finding with its id. */
export function findingOf(rule: Rule, found: Found): Finding {
  return { ...found, rule, id: `${rule.id}[${idText(`${found.resource.path}|${found.detail}`)}]` };
}

/** CDK refuses ids whose brackets do not pair, and compares them with hyphens for blanks. */
function idText(text: string): string {
  const joined = text.replace(/\s+/g, '-');
  return pairs(joined) ? joined : joined.replace(/[[\](){}]/g, '_');
}

function pairs(text: string): boolean {
  const open: string[] = [];
  for (const character of text) {
    if ('[({'.includes(character)) {
      open.push(character);
    } else if ('])}'.includes(character) && open.pop() !== '[({'['])}'.indexOf(character)]) {
      return false;
    }
  }
  return open.length === 0;
}
