import { Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What a provider has that identifies it. */
interface Identifiable extends IConstruct {
  readonly providerName: string;
  readonly env: { readonly account: string; readonly region: string };
}

/**
 * The same text for two references to one provider (made in one stack, imported in another), where that can be known:
 * environment and name, or the construct for a name that only deployment knows. Within one stage, an unknown environment is
 * taken to be the same everywhere, as CDK does.
 */
export function providerKey(provider: Identifiable): string {
  if (Token.isUnresolved(provider.providerName)) {
    return provider.node.path;
  }
  return `${environmentKey(provider, provider.env)}/${provider.providerName}`;
}

/** Account and region of a construct as text; where they are not known, the stage stands for them. */
export function environmentKey(construct: IConstruct, { account, region }: { readonly account: string; readonly region: string }): string {
  const stage = Stage.of(construct)?.node.path ?? '';
  const known = (value: string) => (Token.isUnresolved(value) ? `unknown in stage "${stage}"` : value);
  return `${known(account)}/${known(region)}`;
}
