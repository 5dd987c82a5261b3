import { Clock } from '../../../handlers/custom-resource/clock';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/**
 * A clock that stands still but when somebody waits.
 *
 * A pause moves it and rings what falls due on the way; endpoints move it to play slow answers. Hours pass in
 * milliseconds, and no test depends on how fast the machine is.
 */
export class VirtualClock implements Clock {
  /** Runs at the start of every pause: what goes on in the world while the handler waits. */
  public whilePausing: ((milliseconds: number) => void | Promise<void>) | undefined;

  private time = Date.UTC(2026, 10, 21, 12);
  private readonly alarms = new Set<Alarm>();

  public now(): number {
    return this.time;
  }

  public async pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await this.whilePausing?.(milliseconds);
    this.advance(milliseconds, () => signal?.aborted ?? false);
  }

  public alarm(milliseconds: number, ring: () => void): () => void {
    const alarm = { at: this.time + milliseconds, ring };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  }

  /** Moves the time on to the next alarm and rings it: how long a client waits that is never answered. */
  public ringNext(): void {
    const next = [...this.alarms].sort((a, b) => a.at - b.at)[0];
    this.advance(Math.max(0, next.at - this.time), () => !this.alarms.has(next));
  }

  /** Moves the time on, alarm by alarm. */
  public advance(milliseconds: number, isEnough: () => boolean = () => false): void {
    const end = this.time + milliseconds;
    while (!isEnough()) {
      const next = [...this.alarms].filter(alarm => alarm.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) {
        this.time = end;
        return;
      }
      this.alarms.delete(next);
      this.time = Math.max(this.time, next.at);
      next.ring();
    }
  }
}
