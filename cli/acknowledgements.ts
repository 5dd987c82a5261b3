import { readFileSync } from 'fs';
import { UsageError } from './usage-error';
import { Finding } from '../src/checks/finding';

/** A finding that somebody looked at, and why it stays. */
export interface Acknowledgement {
  /** Id of the finding, as `check` prints it. */
  readonly id: string;
  readonly reason: string;
}

/** What is left to say of findings once acknowledgements are taken into account. */
export interface Judged {
  readonly open: readonly Finding[];
  readonly acknowledged: readonly { readonly finding: Finding; readonly reason: string }[];
  /** Acknowledgements of what is not found (any more). */
  readonly unused: readonly Acknowledgement[];
}

/** Reads `[{ "id": "…", "reason": "…" }]`. */
export function readAcknowledgements(file: string): Acknowledgement[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} cannot be read as JSON`, 'Write a list: [{ "id": "<finding>", "reason": "<why it stays>" }].');
  }
  const isEntry = (entry: unknown) => typeof entry === 'object' && entry !== null
    && typeof (entry as Acknowledgement).id === 'string' && typeof (entry as Acknowledgement).reason === 'string' && (entry as Acknowledgement).reason.trim().length >= 10;
  if (!Array.isArray(content) || !content.every(isEntry)) {
    throw new UsageError(`${file} has an entry without an id, or without a reason of at least 10 characters`, 'Write a list: [{ "id": "<finding>", "reason": "<why it stays>" }].');
  }
  return content as Acknowledgement[];
}

/** Divides findings by whether exactly this finding was acknowledged. */
export function judged(findings: readonly Finding[], acknowledgements: readonly Acknowledgement[]): Judged {
  const reasons = new Map(acknowledgements.map(({ id, reason }) => [id, reason]));
  const ids = new Set(findings.map(({ id }) => id));
  return {
    open: findings.filter(({ id }) => !reasons.has(id)),
    acknowledged: findings.flatMap((finding) => (reasons.has(finding.id) ? [{ finding, reason: reasons.get(finding.id)! }] : [])),
    unused: acknowledgements.filter(({ id }) => !ids.has(id)),
  };
}
