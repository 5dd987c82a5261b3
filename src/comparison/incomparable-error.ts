/** Two inputs that cannot be compared. */
export class IncomparableError extends Error {
  constructor(public readonly code: string, what: string, public readonly fix: string) {
    super(`[${code}] ${what}. ${fix}.`);
    this.name = 'IncomparableError';
  }
}
