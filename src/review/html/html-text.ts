const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/** A text in a page: none of it can become markup, in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** What most texts are: nothing in it has to be shown by its number. */
const PLAIN = /^[\n -~]*$/;

/**
 * A text of which everything can be seen. Marks that turn the direction of writing, characters without width and control characters
 * could make a name look like another one, so they stand there by their number. Ends of lines stay: they matter in Cedar only.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu, (character) => (
    character === '\n' ? character : `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`));
}

/** The same on one line: nothing that somebody wrote begins a line of its own. */
export function oneLine(text: string): string {
  return visible(text.replace(/[\r\n]+/g, ' '));
}

/** Plain data, with every text made visible. What needs no change is not copied. */
export function visibleData<T>(value: T): T {
  if (typeof value === 'string') {
    return (PLAIN.test(value) ? value : visible(value)) as T;
  }
  if (Array.isArray(value)) {
    const members = value.map(visibleData);
    return members.every((member, index) => member === value[index]) ? value : members as T;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const seen = entries.map(([name, member]) => [visibleData(name), visibleData(member)]);
  return seen.every(([name, member], index) => name === entries[index][0] && member === entries[index][1]) ? value : Object.fromEntries(seen) as T;
}
