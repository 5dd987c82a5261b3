/**
 * Time, as the handler sees it.
 *
 * Everything that waits or measures goes through this port, so that tests run hours of retries in milliseconds and
 * nothing in them depends on the speed of the machine.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;

  /** Resolves after the time has passed, or as soon as the signal aborts; never rejects. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;

  /** Calls back once the time has passed, unless the returned function has been called before. */
  alarm(milliseconds: number, ring: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),

  pause: (milliseconds, signal) => new Promise(resolve => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  }),

  alarm: (milliseconds, ring) => {
    const timer = setTimeout(ring, milliseconds);
    return () => clearTimeout(timer);
  },
};
