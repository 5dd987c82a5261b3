import type { GatewayAccess, TargetAccess } from '../gateway/gateway-access';
import type { AccessModel, AgentAccess, MachineClientAccess, ProviderAccess, TokenVaultAccess } from '../review/access-model';

/** What the report has on something, and the members of it that a property of a template is made of. */
export interface Saying<T> {
  /** The words that stand in the property too. */
  readonly words?: (entry: T, told: Told) => unknown;
  /** Members that say in words of their own what stands there. Each change of them is told, so that it stands for these parts of the property. */
  readonly parts?: readonly (readonly [part: RegExp, member: (entry: T, told: Told) => unknown])[];
}

/** What a report is asked about. */
export interface Told {
  readonly id: string;
  readonly model: AccessModel;
}

export type Entries = { agents: AgentAccess; providers: ProviderAccess; gateways: GatewayAccess; machineClients: MachineClientAccess; tokenVaults: TokenVaultAccess };
export type Section = keyof Entries;

/** A kind of resource that a section of the report speaks of. */
export interface ReportedKind<S extends Section> {
  readonly section: S;
  readonly properties: Readonly<Record<string, Saying<Entries[S]>>>;
  /** By this property it is the one that the report speaks of. */
  readonly known?: string;
}

const EVERYTHING = /(?:)/;
const owner = { words: ({ owner: { name, contact } }: { readonly owner: { readonly name: string; readonly contact: string } }) => [name, contact] };
const secret = { words: ({ secret: kept }: ProviderAccess) => kept, parts: [[/SecretSource$/, ({ secret: kept }: ProviderAccess) => kept]] } as const;
const name = { words: (entry: { readonly name: string }) => entry.name };
const key = { words: ({ encryptionKey }: GatewayAccess) => encryptionKey, parts: [[EVERYTHING, ({ encryptionKey }: GatewayAccess) => encryptionKey]] } as const;
/** One text for each limit, such as `toolName * requests second 10`. */
const rates = {
  words: ({ rateLimits }: GatewayAccess) => rateLimits.map(({ dimensions, rules }) => [dimensions, rules.map(({ values, limit }) => [values, limit.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)])].flat(3).join(' ')),
};

/** What the report says of the kinds of resources that this library makes. A property that is not listed is never told by the report. */
export const REPORTED_KINDS: Readonly<Record<string, ReportedKind<'agents'> | ReportedKind<'providers'> | ReportedKind<'gateways'> | ReportedKind<'machineClients'> | ReportedKind<'tokenVaults'>>> = {
  WorkloadIdentity: {
    section: 'agents',
    known: 'Name',
    properties: { Name: { words: ({ identity }) => identity.name }, AllowedResourceOauth2ReturnUrls: { words: ({ returnUrls }) => returnUrls }, Tags: owner },
  },
  OAuth2CredentialProvider: {
    section: 'providers',
    known: 'Name',
    properties: {
      Name: name,
      CredentialProviderVendor: { words: ({ vendor }) => vendor },
      Oauth2ProviderConfigInput: {
        words: (entry) => [entry.secret, entry.vendor, entry.clientId, entry.authorizationServer],
        parts: [
          ...secret.parts,
          [/OnBehalfOfTokenExchangeConfig/, ({ onBehalfOf }) => onBehalfOf],
          [/ClientAuthenticationMethod|PrivateKeyJwtConfig/, ({ clientAuthentication }) => clientAuthentication],
        ],
      },
    },
  },
  ApiKeyCredentialProvider: { section: 'providers', known: 'Name', properties: { Name: name, ApiKeySecretConfig: secret, ApiKeySecretSource: secret } },
  Gateway: {
    section: 'gateways',
    properties: {
      Name: name,
      AuthorizerConfiguration: {
        words: ({ inbound: { issuers, audiences, clients, scopes, claims } }) => [issuers, audiences, clients, scopes, claims],
        parts: [[/InboundTokenClaimValueType$/, ({ inbound }) => inbound.claims]],
      },
      RoleArn: { words: ({ role }) => role },
      KmsKeyArn: key,
      ProtocolType: { words: ({ protocol }) => protocol },
      ExceptionLevel: { parts: [[EVERYTHING, ({ errorDetailsReason }) => errorDetailsReason]] },
      InterceptorConfigurations: { words: ({ interceptors }) => interceptors, parts: [[/InterceptionPoints|PassRequestHeaders/, ({ interceptors }) => interceptors]] },
      Tags: owner,
    },
  },
  GatewayTarget: {
    section: 'gateways',
    properties: {
      Name: { words: (gateway, told) => targetOf(gateway, told)?.name },
      GatewayIdentifier: { words: ({ path }) => path },
      TargetConfiguration: {
        words: (gateway, told) => {
          const { tools = [], backend } = targetOf(gateway, told) ?? {};
          return [tools.map(({ tool }) => tool), backend];
        },
      },
      CredentialProviderConfigurations: {
        words: (gateway, told) => {
          const { credentials, provider, scopes } = targetOf(gateway, told) ?? {};
          return [credentials, provider, scopes, providerNames(told.model, provider)];
        },
      },
      MetadataConfiguration: { words: (gateway, told) => targetOf(gateway, told)?.forwards },
      CertificateConfigurations: { words: (gateway, told) => targetOf(gateway, told)?.privateCaCertificates },
    },
  },
  GatewayRateLimit: { section: 'gateways', properties: { DimensionKeys: rates, Entries: rates, GatewayIdentifier: { words: ({ path }) => path } }, known: 'Entries' },
  PolicyEngine: { section: 'gateways', properties: { EncryptionKeyArn: key, Tags: owner } },
  ConsentPortal: {
    section: 'gateways',
    properties: {
      Name: { words: ({ consentPortal }) => consentPortal?.name },
      ExecutionRoleArn: { words: ({ consentPortal }) => consentPortal?.role },
      IdpConfig: { words: ({ consentPortal }, { model }) => [consentPortal?.signIn, providerNames(model, consentPortal?.signIn)] },
      Sources: { words: ({ path }) => path },
    },
    known: 'Name',
  },
  UserPoolClient: {
    section: 'machineClients',
    properties: { AllowedOAuthScopes: { words: ({ scopes }) => scopes }, AccessTokenValidity: { words: ({ accessTokenSeconds }) => accessTokenSeconds } },
    known: 'AllowedOAuthScopes',
  },
  AgentCoreTokenVaultKey: { section: 'tokenVaults', properties: { KeyArn: { words: (vault) => vault.key } } },
  AgentCoreMachineClientSecret: { section: 'machineClients', properties: {} },
};

/** A provider with a literal name stands in ARNs by that name. */
function providerNames({ providers }: AccessModel, provider: string | undefined): string[] {
  return providers.filter(({ path }) => path === provider).map((each) => each.name);
}

function targetOf({ path, targets }: GatewayAccess, { id }: Told): TargetAccess | undefined {
  return targets.find((target) => `${path}/${target.name}` === id);
}
