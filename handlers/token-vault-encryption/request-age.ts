import { VaultState } from './token-vault';
import { Problem } from '../custom-resource/problem';

/** A request this young is taken for a first delivery. Lambda repeats a failed event after a minute at the earliest. */
const FRESH = 60_000;
/** CloudFormation waits for an answer for up to an hour, and a rollback has other resources to remove first. */
const LONGEST_CANCELLATION = 7_200_000;

/**
 * When CloudFormation made the request, and what follows from it.
 *
 * Lambda delivers an event at least once and repeats it when the function failed, so a request can arrive after a newer
 * one was answered. The event has no time in it, but its pre-signed URL says when it was signed and for how long. A URL
 * without that leaves the age unknown, and then nothing is refused for its age.
 *
 * What cannot be told: a request that is delivered again within its first minute, to another execution environment, after
 * a newer request was already answered and left exactly the state that the older one starts from.
 */
export class RequestAge {
  private readonly issuedAt: number | undefined;
  private readonly expiresAt: number | undefined;

  constructor(responseUrl: URL, private readonly startedAt: number) {
    const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(responseUrl.searchParams.get('X-Amz-Date') ?? '');
    const validSeconds = Number(responseUrl.searchParams.get('X-Amz-Expires') ?? NaN);
    if (signed) {
      const [year, month, day, hour, minute, second] = signed.slice(1).map(Number);
      this.issuedAt = Date.UTC(year, month - 1, day, hour, minute, second);
      this.expiresAt = Number.isFinite(validSeconds) ? this.issuedAt + validSeconds * 1000 : undefined;
    }
  }

  /** Raises a problem if CloudFormation cannot be answered any more and has long decided without this request. */
  public refuseIfExpired(): void {
    if (this.expiresAt !== undefined && this.startedAt > this.expiresAt) {
      throw late('its answer could have been given until then, and CloudFormation has moved on', new Date(this.expiresAt));
    }
  }

  /**
   * Raises a problem if the vault was changed after this request was made and the request is no first delivery.
   *
   * Fresh requests are let through: the vault may have come into being a moment ago, with the stack's first provider.
   */
  public refuseIfOvertaken(vault: VaultState): void {
    const { issuedAt } = this;
    if (issuedAt !== undefined && vault.modifiedAt !== undefined && vault.modifiedAt > issuedAt && this.startedAt - issuedAt > FRESH) {
      throw late('the vault was changed after the request was made', new Date(vault.modifiedAt));
    }
  }

  /** Whether the vault was changed since the request was made: by an earlier delivery of the same, if it is as asked for. */
  public precedesChangeOf(vault: VaultState): boolean {
    return this.issuedAt !== undefined && vault.modifiedAt !== undefined && vault.modifiedAt >= this.issuedAt;
  }

  /** Whether the vault was changed so recently that a request of the same deployment, cancelled before this one, can have done it. */
  public closelyFollowsChangeOf(vault: VaultState): boolean {
    return vault.modifiedAt !== undefined && vault.modifiedAt >= (this.issuedAt ?? this.startedAt) - LONGEST_CANCELLATION;
  }
}

function late(why: string, when: Date): Problem {
  return new Problem('TokenVault/LateRequest', {
    what: `This request came too late: ${why}.`,
    received: when.toISOString(),
    action: 'Nothing was changed. If the stack still waits for it, deploy again.',
  });
}
