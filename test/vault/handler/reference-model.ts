import { VaultKeyName } from './agentcore-endpoint';

/** What CloudFormation asked for, in the words of the contract. */
export type Asked =
  | { readonly type: 'Create'; readonly key: string }
  | { readonly type: 'Update'; readonly from: string; readonly key: string }
  | { readonly type: 'Delete'; readonly key: string; readonly onRemoval: string; readonly history: CreationHistory };

/**
 * What is known of the creation when the removal comes.
 *
 * `found`: the vault had the key before. `failed`: the creation failed, and changed nothing. `unanswered`: CloudFormation
 * never took its answer.
 */
export interface CreationHistory {
  readonly outcome: 'set' | 'found' | 'failed' | 'unanswered';
  /** The key that the vault had before the creation. */
  readonly before: VaultKeyName;
}

/** What is around the request. */
export interface Circumstances {
  readonly vault: VaultKeyName;
  /** When the vault was last changed before this request, in milliseconds before it. */
  readonly unchangedFor: number;
  readonly vaultAppearsWhenSet: boolean;
  readonly unfitKeys: ReadonlySet<string>;
  /** Whether a service misbehaves until the function's end, rather than for a few requests. */
  readonly lasting: boolean;
}

/** One way in which a request may end. */
export interface Ending {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly vault: VaultKeyName;
}

const TWO_HOURS = 7_200_000;

/**
 * What has to come out, by the contract alone.
 *
 * Written from the contract's text and without a look at the handler: a state machine of one step per request, in which
 * trouble that passes does not exist at all. It knows no retries, no clocks and no physical ids.
 */
export function endings(asked: Asked, around: Circumstances): Ending[] {
  const calm = calmEnding(asked, around);
  const possible = asked.type === 'Delete' && asked.history.outcome === 'unanswered' ? [calm, ...unclearRemoval(asked, around)] : [calm];
  if (!around.lasting) {
    return possible;
  }
  // Trouble that lasts may also end in a failure, before or after the change.
  return [
    ...possible,
    { status: 'FAILED', vault: around.vault },
    ...possible.filter(ending => ending.status === 'SUCCESS').map(ending => ({ ...ending, status: 'FAILED' as const })),
  ];
}

function calmEnding(asked: Asked, around: Circumstances): Ending {
  const { vault } = around;
  const done: Ending = { status: 'SUCCESS', vault };
  const refused: Ending = { status: 'FAILED', vault };
  switch (asked.type) {
    case 'Create':
      if (vault === asked.key) {
        return done;
      }
      return isCustomerKey(vault) ? refused : changed(asked.key, around);
    case 'Update':
      if (vault === asked.key) {
        return done;
      }
      return vault === asked.from || vault === 'absent' ? changed(asked.key, around) : refused;
    case 'Delete': {
      const isOurs = vault === asked.key
        && (asked.history.outcome === 'set' || (asked.history.outcome === 'found' && asked.history.before !== asked.key)
          || (asked.history.outcome === 'unanswered' && asked.history.before !== asked.key));
      return asked.onRemoval === 'RETURN_TO_SERVICE_KEY' && isOurs ? { status: 'SUCCESS', vault: 'service' } : done;
    }
  }
}

/** A key that was found, but set less than two hours ago, is taken for the work of the creation that was never answered. */
function unclearRemoval(asked: Asked & { readonly type: 'Delete' }, around: Circumstances): Ending[] {
  const unclear = asked.onRemoval === 'RETURN_TO_SERVICE_KEY' && around.vault === asked.key
    && asked.history.before === asked.key && around.unchangedFor <= TWO_HOURS;
  return unclear ? [{ status: 'SUCCESS', vault: 'service' }] : [];
}

function changed(key: string, { vault, vaultAppearsWhenSet, unfitKeys }: Circumstances): Ending {
  const impossible = unfitKeys.has(key) || (vault === 'absent' && !vaultAppearsWhenSet);
  return impossible ? { status: 'FAILED', vault } : { status: 'SUCCESS', vault: key };
}

function isCustomerKey(vault: VaultKeyName): boolean {
  return vault !== 'absent' && vault !== 'service';
}
