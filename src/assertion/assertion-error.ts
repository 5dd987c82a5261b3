/** An expectation about access that does not hold. Test runners show the message. */
export class AssertionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AccessAssertionError';
  }
}
