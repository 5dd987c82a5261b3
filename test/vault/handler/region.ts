import { AgentCoreEndpoint } from './agentcore-endpoint';
import { AnswerEndpoint, GivenAnswer } from './answer-endpoint';
import { KmsEndpoint } from './kms-endpoint';
import { VirtualClock } from './virtual-clock';
import { TokenVaultEncryption } from '../../../handlers/token-vault-encryption/custom-resource';

export const REGION = 'eu-west-1';
export const KEY_1 = keyArn('1111');
export const KEY_2 = keyArn('2222');
export const KEY_3 = keyArn('3333');
export const STACK_ID = `arn:aws:cloudformation:${REGION}:111122223333:stack/app/89df0570-a250-11eb-84de-0a43cdcd5209`;
export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'ASIACANARYCANARYCANA',
  AWS_SECRET_ACCESS_KEY: 'canary/Secret+wJalrXUtnFEMIK7MDENGbPxRfiCY',
  AWS_SESSION_TOKEN: 'IQoJcanaryToken//////////wEaCWV1LXdlc3QtMSJHMEUCIQDcanary==',
};
export const URL_SIGNATURE = 'd0f1canary8e1756bba163b2950d1d611594119544d6aef48ffe5275102ae6cd';

const FUNCTION_TIMEOUT = 300_000;

/** The custom resource's event, as CloudFormation would send it. */
export type Event = Record<string, unknown> & { readonly RequestId: string };

/** What goes into an event. */
export interface EventFields {
  readonly id?: string;
  readonly properties?: Record<string, unknown>;
  readonly oldProperties?: Record<string, unknown>;
}

/**
 * A Region with one vault, some keys and one CloudFormation, on this machine.
 *
 * The handler in it runs unmodified, through the unmodified SDK clients; only its clock is not real.
 */
export class Region {
  public readonly clock = new VirtualClock();
  public readonly agentCore = new AgentCoreEndpoint(this.clock);
  public readonly kms = new KmsEndpoint(this.clock);
  public readonly answers = new AnswerEndpoint(this.clock);
  public readonly log: string[] = [];
  public random: () => number = Math.random;

  private handler: TokenVaultEncryption | undefined;
  private requests = 0;

  public async open(): Promise<void> {
    await Promise.all([this.agentCore.start(), this.kms.start(), this.answers.start()]);
    Object.assign(process.env, CREDENTIALS, {
      AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL: this.agentCore.url,
      AWS_ENDPOINT_URL_KMS: this.kms.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    this.reset();
  }

  public async close(): Promise<void> {
    await Promise.all([this.agentCore.stop(), this.kms.stop(), this.answers.stop()]);
  }

  /** A vault under the service's key, three fit keys, and a function that was never invoked. */
  public reset(): void {
    Object.assign(this.agentCore, { key: 'service', modifiedAt: this.clock.now() - 86_400_000, vaultAppearsWhenSet: false, skew: 0, writes: [] });
    for (const endpoint of [this.agentCore, this.kms, this.answers]) {
      Object.assign(endpoint, { faults: [], outage: undefined, received: [] });
    }
    this.kms.keys.clear();
    [KEY_1, KEY_2, KEY_3].forEach(arn => this.kms.addKey(arn));
    this.clock.whilePausing = undefined;
    this.log.length = 0;
    this.coldStart();
  }

  /** From now on, events go to a new execution environment. */
  public coldStart(): void {
    this.handler = undefined;
  }

  /** Another execution environment of the same function. */
  public environment(): TokenVaultEncryption {
    return new TokenVaultEncryption({
      clock: this.clock,
      random: () => this.random(),
      write: line => this.log.push(line),
      region: REGION,
    });
  }

  public event(RequestType: string, { id, properties = {}, oldProperties }: EventFields = {}): Event {
    const RequestId = `request-${++this.requests}`;
    return {
      RequestType,
      RequestId,
      StackId: STACK_ID,
      LogicalResourceId: 'Vault',
      ResourceType: 'Custom::AgentCoreTokenVaultEncryption',
      ResponseURL: this.answers.presignedUrl(RequestId, URL_SIGNATURE),
      ServiceToken: `arn:aws:lambda:${REGION}:111122223333:function:vault`,
      ResourceProperties: { ServiceToken: `arn:aws:lambda:${REGION}:111122223333:function:vault`, TokenVaultId: 'default', ...properties },
      ...(id === undefined ? {} : { PhysicalResourceId: id }),
      ...(oldProperties === undefined ? {} : { OldResourceProperties: { TokenVaultId: 'default', ...oldProperties } }),
    };
  }

  /** Lambda invokes the function once. Fails if it would have been killed at its timeout. */
  public async invoke(event: unknown, handler = this.handler ??= this.environment(), timeout = FUNCTION_TIMEOUT): Promise<void> {
    const end = this.clock.now() + timeout;
    try {
      await handler.handle(event, { getRemainingTimeInMillis: () => end - this.clock.now() });
    } finally {
      if (this.clock.now() > end) {
        // eslint-disable-next-line no-unsafe-finally
        throw new Error(`The function was killed ${this.clock.now() - end} ms after its end`);
      }
    }
  }

  /** Sends an event and returns what CloudFormation was told. */
  public async send(RequestType: string, fields: EventFields = {}): Promise<GivenAnswer> {
    const event = this.event(RequestType, fields);
    await this.invoke(event);
    const answer = this.answers.answerTo(event.RequestId);
    if (!answer) {
      throw new Error(`No answer to ${RequestType}`);
    }
    return answer;
  }
}

/** A key of this account and Region. */
export function keyArn(digits: string): string {
  return `arn:aws:kms:${REGION}:111122223333:key/${digits}${'0'.repeat(4)}-0000-4000-8000-${'0'.repeat(12)}`;
}
