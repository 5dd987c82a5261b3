import { keyArn } from './key-arn';
import { Envelope, text } from '../custom-resource/envelope';
import { Problem } from '../custom-resource/problem';

/** What becomes of the vault's key when the resource is removed from its stack. */
export type OnRemoval = 'KEEP_KEY' | 'RETURN_TO_SERVICE_KEY';

/** What the stack asks for. */
export type Request =
  | { readonly type: 'Create'; readonly keyArn: string }
  | { readonly type: 'Update'; readonly keyArn: string; readonly oldKeyArn?: string }
  | { readonly type: 'Delete'; readonly keyArn?: string; readonly onRemoval: OnRemoval };

const VAULT_ID = 'default';

/**
 * Reads what is asked for, or raises every problem with it.
 *
 * A deletion is read leniently: it also comes for a resource whose creation failed because its properties are wrong, and
 * must not fail for the same reason.
 */
export function request(from: Envelope, region: string): Request {
  const { properties, oldProperties } = from;
  switch (from.requestType) {
    case 'Create':
      return { type: 'Create', keyArn: checked(properties, region) };
    case 'Update':
      return { type: 'Update', keyArn: checked(properties, region), oldKeyArn: text(oldProperties.KeyArn) };
    case 'Delete':
      return {
        type: 'Delete',
        keyArn: text(properties.KeyArn),
        onRemoval: properties.OnRemoval === 'RETURN_TO_SERVICE_KEY' ? 'RETURN_TO_SERVICE_KEY' : 'KEEP_KEY',
      };
    default:
      throw new Problem('TokenVault/RequestType', {
        what: 'CloudFormation sent a request that this handler does not know.',
        received: `RequestType "${from.requestType}"`,
        allowed: 'Create, Update, Delete',
        action: 'Invoke the function through CloudFormation only.',
      });
  }
}

function checked(properties: Readonly<Record<string, unknown>>, region: string): string {
  const problems: Problem[] = [];
  let arn = '';
  try {
    arn = keyArn(properties.KeyArn, region);
  } catch (error) {
    problems.push(error as Problem);
  }
  const { TokenVaultId: vaultId = VAULT_ID, OnRemoval: onRemoval = 'KEEP_KEY' } = properties;
  if (vaultId !== VAULT_ID) {
    problems.push(new Problem('TokenVault/VaultId', {
      what: 'There is no such token vault.',
      received: `TokenVaultId ${JSON.stringify(vaultId)}`,
      allowed: `"${VAULT_ID}": an account has one vault per Region`,
      action: `Pass "${VAULT_ID}".`,
    }));
  }
  if (onRemoval !== 'KEEP_KEY' && onRemoval !== 'RETURN_TO_SERVICE_KEY') {
    problems.push(new Problem('TokenVault/OnRemoval', {
      what: 'OnRemoval does not say what becomes of the key.',
      received: JSON.stringify(onRemoval),
      allowed: 'KEEP_KEY, RETURN_TO_SERVICE_KEY',
      action: 'Pass one of them.',
    }));
  }
  Problem.throwAll(problems);
  return arn;
}
