import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import { KMSClient } from '@aws-sdk/client-kms';
import { AnsweredRequests } from './answered-requests';
import { Clock } from './clock';
import { Answer, bodyOf } from './cloudformation-response';
import { Deadline } from './deadline';
import { AnswerDelivery } from './delivery';
import { problemOf } from './failure';
import { intentOf } from './intent';
import { KeyCheck } from './key-check';
import { Log } from './log';
import { redaction } from './redaction';
import { Envelope, envelope, request, Request } from './request';
import { RequestAge } from './request-age';
import { Origin, originOf, resourceId } from './resource-id';
import { Retry } from './retry';
import { TokenVault } from './token-vault';
import { Outcome, VaultKey } from './vault-key';

const VAULT_ID = 'default';
const CONNECTION_TIMEOUT = 5_000;

/** What the handler needs from its surroundings. */
export interface Surroundings {
  readonly clock: Clock;
  /** Evenly distributed numbers from 0 to 1, for jitter. */
  readonly random: () => number;
  /** Takes one line of log. */
  readonly write: (line: string) => void;
  /** The Region of the function, and so of the vault. */
  readonly region: string;
}

/** What the handler needs from Lambda's context. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/**
 * The custom resource: the account-and-Region's token vault under a customer-managed key.
 *
 * One instance lives as long as its execution environment. Each request is decided (read the vault, judge, perhaps change
 * it), answered at CloudFormation's pre-signed URL, and remembered.
 */
export class TokenVaultEncryption {
  private readonly control: BedrockAgentCoreControlClient;
  private readonly kms: KMSClient;
  private readonly answered = new AnsweredRequests();

  constructor(private readonly surroundings: Surroundings) {
    // Retries are this handler's own; see Retry for the reasons.
    const options = { region: surroundings.region, maxAttempts: 1, requestHandler: { connectionTimeout: CONNECTION_TIMEOUT } };
    this.control = new BedrockAgentCoreControlClient(options);
    this.kms = new KMSClient(options);
  }

  /**
   * Handles one event.
   *
   * Raises an error only if the answer was not delivered and it is harmless that Lambda, which repeats failed events,
   * delivers the same event again. That is so after a success, whose repetition finds nothing to do, and where no answer
   * can have arrived. A failure whose answer may have arrived is not repeated: CloudFormation may have rolled back by then,
   * and the repetition might succeed.
   */
  public async handle(event: unknown, invocation: Invocation): Promise<void> {
    const { clock, random, write } = this.surroundings;
    let from: Envelope;
    try {
      from = envelope(event);
    } catch (error) {
      new Log(write, redaction(undefined)).error((error as Error).message);
      throw error;
    }
    const redact = redaction(from.responseUrl);
    const { requestType, stackId, requestId, logicalResourceId } = from;
    const log = new Log(write, redact, { requestType, stackId, requestId, logicalResourceId });

    const repeated = this.answered.find(stackId, requestId);
    if (repeated) {
      log.warn('Request repeated, giving the same answer again');
    }
    const answer = repeated ?? await this.decide(from, invocation, log, redact);
    const delivery = await new AnswerDelivery(clock, random, log)
      .deliver(from.responseUrl, bodyOf(answer), () => invocation.getRemainingTimeInMillis());
    if (delivery !== 'undelivered') {
      this.answered.add(answer);
    }
    if (delivery === 'undelivered' || (delivery === 'unconfirmed' && answer.Status === 'SUCCESS')) {
      log.error('The answer was not delivered; Lambda is asked to repeat the event');
      throw new Error('The answer to CloudFormation was not delivered');
    }
    if (delivery === 'unconfirmed') {
      log.error('It is not known whether the answer arrived; CloudFormation may wait until it gives up');
    }
  }

  /** Does what the request asks for, and says how it went. Never raises an error. */
  private async decide(from: Envelope, invocation: Invocation, log: Log, redact: (text: string) => string): Promise<Answer> {
    const { clock, random, region } = this.surroundings;
    const remaining = invocation.getRemainingTimeInMillis();
    log.info('Request received', { physicalResourceId: from.physicalResourceId, remainingMs: remaining });

    const origin = originOf(from.physicalResourceId, region);
    const age = new RequestAge(from.responseUrl, clock.now());
    const deadline = new Deadline(clock, remaining);
    const retry = new Retry(clock, deadline, log, random);
    const key = new VaultKey(new TokenVault(this.control, deadline, VAULT_ID), new KeyCheck(this.kms, deadline), deadline, retry, age, log);
    const identifiers = { StackId: from.stackId, RequestId: from.requestId, LogicalResourceId: from.logicalResourceId };
    const isCreation = from.requestType !== 'Delete' && (from.requestType !== 'Update' || origin.kind === 'untouched');
    const sameId = from.physicalResourceId ?? resourceId(region, { kind: 'set' });
    try {
      const wanted = request(from, region);
      const outcome = await deadline.run(async () => {
        age.refuseIfExpired();
        const intent = intentOf(wanted, origin, age);
        return intent && key.bring(intent);
      });
      log.info('Request done', { changed: outcome?.changed ?? false, keyArn: outcome?.vault.keyArn });
      return {
        Status: 'SUCCESS',
        PhysicalResourceId: isCreation && outcome ? resourceId(region, originAfter(outcome, key, age)) : sameId,
        ...identifiers,
        ...dataOf(wanted),
      };
    } catch (error) {
      const problem = problemOf(error, retry.last, key.mayHaveChanged);
      log.error(problem.message, {
        code: problem.code,
        mayHaveChanged: key.mayHaveChanged,
        stack: problem.code === 'TokenVault/Unexpected' ? (error as Error)?.stack : undefined,
      });
      return {
        Status: 'FAILED',
        Reason: redact(problem.message),
        PhysicalResourceId: isCreation && from.requestType !== 'Update'
          ? resourceId(region, { kind: key.mayHaveChanged ? 'set' : 'untouched' })
          : sameId,
        ...identifiers,
      };
    } finally {
      deadline.end();
    }
  }
}

/** A key that was already there was set by an earlier delivery of the same request, or by somebody else before it. */
function originAfter(outcome: Outcome, key: VaultKey, age: RequestAge): Origin {
  return outcome.changed || key.mayHaveChanged || age.precedesChangeOf(outcome.vault)
    ? { kind: 'set' }
    : { kind: 'found', keyArn: outcome.vault.keyArn ?? '' };
}

function dataOf(wanted: Request): Pick<Answer, 'Data'> {
  return wanted.type === 'Delete' ? {} : { Data: { KeyArn: wanted.keyArn, KeyType: 'CustomerManagedKey' } };
}
