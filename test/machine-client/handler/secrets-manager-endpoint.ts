import * as http from 'node:http';
import { Endpoint, ReceivedRequest } from '../../vault/handler/endpoint';
import { errorReply, Reply } from '../../vault/handler/fault';

/** A version of the secret. */
export interface Version {
  readonly id: string;
  readonly value: string;
}

/** Plays Secrets Manager with one secret: DescribeSecret and PutSecretValue, in AWS JSON 1.1. Nothing can be read. */
export class SecretsManagerEndpoint extends Endpoint {
  public arn = '';
  public exists = true;
  public deletedAt: number | undefined;
  /** Every version, in the order in which they were written. */
  public versions: Version[] = [];
  public current: string | undefined;
  public previous: string | undefined;

  /** The value in use. */
  public get value(): Record<string, string> | undefined {
    const version = this.versions.find(({ id }) => id === this.current);
    return version && JSON.parse(version.value);
  }

  /** Somebody puts another value there. */
  public rotate(id: string, value: object): void {
    this.versions.push({ id, value: JSON.stringify(value) });
    this.makeCurrent(id);
  }

  protected operationOf({ headers }: http.IncomingMessage): string {
    return /^secretsmanager\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1] ?? 'unknown';
  }

  protected answer(request: ReceivedRequest): Reply {
    const body = JSON.parse(request.body);
    if (!this.exists || body.SecretId !== this.arn) {
      return errorReply(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    switch (request.operation) {
      case 'DescribeSecret':
        return answer({ ARN: this.arn, VersionIdsToStages: this.stages(), ...(this.deletedAt === undefined ? {} : { DeletedDate: this.deletedAt / 1000 }) });
      case 'PutSecretValue':
        return this.put(body);
      default:
        return errorReply(400, 'AccessDeniedException', `${request.operation} is not allowed`);
    }
  }

  private put({ ClientRequestToken: id, SecretString: value, VersionStages: stages }: Record<string, any>): Reply {
    const known = this.versions.find(version => version.id === id);
    if (known && known.value !== value) {
      return errorReply(400, 'ResourceExistsException');
    }
    if (!known) {
      if (id.length < 32 || id.length > 64 || stages.join() !== 'AWSCURRENT') {
        return errorReply(400, 'InvalidParameterException');
      }
      this.versions.push({ id, value });
      this.makeCurrent(id);
    }
    // A version that is there already is left as it is, labels included.
    return answer({ ARN: this.arn, VersionId: id, VersionStages: this.stages()[id] ?? [] });
  }

  private makeCurrent(id: string): void {
    this.previous = this.current;
    this.current = id;
  }

  /** Only versions with a label are listed. */
  private stages(): Record<string, string[]> {
    return {
      ...(this.previous === undefined ? {} : { [this.previous]: ['AWSPREVIOUS'] }),
      ...(this.current === undefined ? {} : { [this.current]: ['AWSCURRENT'] }),
    };
  }
}

function answer(body: object): Reply {
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
