/** How grave a finding is. */
export enum CheckSeverity {
  /** Somebody gets access that nobody declared, or a secret is exposed. Stops the synthesis. */
  ERROR = 'error',
  /** A limit is weaker than it looks, or will fail later. Printed; the synthesis goes on. */
  WARNING = 'warning',
  /** Worth knowing in a review. Printed; the synthesis goes on. */
  INFO = 'info',
}
