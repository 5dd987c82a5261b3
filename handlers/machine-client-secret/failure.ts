import { OutOfTime } from '../custom-resource/deadline';
import { FailedCall } from '../custom-resource/failed-call';
import { Problem } from '../custom-resource/problem';

const RIGHTS: Readonly<Record<string, string>> = {
  DescribeUserPoolClient: 'cognito-idp:DescribeUserPoolClient on the user pool',
  DescribeSecret: 'secretsmanager:DescribeSecret on the secret',
  PutSecretValue: 'secretsmanager:PutSecretValue on the secret and, through Secrets Manager, kms:GenerateDataKey and kms:Decrypt with its key, in the role\'s and the key\'s policy',
};

/**
 * Tells the reader what an error means, whatever it was.
 *
 * @param last the most recent failure, which explains why time ran out
 * @param mayHaveWritten whether a version was sent that may have been written
 */
export function problemOf(error: unknown, last: FailedCall | undefined, mayHaveWritten: boolean): Problem {
  if (error instanceof Problem) {
    return error;
  }
  const undone = mayHaveWritten ? 'The secret may have been written; deploying again is safe.' : 'Nothing was changed. Deploy again.';
  if (error instanceof OutOfTime) {
    return new Problem('MachineClientSecret/OutOfTime', {
      what: 'The function ran out of time.', received: last?.message ?? 'no answer to the last call', action: undone,
    });
  }
  if (error instanceof FailedCall) {
    return failedCall(error, undone);
  }
  return new Problem('MachineClientSecret/Unexpected', {
    what: 'The handler failed in a way that it should not.',
    received: error instanceof Error ? error.name : typeof error,
    action: "Read the function's log, and report this as a defect of the library.",
  });
}

function failedCall(failure: FailedCall, undone: string): Problem {
  const received = failure.message;
  switch (failure.trouble) {
    case 'absent':
      return new Problem('MachineClientSecret/Missing', {
        what: failure.operation === 'DescribeUserPoolClient' ? 'The app client does not exist.' : 'The secret in Secrets Manager does not exist.',
        received,
        action: `${undone} Somebody removed it outside of the stack: give the client another id in the app.`,
      });
    case 'denied':
      return new Problem('MachineClientSecret/Denied', {
        what: `The function may not call ${failure.operation}.`, received, allowed: RIGHTS[failure.operation], action: `${undone} Add the permission first.`,
      });
    default:
      return new Problem('MachineClientSecret/Refused', {
        what: `${failure.operation} was refused.`, received, action: `${undone} CloudTrail has the reason, under the request id.`,
      });
  }
}
