import * as http from 'node:http';
import { Endpoint, ReceivedRequest } from './endpoint';
import { errorReply, Reply } from './fault';

/** What the vault is: not there yet, under the service's key, or under the key with this ARN. */
export type VaultKeyName = 'absent' | 'service' | (string & {});

const OPERATIONS: Readonly<Record<string, string>> = {
  'POST /identities/get-token-vault': 'GetTokenVault',
  'POST /identities/set-token-vault-cmk': 'SetTokenVaultCMK',
};

/** Plays the control plane: the token vault's two operations, in REST-JSON. */
export class AgentCoreEndpoint extends Endpoint {
  public key: VaultKeyName = 'service';
  public modifiedAt = 0;
  /** Whether SetTokenVaultCMK brings the vault into being; nobody has documented it. */
  public vaultAppearsWhenSet = false;
  /** How far the service's clock is ahead of the function's. */
  public skew = 0;
  /** Every key that the handler set, in order. */
  public writes: VaultKeyName[] = [];

  /** Somebody else changes the vault. */
  public changeElsewhere(key: VaultKeyName): void {
    this.key = key;
    this.modifiedAt = this.clock.now();
  }

  protected operationOf(request: http.IncomingMessage): string {
    return OPERATIONS[`${request.method} ${request.url}`] ?? 'unknown';
  }

  protected answer(request: ReceivedRequest): Reply {
    const refusal = this.signatureRefusal(request);
    if (refusal) {
      return refusal;
    }
    const body = JSON.parse(request.body);
    if (body.tokenVaultId !== 'default') {
      return errorReply(400, 'ValidationException', `unknown vault ${body.tokenVaultId}`);
    }
    switch (request.operation) {
      case 'GetTokenVault':
        return this.key === 'absent' ? errorReply(404, 'ResourceNotFoundException', 'Token vault default not found') : this.description();
      case 'SetTokenVaultCMK':
        return this.set(body.kmsConfiguration);
      default:
        return errorReply(404, 'UnknownOperationException');
    }
  }

  private set(kms: { keyType: string; kmsKeyArn?: string }): Reply {
    if (this.key === 'absent' && !this.vaultAppearsWhenSet) {
      return errorReply(404, 'ResourceNotFoundException', 'Token vault default not found');
    }
    this.key = kms.keyType === 'ServiceManagedKey' ? 'service' : kms.kmsKeyArn!;
    this.modifiedAt = this.clock.now();
    this.writes.push(this.key);
    return this.description();
  }

  private description(): Reply {
    const kmsConfiguration = this.key === 'service'
      ? { keyType: 'ServiceManagedKey' }
      : { keyType: 'CustomerManagedKey', kmsKeyArn: this.key };
    return {
      status: 200,
      headers: this.dateHeader(),
      body: JSON.stringify({ tokenVaultId: 'default', kmsConfiguration, lastModifiedDate: this.modifiedAt / 1000 }),
    };
  }

  /** Every request must be signed for this service, and at a time that the service's clock agrees with. */
  private signatureRefusal({ headers }: ReceivedRequest): Reply | undefined {
    const authorization = headers.authorization ?? '';
    if (!/^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/eu-west-1\/bedrock-agentcore\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/.test(authorization)) {
      return errorReply(403, 'MissingAuthenticationTokenException', 'Not signed');
    }
    const signedAt = Date.parse(String(headers['x-amz-date']).replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
    if (Math.abs(signedAt - this.serviceTime()) < 300_000) {
      return undefined;
    }
    const refusal = errorReply(403, 'InvalidSignatureException', `Signature expired: ${headers['x-amz-date']}`);
    return { ...refusal, headers: { ...refusal.headers, ...this.dateHeader() } };
  }

  private dateHeader(): Record<string, string> {
    return { date: new Date(this.serviceTime()).toUTCString() };
  }

  private serviceTime(): number {
    return Date.now() + this.skew;
  }
}
