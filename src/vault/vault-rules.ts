import { aws_kms as kms, Stage, Token } from 'aws-cdk-lib';
import type { ITokenVaultEncryption } from './token-vault-encryption';
import { expectAsDeclared } from '../declaration/declared-properties';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { environmentKey } from '../provider/provider-key';

/** Rules about the vault's key, as far as they can be judged before deployment. The rest is the handler's to check. */
export function vaultProblems(encryption: ITokenVaultEncryption): string[] {
  const problems = new Problems(encryption.node.path);
  expectOnlyOne(problems, encryption);
  [encryption.key, ...encryption.formerKeys].forEach((key) => expectUsableKey(problems, encryption, key));
  expectAsDeclared(problems, encryption, {
    code: 'TokenVaultEncryption/ChangedElsewhere',
    fix: 'Write it on the TokenVaultEncryption: key, formerKeys, onRemoval; the function that sets the key and its role are its own. A key with another policy is given as key.',
  });
  return problems.messages();
}

function expectOnlyOne(problems: Problems, encryption: ITokenVaultEncryption): void {
  const others = Ledger.of(encryption).vaults
    .map(({ encryption: other }) => other)
    .filter((other) => other !== encryption
      && Stage.of(other) === Stage.of(encryption)
      && environmentKey(other, other.env) === environmentKey(encryption, encryption.env));
  if (others.length > 0) {
    problems.add({
      code: 'TokenVaultEncryption/Twice',
      what: `an account and region has one token vault, and ${others.map((other) => other.node.path).join(', ')} and ${encryption.node.path} both give it a key`,
      fix: 'Keep one of them.',
    });
  }
}

function expectUsableKey(problems: Problems, encryption: ITokenVaultEncryption, key: kms.IKeyRef): void {
  const { keyArn } = key.keyRef;
  if (!Token.isUnresolved(keyArn)) {
    problems.expect(/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/(?!mrk-)[a-zA-Z0-9-]{36}$/.test(keyArn), {
      code: 'TokenVaultEncryption/KeyArn',
      what: 'the key of the token vault cannot be used',
      received: keyArn,
      allowed: 'the ARN of a single-Region key: arn:<partition>:kms:<region>:<account>:key/<36 characters, not beginning with mrk->',
      fix: 'AgentCore takes no alias and no multi-Region key. Import the key by its own ARN.',
    });
  }
  problems.expect(!('aliasName' in key), {
    code: 'TokenVaultEncryption/KeyArn',
    what: 'the key of the token vault is an alias',
    received: key.node.path,
    allowed: 'the key itself: AgentCore takes no alias',
    fix: 'Pass the key behind the alias.',
  });
  for (const [what, theirs, ours] of [['region', key.env.region, encryption.env.region], ['account', key.env.account, encryption.env.account]]) {
    problems.expect(!knownToDiffer(theirs, ours), {
      code: 'TokenVaultEncryption/KeyElsewhere',
      what: `the key is in ${what} ${theirs}, the token vault in ${ours}`,
      received: key.node.path,
      fix: 'Use a key of the account and region of the vault.',
    });
  }
  expectSymmetric(problems, key);
}

function expectSymmetric(problems: Problems, key: kms.IKeyRef): void {
  const l1 = kms.CfnKey.isCfnKey(key) ? key : key.node.defaultChild;
  if (!kms.CfnKey.isCfnKey(l1)) {
    return;
  }
  const symmetric = (l1.keySpec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' && (l1.keyUsage ?? 'ENCRYPT_DECRYPT') === 'ENCRYPT_DECRYPT';
  problems.expect(symmetric || Token.isUnresolved(l1.keySpec) || Token.isUnresolved(l1.keyUsage), {
    code: 'TokenVaultEncryption/KeyNotSymmetric',
    what: 'the key of the token vault is not a symmetric encryption key',
    received: [l1.keySpec, l1.keyUsage],
    allowed: 'keySpec SYMMETRIC_DEFAULT, keyUsage ENCRYPT_DECRYPT',
    fix: 'Make a key with the default specification.',
  });
  problems.expect(l1.multiRegion !== true, {
    code: 'TokenVaultEncryption/KeyMultiRegion', what: 'the key of the token vault is a multi-Region key', received: key.node.path, fix: 'Make a single-Region key.',
  });
}
