import { Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { warn } from '../declaration/acknowledgeable-warning';
import { Ledger } from '../declaration/ledger';
import { environmentKey } from '../provider/provider-key';

/** An agent or gateway that gets OAuth2 tokens. */
interface TokenHolder extends Construct {
  readonly env: { readonly account: string; readonly region: string };
}

/**
 * Warns where only another stage of the app sets the key of the vault that the tokens are in: CDK refers to nothing across stages, so no right
 * to use the key is written here.
 */
export function warnOfVaultInOtherStage(holder: TokenHolder, place: TokenHolder['env'] = holder.env): void {
  const sameVault = Ledger.of(holder).vaults.map(({ encryption }) => encryption)
    .filter((each) => environmentKey(each, each.env) === environmentKey(holder, place));
  if (sameVault.length > 0 && sameVault.every((each) => Stage.of(each) !== Stage.of(holder))) {
    warn(holder, 'cdk-agentcore-identity:vaultKeyOfOtherStage', `NO TOKEN MAY BE READ: the key of this account's and region's token vault is known by another stage only (${sameVault[0].node.path}), `
      + 'so no right to use it is written here. Tell this stage of it: TokenVaultEncryption.fromKey(scope, id, Key.fromKeyArn(...))');
  }
}
