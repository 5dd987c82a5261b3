import { OutOfTime } from '../custom-resource/deadline';
import { FailedCall } from '../custom-resource/failed-call';
import { Problem } from '../custom-resource/problem';

/**
 * Tells the reader what an error means for the vault, whatever it was.
 *
 * @param last the most recent failure, which explains why time ran out
 * @param mayHaveChanged whether a change was sent that may have been made
 */
export function problemOf(error: unknown, last: FailedCall | undefined, mayHaveChanged: boolean): Problem {
  if (error instanceof Problem) {
    return error;
  }
  if (error instanceof OutOfTime) {
    return outOfTime(last, mayHaveChanged);
  }
  return error instanceof FailedCall ? failedCall(error) : unexpected(error);
}

function outOfTime(last: FailedCall | undefined, mayHaveChanged: boolean): Problem {
  return new Problem('TokenVault/OutOfTime', {
    what: 'The function ran out of time.',
    received: last?.message ?? 'no answer to the last call',
    action: mayHaveChanged
      ? 'The change may have been made: read the vault (aws bedrock-agentcore-control get-token-vault). Deploying again is safe.'
      : 'Nothing was changed. Deploy again.',
  });
}

function failedCall(failure: FailedCall): Problem {
  const received = failure.message;
  if (failure.trouble === 'absent' && failure.operation === 'DescribeKey') {
    return new Problem('TokenVault/KeyNotFound', {
      what: 'The key does not exist.',
      received,
      allowed: "a key of this account in the function's Region",
      action: 'Nothing was changed. Pass the ARN of an existing key.',
    });
  }
  if (failure.trouble === 'absent') {
    return new Problem('TokenVault/VaultMissing', {
      what: 'The token vault does not exist yet: it comes into being with the first credential provider of the account in this Region.',
      received,
      allowed: 'an existing vault',
      action: 'Nothing was changed. Deploy a credential provider first, or make this declaration depend on one, and deploy again.',
    });
  }
  if (failure.trouble === 'denied') {
    return new Problem('TokenVault/Denied', {
      what: `The function may not call ${failure.operation}.`,
      received,
      allowed: failure.operation === 'DescribeKey'
        ? "kms:DescribeKey on the key, for the function's role and in the key's policy"
        : `bedrock-agentcore:${failure.operation} on the vault and, through the service, use of the key in the role's and the key's policy`,
      action: 'Nothing was changed by this call. Add the permission and deploy again.',
    });
  }
  return new Problem('TokenVault/Refused', {
    what: `${failure.operation} was refused.`,
    received,
    action: 'Nothing was changed by this call. Do what the message asks for and deploy again.',
  });
}

function unexpected(error: unknown): Problem {
  return new Problem('TokenVault/Unexpected', {
    what: 'The handler failed in a way that it should not.',
    received: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    action: "Read the function's log, and report this as a defect of the library.",
  });
}
