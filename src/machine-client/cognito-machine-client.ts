import { aws_cognito as cognito, aws_secretsmanager as secretsmanager, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct, IDependable } from 'constructs';
import { ClientSecretMover } from './client-secret-mover';
import { MachineClient } from './machine-client';
import { AddMachineClientOptions, MachineClientProviderOptions } from './machine-client-options';
import { expectAddedClient } from './machine-client-rules';
import type { MachineClients } from './machine-clients';
import { MachineScope } from './machine-scope';
import { AgentOwner, CONTACT_TAG, OWNER_TAG } from '../agent/agent-owner';
import { valueForAnyStack, valueForStack } from '../declaration/cross-stack-value';
import { declareResource } from '../declaration/declared-properties';
import { derivedName } from '../declaration/derived-name';
import { ClientSecret } from '../provider/client-secret';
import { OAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { CognitoOAuth2Provider } from '../provider/vendors/cognito';

/** Member of the kept JSON that holds the secret. */
const JSON_KEY = 'client_secret';

/** An app client of the machines' user pool, with the secret where it is kept. Made by `MachineClients.addClient`. */
export class CognitoMachineClient extends MachineClient {
  public readonly owner: AgentOwner;
  public readonly reason: string;
  public readonly clientId: string;
  public readonly clientSecret: ClientSecret;
  public readonly issuer: string;
  public readonly tokenUrl: string;
  public readonly scopes: OAuth2Scope[];
  public readonly accessTokenLifetime: Duration;
  private readonly secretIsInPlace: IDependable;
  private readonly appClient: cognito.CfnUserPoolClient;
  private readonly secretArnAnywhere: string;
  private readonly idsByStack = new Map<Stack, string>();

  constructor(private readonly clients: MachineClients, id: string, options: AddMachineClientOptions, declaredScopes: readonly MachineScope[]) {
    super(clients, id);
    expectAddedClient(this.node.path, options, declaredScopes);
    this.owner = options.owner;
    this.reason = options.reason;
    this.issuer = clients.issuer;
    this.tokenUrl = clients.tokenUrl;
    this.scopes = [...options.scopes].sort((a, b) => (a.value < b.value ? -1 : 1));
    this.accessTokenLifetime = options.accessTokenLifetime ?? Duration.hours(1);

    const client = this.appClient = this.makeAppClient(clients);
    this.clientId = valueForAnyStack((consumer) => this._clientIdFor(consumer));
    const secret = new secretsmanager.CfnSecret(this, 'Secret', {
      // Without a value: nobody can take a placeholder for the secret, and until it is filled, reading it fails.
      description: `Client id and secret of machine client ${this.node.path}`,
      kmsKeyId: clients._keyArn,
      tags: [{ key: OWNER_TAG, value: this.owner.name }, { key: CONTACT_TAG, value: this.owner.contact }],
    });
    secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
    declareResource(clients, secret, { kmsKeyId: clients._keyArn, secretString: undefined, generateSecretString: undefined });
    const arns = new Map<Stack, string>();
    this.secretArnAnywhere = valueForAnyStack((consumer) => {
      arns.set(consumer, arns.get(consumer) ?? valueForStack(consumer, secret, secret.ref));
      return arns.get(consumer)!;
    });
    this.clientSecret = ClientSecret.fromSecretsManager(secret, JSON_KEY, { encryptionKey: clients.encryptionKey });
    this.secretIsInPlace = new ClientSecretMover(this, 'Mover', { userPool: clients._userPool, client, secret, keyArn: clients._keyArn, owner: clients });
    this._declare();
  }

  public get secretArn(): string {
    return this.secretArnAnywhere;
  }

  public provider(scope: Construct, id: string, options: MachineClientProviderOptions = {}): OAuth2Provider {
    const provider = new CognitoOAuth2Provider(scope, id, {
      clientId: this._clientIdFor(Stack.of(scope)),
      clientSecret: this.clientSecret,
      userPool: this.clients._userPool,
      domain: this.clients._domain,
      providerName: options?.providerName,
    });
    provider.node.addDependency(this.secretIsInPlace, this.clients._cognitoDomain);
    return provider;
  }

  /** The client's id for use in a stack. @internal */
  public _clientIdFor(consumer: Stack): string {
    const id = this.idsByStack.get(consumer) ?? valueForStack(consumer, this.appClient, this.appClient.ref);
    this.idsByStack.set(consumer, id);
    return id;
  }

  /** Whether an id is this client's, as it was given to some stack. @internal */
  public _isIdOf(clientId: string): boolean {
    return clientId === this.clientId || [...this.idsByStack.values()].includes(clientId);
  }

  /** Why the secret is under a key that AWS manages. @internal */
  public get _awsManagedKeyReason(): string | undefined {
    return this.clients._awsManagedKeyReason;
  }

  /** Whether the policy of the key holds what the secret needs because of this app. @internal */
  public get _keyPolicyIsHere(): boolean {
    return this.clients._keyPolicyIsHere;
  }

  private makeAppClient(clients: MachineClients): cognito.CfnUserPoolClient {
    const { _userPool: userPool, _server: server } = clients;
    const access = {
      userPoolId: userPool.ref,
      generateSecret: true,
      allowedOAuthFlowsUserPoolClient: true,
      allowedOAuthFlows: ['client_credentials'],
      allowedOAuthScopes: this.scopes.map(({ value }) => value),
      // An empty list means three flows for users. This one alone starts no session, and client credentials give no refresh token.
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
      accessTokenValidity: this.accessTokenLifetime.toSeconds(),
      tokenValidityUnits: { accessToken: 'seconds' },
    };
    const client = new cognito.CfnUserPoolClient(this, 'AppClient', { ...access, clientName: derivedName(this, 128) });
    declareResource(clients, client, access);
    // Cognito refuses scopes that the resource server does not have yet.
    client.node.addDependency(server);
    return client;
  }
}
