import { createHash } from 'node:crypto';
import { Binding } from './binding';

/** Half of the 64 characters that Secrets Manager takes as the id of a version. */
const HALF = 32;

/**
 * The id of a version of the kept secret: it tells what is in the version without telling the value.
 *
 * The first half is derived from the client and its secret, which is random enough (over 250 bits) that nobody finds it by
 * trying. So the function recognizes its own work by the ids that Secrets Manager lists, and need not be able to read any
 * value. The second half is derived from CloudFormation's request: a request that comes again asks for the same version, and
 * a rollback for a new one, since Secrets Manager would ignore the id of a version that it has already.
 */
export class SecretVersion {
  private readonly content: string;
  public readonly id: string;

  constructor({ userPoolId, clientId }: Binding, secret: string, requestId: string) {
    this.content = half([userPoolId, clientId, secret]);
    this.id = this.content + half([requestId]);
  }

  /** Whether a version of this id holds the same. */
  public isIn(versionId: string): boolean {
    return versionId.startsWith(this.content);
  }
}

function half(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, HALF);
}
