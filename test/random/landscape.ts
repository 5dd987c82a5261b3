import type { BuiltApp } from './built-app';
import type { AppDescription, Region } from './description';
import { ACCOUNT, identityArn, keptSecretArn, keyArn, providerArn, roleArn, secretArn } from './name';
import { outsidersOf } from './outsider';
import type { FakeAccount } from '../simulation/fake-account';

/**
 * Everything that exists in the account, ARNs by name: what the app is about, and beside each thing one that is called nearly
 * the same and belongs to nobody.
 */
export interface Landscape {
  readonly identities: ReadonlyMap<string, string>;
  readonly oauth2Providers: ReadonlyMap<string, string>;
  readonly apiKeyProviders: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
  /** Principals that are not the app's, and may invoke by policies that are not, either. */
  readonly outsiders: ReadonlyMap<string, string>;
  readonly gateways: ReadonlyMap<string, { readonly arn: string; readonly engine: string }>;
  readonly userPools: readonly string[];
  /** Runtimes by their hosts, each with its endpoints. */
  readonly runtimes: ReadonlyMap<string, { readonly arn: string; readonly endpoints: ReadonlyMap<string, string> }>;
}

export function landscapeOf(description: AppDescription, built: BuiltApp, account: FakeAccount): Landscape {
  const arn = ({ stack, value }: BuiltApp['keys'][number]): string => account.valueOf(stack, value);
  const gateways = new Map(built.gateways.map(({ stack, gateway }, index) => [`gateway ${index}`, {
    arn: account.valueOf(stack, gateway.gatewayArn) as string, engine: account.valueOf(stack, gateway._engine.attrPolicyEngineArn) as string,
  }]));
  const identities = new Map([
    ...built.identities.map((identity, index): [string, string] => [`agent ${index}`, arn(identity)]),
    // AWS names the identity of a gateway by its id.
    ...[...gateways].map(([name, gateway]): [string, string] => [name, identityArn(regionOf(gateway.arn) as Region, gateway.arn.split(':gateway/')[1])]),
  ]);
  const providers = built.providers.map(arn);
  const ofFamily = (family: string) => new Map(providers.flatMap((provider, index) => (description.providers[index].family === family ? [[`provider ${index}`, provider]] : [])));
  const secrets = new Map(built.secrets.map((secret, index) => [`secret ${index}`, arn(secret)]));
  description.providers.forEach(({ family, region }, index) => secrets.set(`secret kept for provider ${index}`, keptSecretArn({ family, region }, providers[index].split('/')[3])));
  const keys = new Map(built.keys.map((key, index) => [`key ${index}`, arn(key)]));
  built.vaultKeys.forEach((key, index) => key !== undefined && description.vaults[index].how === 'key made for it' && keys.set(`key of vault ${index}`, arn(key)));
  return {
    identities: withNeighbour(identities, identityArn('eu-west-1', 'nobody'), (like) => `${like}-2`),
    oauth2Providers: withNeighbour(ofFamily('OAuth2'), providerArn({ family: 'OAuth2', region: 'eu-west-1' }, 'nobody'), (like) => `${like}-2`),
    apiKeyProviders: withNeighbour(ofFamily('API key'), providerArn({ family: 'API key', region: 'eu-west-1' }, 'nobody'), (like) => `${like}-2`),
    secrets: withNeighbour(secrets, secretArn('eu-west-1', 'nobody'), (like) => `${like.slice(0, -7)}-payroll-Zz9Yy8`),
    keys: new Map([...keys, ['key of nobody', keyArn('eu-west-1', 999)]]),
    gateways,
    outsiders: outsidersOf(description),
    userPools: built.userPools.map(arn),
    runtimes: new Map([...built.runtimes].map(([name, runtime]) => [name, {
      arn: arn(runtime.arn),
      endpoints: new Map([['DEFAULT', `${arn(runtime.arn)}/runtime-endpoint/DEFAULT`], ...[...runtime.endpoints].map(([endpoint, at]): [string, string] => [endpoint, arn(at.arn)])]),
    }])),
    roles: new Map([...built.roles].map(([name, role]) => [name, role.value === roleArn(name) ? role.value : arn(role)])),
  };
}

/** A thing of nobody whose name begins like that of the first one. */
function withNeighbour(things: Map<string, string>, otherwise: string, neighbour: (arn: string) => string): Map<string, string> {
  const [first] = things.values();
  return new Map([...things, ['of nobody', first === undefined ? otherwise : neighbour(first)]]);
}

/** What an ARN says: `Region` and whether it is of the account. */
export function regionOf(arn: string): string {
  const [, , , region, account] = arn.split(':');
  if (account !== ACCOUNT) throw new Error(`${arn} is of another account`);
  return region;
}
