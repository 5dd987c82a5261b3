import * as http from 'node:http';
import { Endpoint, ReceivedRequest } from './endpoint';
import { errorReply, Reply } from './fault';

/** What DescribeKey says about a key, in the service's own words. */
export type KeyDescription = Record<string, unknown>;

/** Plays KMS: DescribeKey, in AWS JSON 1.1. */
export class KmsEndpoint extends Endpoint {
  public readonly keys = new Map<string, KeyDescription>();

  /** Adds a key that the vault takes, but for the deviations. */
  public addKey(arn: string, deviations: KeyDescription = {}): void {
    this.keys.set(arn, {
      Arn: arn,
      KeyId: arn.split('/')[1],
      Enabled: true,
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      ...deviations,
    });
  }

  protected operationOf(request: http.IncomingMessage): string {
    return request.headers['content-type'] === 'application/x-amz-json-1.1' && request.headers['x-amz-target'] === 'TrentService.DescribeKey'
      ? 'DescribeKey'
      : 'unknown';
  }

  protected answer(request: ReceivedRequest): Reply {
    const key = this.keys.get(JSON.parse(request.body).KeyId);
    return key
      ? { status: 200, body: JSON.stringify({ KeyMetadata: key }), headers: { 'content-type': 'application/x-amz-json-1.1' } }
      : errorReply(400, 'NotFoundException', `Key '${JSON.parse(request.body).KeyId}' does not exist`);
  }
}
