import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';
import { environmentOf, vaultKeySetters } from '../vault-key-setters';

export const VAULT_KEY_SET_TWICE: Rule = {
  id: 'vault-key-set-twice',
  severity: CheckSeverity.ERROR,
  title: 'The key of one token vault is set from two places',
  why: 'There is one vault in an account and region: the last deployment wins, and tokens under the other key may become unreadable.',
  fix: 'Keep one `new TokenVaultEncryption(...)`; everywhere else `TokenVaultEncryption.fromKey(this, \'...\', key)`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_SetTokenVaultCMK.html',
  trigger: 'two custom resources that call `SetTokenVaultCMK`',
  find: ({ app }) => {
    const setters = vaultKeySetters(app);
    return setters.flatMap((resource, index) => {
      const other = setters.find((each, position) => position < index && environmentOf(each) === environmentOf(resource));
      return other === undefined ? [] : [{ resource, location: 'Properties', detail: `also set by ${other.path}` }];
    });
  },
};
