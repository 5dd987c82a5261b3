import {
  BedrockAgentCoreControlClient, GetTokenVaultCommand, GetTokenVaultResponse, SetTokenVaultCMKCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import { Deadline } from '../custom-resource/deadline';
import { FailedCall } from '../custom-resource/failed-call';

/** What the vault was seen to be. */
export interface VaultState {
  /** False until the account's first credential provider in the Region brings the vault into being. */
  readonly exists: boolean;
  /** The customer-managed key, undefined while the vault is under the service's own. */
  readonly keyArn?: string;
  /** When the service last changed the vault, in milliseconds since the epoch. */
  readonly modifiedAt?: number;
}

const CUSTOMER_KEY = 'CustomerManagedKey';
const SERVICE_KEY = 'ServiceManagedKey';
const UNNAMED_KEY = 'a customer-managed key that the service does not name';

/** The account's token vault in this Region, behind its two operations. */
export class TokenVault {
  constructor(
    private readonly client: BedrockAgentCoreControlClient,
    private readonly deadline: Deadline,
    private readonly tokenVaultId: string,
  ) {}

  /** Reads the vault; that it does not exist is an answer too. */
  public async read(): Promise<VaultState> {
    try {
      const command = new GetTokenVaultCommand({ tokenVaultId: this.tokenVaultId });
      return stateOf('GetTokenVault', await this.deadline.call(abortSignal => this.client.send(command, { abortSignal })));
    } catch (error) {
      const failure = FailedCall.of('GetTokenVault', error);
      if (failure instanceof FailedCall && failure.trouble === 'absent') {
        return { exists: false };
      }
      throw failure;
    }
  }

  /** Puts the vault under the key, or under the service's own if there is none, and returns what the service says it is now. */
  public async set(keyArn: string | undefined): Promise<VaultState> {
    try {
      const command = new SetTokenVaultCMKCommand({
        tokenVaultId: this.tokenVaultId,
        kmsConfiguration: keyArn === undefined ? { keyType: SERVICE_KEY } : { keyType: CUSTOMER_KEY, kmsKeyArn: keyArn },
      });
      return stateOf('SetTokenVaultCMK', await this.deadline.call(abortSignal => this.client.send(command, { abortSignal })));
    } catch (error) {
      throw FailedCall.of('SetTokenVaultCMK', error);
    }
  }
}

function stateOf(operation: string, answer: Partial<GetTokenVaultResponse>): VaultState {
  const key = answer.kmsConfiguration;
  if (key?.keyType !== CUSTOMER_KEY && key?.keyType !== SERVICE_KEY) {
    throw new FailedCall(operation, 'unanswered', `an answer with key type ${key?.keyType}`);
  }
  return {
    exists: true,
    keyArn: key.keyType === CUSTOMER_KEY ? key.kmsKeyArn ?? UNNAMED_KEY : undefined,
    modifiedAt: answer.lastModifiedDate?.getTime(),
  };
}
