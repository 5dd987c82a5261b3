import { Pattern, readPattern } from './pattern';
import { remembered } from './remembered';
import type { Universe } from './text-constraint';

/** Every action, as `service:Name`. */
export const ANY_ACTION: Universe = {
  patterns: [readPattern('?*:?*', { wildcards: true, folded: true })],
  holds: ({ tokens }) => /^[^:*?]+:[^:*]/.test(tokens.map((token) => (token.kind === 'text' ? token.char : token.kind === 'many' ? '*' : '?')).join('')),
};

/** An action of a statement. Services are named in full; IAM does not say what a wildcard in their names matches. */
export const actionPattern = remembered((text: string): Pattern => {
  const pattern = readPattern(text.trim() === '*:*' ? '*' : text, { wildcards: true, folded: true });
  const [service] = text.split(':');
  const unsure = text !== '*' && text !== '*:*' && (/[*?]/.test(service) || /\s/.test(text));
  return unsure ? { ...pattern, unsure: `action ${text.toLowerCase()}` } : pattern;
});
