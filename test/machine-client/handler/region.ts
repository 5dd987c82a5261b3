import { CognitoEndpoint } from './cognito-endpoint';
import { SecretsManagerEndpoint } from './secrets-manager-endpoint';
import { Binding } from '../../../handlers/machine-client-secret/binding';
import { MachineClientSecret } from '../../../handlers/machine-client-secret/custom-resource';
import { AnswerEndpoint, GivenAnswer } from '../../vault/handler/answer-endpoint';
import { CREDENTIALS, REGION, URL_SIGNATURE } from '../../vault/handler/region';
import { VirtualClock } from '../../vault/handler/virtual-clock';

export const POOL = 'eu-west-1_a1B2c3D4e';
export const READER = '1reader5nc484p94kpqsnet7mp';
export const KEEPER = '2keeper5nc484p94kpqsnet7mp';
/** As Cognito makes them: 51 characters. */
export const READER_SECRET = 'canaryreader9f8e7d6c5b4a39281706f5e4d3c2b1a0998877665';
export const KEEPER_SECRET = 'canarykeeper0a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
export const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:ReaderSecret-a1B2c3';
export const STACK_ID = `arn:aws:cloudformation:${REGION}:111122223333:stack/app/89df0570-a250-11eb-84de-0a43cdcd5209`;
const FUNCTION_TIMEOUT = 120_000;

export type Event = Record<string, any>;

/** What an event asks for; the rest is as CloudFormation sends it. */
export interface EventFields {
  readonly properties?: Record<string, unknown>;
  readonly oldProperties?: Record<string, unknown>;
  readonly id?: string;
}

/** Cognito, Secrets Manager, CloudFormation's bucket and Lambda on one machine, on a clock that stands still. */
export class Region {
  public readonly clock = new VirtualClock();
  public readonly cognito = new CognitoEndpoint(this.clock);
  public readonly secrets = new SecretsManagerEndpoint(this.clock);
  public readonly answers = new AnswerEndpoint(this.clock);
  public readonly log: string[] = [];
  private handler: MachineClientSecret | undefined;
  private requests = 0;
  public random: () => number = () => 0.5;

  public async open(): Promise<void> {
    await Promise.all([this.cognito.start(), this.secrets.start(), this.answers.start()]);
    Object.assign(process.env, CREDENTIALS, {
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: this.cognito.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: this.secrets.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    this.reset();
  }

  public async close(): Promise<void> {
    await Promise.all([this.cognito.stop(), this.secrets.stop(), this.answers.stop()]);
  }

  /** Two clients, the reader's secret without a value, and a function for the reader that was never invoked. */
  public reset(): void {
    for (const endpoint of [this.cognito, this.secrets, this.answers]) {
      Object.assign(endpoint, { faults: [], outage: undefined, received: [] });
    }
    this.cognito.clients.clear();
    this.cognito.clients.set(READER, READER_SECRET).set(KEEPER, KEEPER_SECRET);
    this.cognito.deviations = {};
    Object.assign(this.secrets, { arn: SECRET, exists: true, deletedAt: undefined, versions: [], current: undefined, previous: undefined });
    this.clock.whilePausing = undefined;
    this.log.length = 0;
    this.deploy(READER);
  }

  /** The function is for this client from now on; events go to a new execution environment. */
  public deploy(clientId: string): void {
    this.handler = this.environment({ userPoolId: POOL, clientId, secretArn: SECRET });
  }

  public environment(binding: Partial<Binding>): MachineClientSecret {
    return new MachineClientSecret({ clock: this.clock, random: () => this.random(), write: line => this.log.push(line), region: REGION, binding });
  }

  public event(RequestType: string, { properties, oldProperties, id }: EventFields = {}): Event {
    const RequestId = `request-${++this.requests}`;
    return {
      RequestType,
      RequestId,
      StackId: STACK_ID,
      LogicalResourceId: 'ReaderMover',
      ResourceType: 'Custom::AgentCoreMachineClientSecret',
      ResponseURL: this.answers.presignedUrl(RequestId, URL_SIGNATURE),
      ServiceToken: `arn:aws:lambda:${REGION}:111122223333:function:mover`,
      ResourceProperties: properties ?? propertiesFor(READER),
      ...(RequestType === 'Create' ? {} : { PhysicalResourceId: id ?? 'machine-client-secret/ReaderMover' }),
      ...(oldProperties === undefined ? {} : { OldResourceProperties: oldProperties }),
    };
  }

  /** Lambda invokes the function once. Fails if it would have been killed at its timeout. */
  public async invoke(event: unknown, handler = this.handler!, timeout = FUNCTION_TIMEOUT): Promise<void> {
    const end = this.clock.now() + timeout;
    await handler.handle(event, { getRemainingTimeInMillis: () => end - this.clock.now() });
    if (this.clock.now() > end) {
      throw new Error(`The function was killed ${this.clock.now() - end} ms after its end`);
    }
  }

  /** Sends an event and returns what CloudFormation was told. */
  public async send(RequestType: string, fields: EventFields = {}): Promise<GivenAnswer> {
    const event = this.event(RequestType, fields);
    await this.invoke(event);
    return this.answers.answerTo(event.RequestId)!;
  }

  /** Everything that left the function but for what it wrote into the secret. */
  public get said(): string {
    return [...this.log, ...this.answers.received.map(({ path, body }) => `${path} ${body}`), ...this.cognito.received.map(({ body }) => body),
      ...this.secrets.received.filter(({ operation }) => operation !== 'PutSecretValue').map(({ body }) => body),
      ...this.secrets.received.map(({ body }) => String(JSON.parse(body).ClientRequestToken))].join('\n');
  }
}

/** What a stack says of a client. */
export function propertiesFor(clientId: string, more: object = {}): Record<string, unknown> {
  return { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:mover', UserPoolId: POOL, ClientId: clientId, SecretArn: SECRET, ...more };
}
