import { aws_secretsmanager as secretsmanager, CfnOutput, Duration, IResource, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { MachineClientProviderOptions, OidcMachineClientOptions } from './machine-client-options';
import { expectOidcClient, machineClientProblems } from './machine-client-rules';
import { AgentOwner } from '../agent/agent-owner';
import { Ledger } from '../declaration/ledger';
import { ClientSecret } from '../provider/client-secret';
import { OAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { CustomOAuth2Provider } from '../provider/vendors/custom';
import { OAuth2Discovery } from '../provider/vendors/oauth2-discovery';
import { writeAccessReport } from '../review/access-report-files';

/** Where every OpenID Connect issuer publishes its metadata. */
const DISCOVERY = '/.well-known/openid-configuration';

/**
 * A client for machines: agents of one type get tokens with it as themselves (client credentials), with a fixed set of scopes.
 *
 * Whoever holds the client may ask for all of its scopes. So agents that need different scopes need different clients, and an agent
 * that shall do more gets another client, or this one gets the scope with everybody who uses it.
 */
export interface IMachineClient extends IResource {
  /** Who answers for the agents that are this client. */
  readonly owner: AgentOwner;

  /** Why they need the scopes. */
  readonly reason: string;

  /** Id of the client, as in the `client_id` claim. Not a secret. */
  readonly clientId: string;

  /** Where the secret is kept. Never the secret itself. */
  readonly clientSecret: ClientSecret;

  /** ARN of the secret in Secrets Manager: a JSON text. */
  readonly secretArn: string;

  /** The issuer, as in the `iss` claim. */
  readonly issuer: string;

  /** Where the issuer's metadata is. */
  readonly discoveryUrl: string;

  /**
   * Where client id and secret are exchanged for a token.
   *
   * @default - not told; the issuer's metadata has it
   */
  readonly tokenUrl?: string;

  /** The scopes that the client is registered for. */
  readonly scopes: OAuth2Scope[];

  /**
   * How long its tokens are good for.
   *
   * @default - the issuer decides
   */
  readonly accessTokenLifetime?: Duration;

  /**
   * Makes an OAuth2 credential provider with this client, for `Capability.actAsItself` and for targets of gateways. Its secret is
   * read by AgentCore when a token is needed.
   *
   * @param scope where the provider is made; its account and region must be the agent's
   * @throws [Provider/Name] when the name is not valid
   */
  provider(scope: Construct, id: string, options?: MachineClientProviderOptions): OAuth2Provider;

  /**
   * Writes stack outputs for those who configure the machine elsewhere: `ClientId`, `SecretArn`, `Scopes` (with blanks between them),
   * `DiscoveryUrl` and, where it is known, `TokenUrl`. Never the secret.
   */
  addOutputs(): void;
}

/** What all machine clients have. Made by `MachineClients.addClient(...)` and `MachineClient.fromOidc(...)`. */
export abstract class MachineClient extends Resource implements IMachineClient {
  /**
   * A client that any OpenID Connect issuer knows already, with a secret that is kept in Secrets Manager already.
   *
   * Nothing is made for it but what `provider` and `addOutputs` make. That the issuer knows it for these scopes only, and for client
   * credentials only, is taken on trust.
   *
   * @throws [MachineClient/...] for each of the options that is missing or not valid
   */
  public static fromOidc(scope: Construct, id: string, options: OidcMachineClientOptions): IMachineClient {
    return new OidcMachineClient(scope, id, options);
  }

  public abstract readonly owner: AgentOwner;
  public abstract readonly reason: string;
  public abstract readonly clientId: string;
  public abstract readonly clientSecret: ClientSecret;
  public abstract readonly issuer: string;
  public abstract readonly tokenUrl?: string;
  public abstract readonly scopes: OAuth2Scope[];
  public abstract readonly accessTokenLifetime?: Duration;

  /** @internal */
  protected constructor(scope: Construct, id: string) {
    super(scope, id);
  }

  public get discoveryUrl(): string {
    return discoveryUrlOf(this.issuer);
  }

  public get secretArn(): string {
    const secret = this.clientSecret.secret! as secretsmanager.ISecretRef & Partial<secretsmanager.ISecret>;
    return secret.secretFullArn ?? secret.secretArn ?? secret.secretRef.secretId;
  }

  public addOutputs(): void {
    const outputs = {
      ...(this.tokenUrl !== undefined ? { TokenUrl: this.tokenUrl } : {}),
      ClientId: this.clientId,
      SecretArn: this.secretArn,
      Scopes: this.scopes.map(({ value }) => value).join(' '),
      DiscoveryUrl: this.discoveryUrl,
    };
    Object.entries(outputs).forEach(([id, value]) => new CfnOutput(this, id, { value }));
  }

  public abstract provider(scope: Construct, id: string, options?: MachineClientProviderOptions): OAuth2Provider;

  /** Whether an id in a gateway's way in is this client's. @internal */
  public _isIdOf(clientId: string): boolean {
    return clientId === this.clientId;
  }

  /** Puts the client into the report, and has its use judged when everything is declared. @internal */
  protected _declare(): void {
    Ledger.of(this).addMachineClient(this);
    writeAccessReport(this);
    this.node.addValidation({ validate: () => machineClientProblems(this) });
  }
}

class OidcMachineClient extends MachineClient {
  public readonly owner: AgentOwner;
  public readonly reason: string;
  public readonly clientId: string;
  public readonly clientSecret: ClientSecret;
  public readonly issuer: string;
  public readonly tokenUrl?: string;
  public readonly scopes: OAuth2Scope[];
  public readonly accessTokenLifetime?: Duration;
  private readonly givenDiscoveryUrl?: string;

  constructor(scope: Construct, id: string, options: OidcMachineClientOptions) {
    super(scope, id);
    expectOidcClient(this.node.path, options, DISCOVERY);
    this.owner = options.owner;
    this.reason = options.reason;
    this.clientId = options.clientId;
    this.clientSecret = options.clientSecret;
    this.issuer = options.issuer;
    this.tokenUrl = options.tokenUrl;
    this.scopes = [...options.scopes];
    this.givenDiscoveryUrl = options.discoveryUrl;
    this._declare();
  }

  public get discoveryUrl(): string {
    return this.givenDiscoveryUrl ?? discoveryUrlOf(this.issuer);
  }

  public provider(scope: Construct, id: string, options: MachineClientProviderOptions = {}): OAuth2Provider {
    return new CustomOAuth2Provider(scope, id, {
      clientId: this.clientId, clientSecret: this.clientSecret, discovery: OAuth2Discovery.url(this.discoveryUrl), providerName: options?.providerName,
    });
  }
}

function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}${DISCOVERY}`;
}
