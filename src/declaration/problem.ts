import { Token } from 'aws-cdk-lib';
import { beginsLikeCredential } from './credential-signs';
import { withShownAddress } from './shown-address';

/**
 * One thing that is wrong with a declaration, in the user's words.
 *
 * `code` is stable and searchable (`Area/Name`). `received` is shown as it came, so it must never hold a secret. Of addresses, user,
 * password, query and fragment are left out, and so is what begins like a credential of a well-known service.
 */
export interface Problem {
  readonly code: string;
  readonly what: string;
  readonly received?: unknown;
  readonly allowed?: string;
  readonly fix: string;
}

const LONGEST_SHOWN = 160;

/** Renders a problem as: what, received, allowed, what to change, code, construct path. */
export function renderProblem(problem: Problem, path?: string): string {
  const parts = [problem.what];
  if ('received' in problem) {
    parts.push(`received ${show(problem.received)}`);
  }
  if (problem.allowed !== undefined) {
    parts.push(`allowed: ${problem.allowed}`);
  }
  const where = path !== undefined && path !== '' ? ` at ${path}` : '';
  return `${parts.join('; ')}. ${problem.fix} [${problem.code}]${where}`;
}

/** Shows a received value: quoted, shortened, without what may be a credential, and with deploy-time values named as such. */
export function show(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return shorten(`[${value.map(show).join(', ')}]`);
  }
  if (typeof value === 'string') {
    return Token.isUnresolved(value) ? 'a value known only at deployment' : shownText(value);
  }
  if (typeof value === 'function') {
    return 'a function';
  }
  if (typeof value === 'object' && value !== null) {
    return `an object of class ${value.constructor?.name ?? 'Object'}`;
  }
  return String(value);
}

function shownText(text: string): string {
  return beginsLikeCredential(text) ? 'a text that looks like a secret, which is not shown here' : shorten(JSON.stringify(withShownAddress(text)));
}

function shorten(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
