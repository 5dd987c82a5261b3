import { Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { knownToDiffer } from '../declaration/same-value';

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

/** Whether two references are to one provider, as far as is known. Names first: most pairs of an app differ by them. */
export function isSameProvider(a: Identifiable, b: Identifiable): boolean {
  return a === b || (a.providerName === b.providerName && providerKey(a) === providerKey(b));
}

/**
 * Whether two references may be to one provider: the same name, and no account or region that is known to differ. For rules
 * that have to err on the safe side.
 */
export function mayBeSameProvider(a: Identifiable, b: Identifiable): boolean {
  // Names first: most pairs of an app differ by them, and looking up stages takes long.
  return a === b || (a.providerName === b.providerName && mayBeInSameEnvironment(a, b));
}

/** Something of an account and a region. */
export interface Placed extends IConstruct {
  readonly env: { readonly account: string; readonly region: string };
}

/** Whether no account or region is known to differ. */
export function mayBeInSameEnvironment(a: Placed, b: Placed): boolean {
  const sameStage = () => Stage.of(a) === Stage.of(b);
  const mayBeSame = (one: string, other: string) => !knownToDiffer(one, other) && (!(Token.isUnresolved(one) && Token.isUnresolved(other)) || sameStage());
  return mayBeSame(a.env.account, b.env.account) && mayBeSame(a.env.region, b.env.region);
}

/** Account and region of a construct as text; where they are not known, the stage stands for them. */
export function environmentKey(construct: IConstruct, { account, region }: { readonly account: string; readonly region: string }): string {
  const stage = Stage.of(construct)?.node.path ?? '';
  const known = (value: string) => (Token.isUnresolved(value) ? `unknown in stage "${stage}"` : value);
  return `${known(account)}/${known(region)}`;
}
