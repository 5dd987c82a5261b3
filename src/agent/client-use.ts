import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { actsAsItself } from '../capability/user-token';
import { Ledger } from '../declaration/ledger';
import { OAuthGrantType } from '../gateway/oauth-grant-type';
import type { IOAuth2Provider } from '../provider/oauth2-provider';

/** What somebody of the app does with the client of a provider, which the client has to be registered for. */
export interface ClientUse {
  readonly kind: CapabilityKind;
  readonly provider?: IOAuth2Provider;
  readonly scopes: readonly string[];
  /** The capability, where an agent declares it. Else it is a target of a gateway. */
  readonly capability?: Capability;
}

/** The capability that a gateway's grant type comes to. */
const KINDS: Record<OAuthGrantType, CapabilityKind> = {
  [OAuthGrantType.CLIENT_CREDENTIALS]: CapabilityKind.ACT_AS_ITSELF,
  [OAuthGrantType.AUTHORIZATION_CODE]: CapabilityKind.ACT_AS_USER,
  [OAuthGrantType.TOKEN_EXCHANGE]: CapabilityKind.ACT_ON_BEHALF_OF_USER,
};

/** The uses of clients whose provider has this one's name, by agents and by gateways. Whether it is the same is still to be asked. */
export function clientUses(ledger: Ledger, provider: IOAuth2Provider | undefined): readonly ClientUse[] {
  const byName = ledger.remember('client uses', () => {
    const uses = new Map<string, ClientUse[]>();
    for (const use of allClientUses(ledger)) {
      if (use.provider !== undefined) {
        const named = uses.get(use.provider.providerName) ?? [];
        uses.set(use.provider.providerName, named);
        named.push(use);
      }
    }
    return uses;
  });
  return provider === undefined ? [] : byName.get(provider.providerName) ?? [];
}

function allClientUses(ledger: Ledger): ClientUse[] {
  return [
    ...ledger.agents.flatMap((agent) => agent.capabilities.map((capability) => ({
      kind: kindOf(capability), provider: capability.provider, scopes: capability.scopes, capability,
    }))),
    ...ledger.gateways.flatMap((gateway) => gateway.targets.flatMap(({ credentials: { grantType, provider, scopes } }) => (grantType === undefined ? [] : [{
      kind: KINDS[grantType], provider, scopes: scopes.map(({ value }) => value),
    }]))),
  ];
}

/** Calling tools as a machine client is acting as itself. */
export function kindOf(capability: Capability): CapabilityKind {
  return actsAsItself(capability) ? CapabilityKind.ACT_AS_ITSELF : capability.kind;
}
