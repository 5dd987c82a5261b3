import { Request } from './request';
import { RequestAge } from './request-age';
import { Origin } from './resource-id';
import { VaultState } from './token-vault';
import { Problem } from '../custom-resource/problem';

/** What to do about the vault as it is: nothing because it is right, nothing because it is somebody else's, or a change. */
export type Verdict = 'right' | 'leave' | 'change';

/** The state that a request asks for, and from which states it may go there. */
export interface Intent {
  /** The key that the vault is to have, undefined for the service's own. */
  readonly keyArn: string | undefined;

  /**
   * Whether an earlier request may still be at work on the vault in another execution environment.
   *
   * CloudFormation rolls back while a cancelled creation or update is running. Whoever finds nothing to do although the
   * properties changed looks again before saying so.
   */
  readonly mayBeOvertaking: boolean;

  /** Judges what was read; raises a problem if the vault is in a state that this stack has no right to change. */
  judge(vault: VaultState): Verdict;
}

/** What the request wants, undefined if nothing. */
export function intentOf(request: Request, origin: Origin, age: RequestAge): Intent | undefined {
  switch (request.type) {
    case 'Create':
      return creation(request.keyArn);
    case 'Update':
      // Nothing was ever set under this id, so there is nothing to update from.
      return origin.kind === 'untouched' ? creation(request.keyArn) : update(request.keyArn, request.oldKeyArn);
    case 'Delete':
      return request.onRemoval === 'KEEP_KEY' || origin.kind === 'untouched' || request.keyArn === undefined
        ? undefined
        : removal(request.keyArn, origin, age);
  }
}

/** From the service's key, or from no vault at all. The key of another owner is never replaced. */
function creation(keyArn: string): Intent {
  return {
    keyArn,
    mayBeOvertaking: false,
    judge: vault => {
      if (vault.keyArn === keyArn) {
        return 'right';
      }
      if (vault.keyArn === undefined) {
        return 'change';
      }
      throw new Problem('TokenVault/HeldByAnotherKey', {
        what: 'The token vault of this account and Region is already under another customer-managed key, set by another stack or by hand.',
        received: `current key ${vault.keyArn}, wanted key ${keyArn}`,
        allowed: 'a vault under the service-managed key, or already under the wanted key',
        action: 'Nothing was changed. To adopt the vault as it is, declare its current key; to replace the key, remove the other declaration'
          + ' first, then set the vault to the wanted or the service-managed key (aws bedrock-agentcore-control set-token-vault-cmk).',
      });
    },
  };
}

/** From the key that the resource had; a rollback is an update too, with the keys exchanged. */
function update(keyArn: string, oldKeyArn: string | undefined): Intent {
  return {
    keyArn,
    mayBeOvertaking: keyArn !== oldKeyArn,
    judge: vault => {
      if (vault.keyArn === keyArn) {
        return 'right';
      }
      if (!vault.exists || (oldKeyArn !== undefined && vault.keyArn === oldKeyArn)) {
        return 'change';
      }
      throw new Problem('TokenVault/ChangedElsewhere', {
        what: 'The token vault no longer has the key that this stack set; another stack or somebody by hand has changed it.',
        received: `current key ${vault.keyArn ?? 'service-managed'}`,
        allowed: `${oldKeyArn ?? 'no key'} (before this update) or ${keyArn} (after it)`,
        action: 'Nothing was changed. Set the vault back to one of the two (aws bedrock-agentcore-control set-token-vault-cmk) and deploy again,'
          + ' or remove this declaration; to leave a failed rollback, continue it with this resource skipped.',
      });
    },
  };
}

/** From the key that this resource set, and from no other: somebody else's key is left, without failing the deletion. */
function removal(keyArn: string, origin: Origin, age: RequestAge): Intent {
  return {
    keyArn: undefined,
    mayBeOvertaking: origin.kind === 'foreign',
    judge: vault => {
      if (vault.keyArn === undefined) {
        return 'right';
      }
      if (vault.keyArn !== keyArn || (origin.kind === 'found' && origin.keyArn === keyArn)) {
        return 'leave';
      }
      // CloudFormation cancelled the creation: only a key that was set while it could be running is taken for its work.
      return origin.kind === 'foreign' && !age.closelyFollowsChangeOf(vault) ? 'leave' : 'change';
    },
  };
}
