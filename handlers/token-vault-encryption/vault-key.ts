import { Intent } from './intent';
import { KeyCheck } from './key-check';
import { RequestAge } from './request-age';
import { TokenVault, VaultState } from './token-vault';
import { Deadline } from '../custom-resource/deadline';
import { FailedCall } from '../custom-resource/failed-call';
import { Log } from '../custom-resource/log';
import { Retry } from '../custom-resource/retry';

/** Time for a cancelled request in another execution environment to finish. It takes a second or two. */
const SETTLING = 15_000;

/** How a request ended. */
export interface Outcome {
  /** Whether this delivery of the request changed the vault. */
  readonly changed: boolean;
  /** The vault as it was seen last. */
  readonly vault: VaultState;
}

/**
 * Brings the vault's key to what a request asks for: read, judge, change, and after any trouble from the start.
 *
 * There is no way to make a change conditional on what was read, so every attempt begins with reading: after a lost
 * answer it shows whether the change was made, after a conflict whether somebody else was quicker.
 *
 * What cannot be told: a change by somebody else between the reading and the change, and a change of this handler's own
 * that was given up for lost and that the service carries out later.
 */
export class VaultKey {
  private sent = false;
  private keyIsFit = false;

  constructor(
    private readonly vault: TokenVault,
    private readonly keys: KeyCheck,
    private readonly deadline: Deadline,
    private readonly retry: Retry,
    private readonly age: RequestAge,
    private readonly log: Log,
  ) {}

  /** Whether a change was sent that may have been made, also if the request failed afterwards. */
  public get mayHaveChanged(): boolean {
    return this.sent;
  }

  /** Does what the intent asks for, in as many attempts as the time allows. */
  public async bring(intent: Intent): Promise<Outcome> {
    let settled = !intent.mayBeOvertaking;
    for (;;) {
      try {
        const state = await this.vault.read();
        const verdict = intent.judge(state);
        this.log.info('Vault read', { exists: state.exists, keyArn: state.keyArn, verdict });
        if (verdict === 'change') {
          return { changed: true, vault: await this.change(intent, state) };
        }
        if (settled || this.sent) {
          return { changed: false, vault: state };
        }
        settled = true;
        await this.deadline.pause(SETTLING);
      } catch (error) {
        await this.retry.after(error);
      }
    }
  }

  private async change(intent: Intent, from: VaultState): Promise<VaultState> {
    const { keyArn } = intent;
    this.age.refuseIfOvertaken(from);
    if (keyArn !== undefined && !this.keyIsFit) {
      await this.keys.pass(keyArn);
      this.keyIsFit = true;
    }
    const state = await this.send(keyArn);
    if (state.keyArn !== keyArn) {
      throw new FailedCall('SetTokenVaultCMK', 'unanswered', `an answer with another key, ${state.keyArn ?? 'service-managed'}`);
    }
    this.log.info('Vault key set', { from: from.keyArn ?? 'service-managed', to: keyArn ?? 'service-managed' });
    return state;
  }

  private async send(keyArn: string | undefined): Promise<VaultState> {
    const sentBefore = this.sent;
    this.sent = true;
    try {
      return await this.vault.set(keyArn);
    } catch (error) {
      // A plain refusal had no effect; an earlier lost answer stays in doubt.
      this.sent = sentBefore || !(error instanceof FailedCall) || error.mayHaveHadEffect;
      throw error;
    }
  }
}
