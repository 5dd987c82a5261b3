const MODULUS = 2_147_483_647;
const MULTIPLIER = 48_271;

/** Random choices that the same seed makes again. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + (seed * 69_621) % (MODULUS - 1);
    // Neighbouring seeds start alike.
    for (let round = 0; round < 5; round++) {
      this.next();
    }
  }

  /** A number from 0 to 1 (the generator of Park and Miller). */
  public next(): number {
    this.state = this.state * MULTIPLIER % MODULUS;
    return (this.state - 1) / MODULUS;
  }

  /** True with this probability. */
  public happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  public between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.next() * (highest - lowest + 1));
  }

  /** One of these. */
  public oneOf<T>(choices: readonly T[]): T {
    return choices[this.between(0, choices.length - 1)];
  }
}
