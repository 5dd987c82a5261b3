import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import { KMSClient } from '@aws-sdk/client-kms';
import { problemOf } from './failure';
import { intentOf } from './intent';
import { KeyCheck } from './key-check';
import { request, Request } from './request';
import { RequestAge } from './request-age';
import { Origin, originOf, resourceId } from './resource-id';
import { TokenVault } from './token-vault';
import { Outcome, VaultKey } from './vault-key';
import { Answer } from '../custom-resource/cloudformation-response';
import { CustomResource, Invocation, Surroundings } from '../custom-resource/custom-resource';
import { Deadline } from '../custom-resource/deadline';
import { Envelope } from '../custom-resource/envelope';
import { Log } from '../custom-resource/log';
import { Redaction } from '../custom-resource/redaction';
import { Retry } from '../custom-resource/retry';

const VAULT_ID = 'default';

/** The custom resource: the account-and-Region's token vault under a customer-managed key. */
export class TokenVaultEncryption extends CustomResource {
  private readonly control: BedrockAgentCoreControlClient;
  private readonly kms: KMSClient;

  constructor(surroundings: Surroundings) {
    super(surroundings);
    this.control = new BedrockAgentCoreControlClient(this.clientOptions);
    this.kms = new KMSClient(this.clientOptions);
  }

  /** Does what the request asks for, and says how it went. Never raises an error. */
  protected async decide(from: Envelope, invocation: Invocation, log: Log, redact: Redaction): Promise<Answer> {
    const { clock, random, region } = this.surroundings;
    const remaining = invocation.getRemainingTimeInMillis();
    log.info('Request received', { physicalResourceId: from.physicalResourceId, remainingMs: remaining });

    const origin = originOf(from.physicalResourceId, region);
    const age = new RequestAge(from.responseUrl, clock.now());
    const deadline = new Deadline(clock, remaining);
    const retry = new Retry(clock, deadline, log, random, operation => operation === 'DescribeKey');
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
