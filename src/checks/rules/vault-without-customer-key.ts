import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';
import { environmentOf, vaultKeySetters } from '../vault-key-setters';

export const VAULT_WITHOUT_CUSTOMER_KEY: Rule = {
  id: 'vault-without-customer-key',
  severity: CheckSeverity.WARNING,
  title: 'The token vault is not under a key of yours',
  why: 'The access and refresh tokens of all users lie there. Under a key that AWS owns nobody of yours can see its use, or stop it.',
  fix: '`new TokenVaultEncryption(this, \'TokenVault\')` in one stack of the account and region. Where another app sets it, acknowledge.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-data-encryption.html',
  trigger: 'OAuth2 providers in an app that sets no key for the vault; no L1 can (only with `requireCustomerKeys`)',
  find: ({ app, options }) => {
    const set = new Set(vaultKeySetters(app).map(environmentOf));
    const providers = options.requireCustomerKeys ? agentCoreResources(app, 'OAuth2CredentialProvider').map(({ resource }) => resource) : [];
    const first = new Map([...providers].reverse().map((resource) => [environmentOf(resource), resource]));
    return [...first].filter(([environment]) => !set.has(environment))
      .map(([environment, resource]) => ({ resource, location: 'Properties', detail: `no key is set for the vault of ${environment}` }));
  },
};
