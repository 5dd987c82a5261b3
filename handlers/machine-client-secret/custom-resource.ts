import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AppClient } from './app-client';
import { Binding, boundRequest } from './binding';
import { problemOf } from './failure';
import { KeptSecret } from './kept-secret';
import { SecretMove } from './secret-move';
import { Answer } from '../custom-resource/cloudformation-response';
import { CustomResource, Invocation, Surroundings } from '../custom-resource/custom-resource';
import { Deadline } from '../custom-resource/deadline';
import { Envelope } from '../custom-resource/envelope';
import { Log } from '../custom-resource/log';
import { Redaction } from '../custom-resource/redaction';
import { Retry } from '../custom-resource/retry';

/** Surroundings of a function that is for one client. */
export interface BoundSurroundings extends Surroundings {
  readonly binding: Partial<Binding>;
}

/** The custom resource: the secret of one app client of Cognito, kept in one secret of Secrets Manager. */
export class MachineClientSecret extends CustomResource<BoundSurroundings> {
  private readonly cognito: CognitoIdentityProviderClient;
  private readonly secretsManager: SecretsManagerClient;

  constructor(surroundings: BoundSurroundings) {
    super(surroundings);
    this.cognito = new CognitoIdentityProviderClient(this.clientOptions);
    this.secretsManager = new SecretsManagerClient(this.clientOptions);
  }

  protected async decide(from: Envelope, invocation: Invocation, log: Log, redact: Redaction): Promise<Answer> {
    const { clock, random } = this.surroundings;
    const binding = this.surroundings.binding as Binding;
    const identifiers = {
      // Stays the same whatever becomes of client and secret, so that CloudFormation never sees a replacement.
      PhysicalResourceId: from.physicalResourceId ?? `machine-client-secret/${from.logicalResourceId}`,
      StackId: from.stackId,
      RequestId: from.requestId,
      LogicalResourceId: from.logicalResourceId,
    };
    if (from.requestType === 'Delete') {
      log.info('Nothing to do: the secret goes with its own resource');
      return { Status: 'SUCCESS', ...identifiers };
    }
    const remaining = invocation.getRemainingTimeInMillis();
    log.info('Request received', { remainingMs: remaining });
    const deadline = new Deadline(clock, remaining);
    const retry = new Retry(clock, deadline, log, random, () => true);
    const move = new SecretMove(binding, new AppClient(this.cognito, deadline, binding), new KeptSecret(this.secretsManager, deadline, binding), retry, redact, log);
    try {
      const request = boundRequest(from, binding);
      const outcome = await deadline.run(() => move.carryOut(request, from.requestId));
      log.info('Request done', { outcome });
      return { Status: 'SUCCESS', ...identifiers };
    } catch (error) {
      const problem = problemOf(error, retry.last, move.mayHaveWritten);
      log.error(problem.message, { code: problem.code, mayHaveWritten: move.mayHaveWritten, at: placeOf(error) });
      return { Status: 'FAILED', Reason: redact(problem.message), ...identifiers };
    } finally {
      deadline.end();
    }
  }
}

/** Where an error was raised, without its message. */
function placeOf(error: unknown): string {
  const frames = (error as Error | undefined)?.stack?.split('\n').filter(line => /^\s+at /.test(line)) ?? [];
  return frames[0]?.trim() ?? 'unknown';
}
