import { Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Ledger } from '../declaration/ledger';
import { knownToDiffer } from '../declaration/same-value';
import { Rights } from '../permission/rights';
import { keyResource } from '../provider/key-arn';
import { environmentKey } from '../provider/provider-key';

/** Where an identity's tokens are kept. */
interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * The keys of the token vault that an identity's tokens are in, if they are known in this app.
 *
 * @param consumer the stack in which the policy is written.
 * @param declared the agent or gateway.
 * @param identity where its identity is.
 * @param own where its stack is, which stands in for what is known only at deployment.
 */
export function vaultKeyRights(consumer: Stack, declared: IConstruct, identity: Place, own: Place): Pick<Rights, 'vaultKey' | 'formerVaultKeys' | 'vaultKeyRegion'> {
  const place = Token.isUnresolved(identity.account) || Token.isUnresolved(identity.region) ? own : identity;
  const here = Ledger.of(declared).vaults.map(({ encryption }) => encryption).filter((each) => Stage.of(each) === Stage.of(declared));
  // Where one of them is known only at deployment, the vault of the stage is taken to be the identity's.
  const vault = here.find((each) => environmentKey(each, each.env) === environmentKey(declared, place))
    ?? here.find(({ env }) => !knownToDiffer(env.account, place.account) && !knownToDiffer(env.region, place.region));
  return {
    ...(vault !== undefined ? { vaultKey: keyResource(consumer, vault.key) } : {}),
    formerVaultKeys: vault?.formerKeys.map((key) => keyResource(consumer, key)) ?? [],
    vaultKeyRegion: identity.region,
  };
}
