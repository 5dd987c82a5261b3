const SHORTEST_PAUSE = 50;
const FIRST_CEILING = 500;
const LAST_CEILING = 20_000;

/**
 * Exponential backoff with full jitter: each pause is drawn evenly from nothing to a ceiling that doubles.
 *
 * Full jitter spreads the stacks of a whole account, whose conflicts with each other are what is being waited out.
 */
export class Backoff {
  private ceiling = FIRST_CEILING;

  constructor(private readonly random: () => number, private readonly highest: number = LAST_CEILING) {}

  /** Milliseconds to wait now. */
  public next(): number {
    const pause = this.random() * this.ceiling;
    this.ceiling = Math.min(this.ceiling * 2, this.highest);
    return Math.max(SHORTEST_PAUSE, Math.round(pause));
  }
}
