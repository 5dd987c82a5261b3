/** Thrown where a synthesized app cannot be read. `code` is stable and searchable. */
export class UnreadableAppError extends Error {
  constructor(public readonly code: string, what: string, fix: string, where?: string) {
    super(`${what}. ${fix} [${code}]${where !== undefined ? ` at ${where}` : ''}`);
    this.name = 'UnreadableAppError';
  }
}
