import { DescribeKeyCommand, KeyMetadata, KMSClient } from '@aws-sdk/client-kms';
import { multiRegionProblem } from './key-arn';
import { Deadline } from '../custom-resource/deadline';
import { FailedCall } from '../custom-resource/failed-call';
import { Problem } from '../custom-resource/problem';

/**
 * Checks a key before anything is changed.
 *
 * What AgentCore says about an unfit key, and whether it says it before or after the change, is not documented; a vault
 * under a key that cannot decrypt loses every user's consent.
 */
export class KeyCheck {
  constructor(private readonly client: KMSClient, private readonly deadline: Deadline) {}

  /** Raises every problem that the key has, together. */
  public async pass(arn: string): Promise<void> {
    Problem.throwAll(problemsOf(arn, await this.describe(arn)));
  }

  private async describe(arn: string): Promise<KeyMetadata> {
    try {
      const answer = await this.deadline.call(abortSignal => this.client.send(new DescribeKeyCommand({ KeyId: arn }), { abortSignal }));
      if (!answer.KeyMetadata) {
        throw new FailedCall('DescribeKey', 'unanswered', 'an answer without KeyMetadata');
      }
      return answer.KeyMetadata;
    } catch (error) {
      throw FailedCall.of('DescribeKey', error);
    }
  }
}

function problemsOf(arn: string, key: KeyMetadata): Problem[] {
  const received = `key ${arn}`;
  return [
    ...stateProblems(received, key),
    ...(key.MultiRegion ? [multiRegionProblem(arn)] : []),
    ...(key.KeyManager !== undefined && key.KeyManager !== 'CUSTOMER' ? [new Problem('TokenVault/KeyManagedByAws', {
      what: 'The key is managed by AWS, so its policy cannot admit the agents.',
      received: `${received}, manager ${key.KeyManager}`,
      allowed: 'a customer-managed key',
      action: 'Make a key of your own and pass its ARN.',
    })] : []),
    ...(key.KeySpec !== 'SYMMETRIC_DEFAULT' ? [new Problem('TokenVault/KeyNotSymmetric', {
      what: 'The token vault takes symmetric encryption keys only.',
      received: `${received}, spec ${key.KeySpec}`,
      allowed: 'spec SYMMETRIC_DEFAULT',
      action: 'Make a key with the default spec and pass its ARN.',
    })] : []),
    ...(key.KeyUsage !== 'ENCRYPT_DECRYPT' ? [new Problem('TokenVault/KeyUsage', {
      what: 'The key is not for encryption.',
      received: `${received}, usage ${key.KeyUsage}`,
      allowed: 'usage ENCRYPT_DECRYPT',
      action: 'Make a key with usage ENCRYPT_DECRYPT and pass its ARN.',
    })] : []),
  ];
}

function stateProblems(received: string, key: KeyMetadata): Problem[] {
  const state = key.KeyState ?? (key.Enabled ? 'Enabled' : 'Disabled');
  switch (state) {
    case 'Enabled':
      return [];
    case 'Disabled':
      return [new Problem('TokenVault/KeyDisabled', {
        what: 'The key is disabled.',
        received,
        allowed: 'an enabled key',
        action: 'Enable the key and deploy again.',
      })];
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return [new Problem('TokenVault/KeyPendingDeletion', {
        what: 'The key is scheduled for deletion.',
        received,
        allowed: 'an enabled key',
        action: 'Cancel the deletion and enable the key, or pass another one.',
      })];
    default:
      return [new Problem('TokenVault/KeyUnavailable', {
        what: 'The key cannot be used in its present state.',
        received: `${received}, state ${state}`,
        allowed: 'an enabled key',
        action: 'Wait until the key is enabled, or pass another one, and deploy again.',
      })];
  }
}
