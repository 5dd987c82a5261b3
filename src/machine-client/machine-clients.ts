import { aws_cognito as cognito, aws_kms as kms, Lazy, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { allowUseOfKey, madeClientSecretKey } from './client-secret-key';
import { CognitoMachineClient } from './cognito-machine-client';
import { MachineClient } from './machine-client';
import { AddMachineClientOptions } from './machine-client-options';
import { changedMachineClients, expectClientId, expectInbound, expectMachineClients, expectScope } from './machine-clients-rules';
import { MachineScope } from './machine-scope';
import { AgentOwner, CONTACT_TAG, OWNER_TAG } from '../agent/agent-owner';
import { BroadLimitOptions } from '../capability/users';
import { valueForAnyStack, valueForStack } from '../declaration/cross-stack-value';
import { declareResource } from '../declaration/declared-properties';
import { derivedName } from '../declaration/derived-name';
import { environmentOf } from '../declaration/environment';
import { refuseIfLate } from '../declaration/in-time';
import { GatewayInbound } from '../gateway/gateway-inbound';
import { keyResource } from '../provider/key-arn';
import { CognitoDomain } from '../provider/vendors/cognito-domain';

/** Where machine clients are registered. */
export interface MachineClientsProps {
  /** Who answers for them. */
  readonly owner: AgentOwner;

  /**
   * First part of the domain where tokens are got, `<prefix>.auth.<region>.amazoncognito.com`: 1 to 63 lower-case letters, digits and
   * hyphens, without the words aws, amazon and cognito. No other account in the region may have it. It cannot be changed later.
   */
  readonly domainPrefix: string;

  /**
   * Identifier of the resource server, which stands in front of every scope, with a slash: 1 to 64 letters, digits and `. _ : / -`. A
   * change replaces it, and all scopes are others then.
   *
   * @default 'agents'
   */
  readonly resourceServer?: string;

  /**
   * The customer-managed key for the secrets of the clients: symmetric, in the region of the stack, not an alias. A key of this app (an
   * L2) gets a statement in its policy; for an imported key and for an L1 the access report holds it, for its owner to add.
   *
   * @default - a key is made, with yearly rotation, retained when the stack is deleted. Nobody can use it but through Secrets Manager
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * The key `aws/secretsmanager` instead of a customer-managed one: nobody can shut it off, and everybody in the account who may read
   * the secret may decrypt it. The longer word, with a reason.
   *
   * @default - a customer-managed key
   */
  readonly awsManagedKey?: BroadLimitOptions;

  /**
   * What becomes of user pool, domain and resource server when they are removed from the app. Clients and their secrets go in any case:
   * a client that nobody declares is access that nobody reads of. A domain that is given up can be taken by anybody.
   *
   * @default RemovalPolicy.RETAIN, with deletion protection; with RemovalPolicy.DESTROY there is none
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Which machine clients a gateway lets in. */
export interface MachineClientInboundOptions {
  /** The clients, each made by `addClient` here. At least one. */
  readonly clients: MachineClient[];

  /**
   * Scopes of which a token must hold at least one to get in at all. What a single tool needs is said on the tool.
   *
   * @default - not limited
   */
  readonly scopes?: MachineScope[];
}

/**
 * Clients for machines in an Amazon Cognito user pool of their own: one per type of agent, with the scopes that it needs.
 *
 * In the template: a user pool that nobody can sign up to, its domain, a resource server with the scopes, and for each client an app
 * client for client credentials only, a secret in Secrets Manager, and a function of its own that puts the client's secret there.
 * The secret's value is in no template, output, log or event.
 *
 * Left out: users, sign-in pages, a domain of your own, rotation of the secrets, and AWS GovCloud (US) and the China regions, whose
 * domains have other names.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export class MachineClients extends Resource {
  /** Who answers for them. */
  public readonly owner: AgentOwner;

  /** Identifier of the resource server. */
  public readonly resourceServer: string;

  /** The issuer of the clients' tokens, as in the `iss` claim. Known after deployment. */
  public readonly issuer: string;

  /** Where the issuer's metadata is. Known after deployment. */
  public readonly discoveryUrl: string;

  /** Where client id and secret are exchanged for a token. */
  public readonly tokenUrl: string;

  /**
   * The customer-managed key of the secrets.
   *
   * @default - they are under the key `aws/secretsmanager`
   */
  public readonly encryptionKey?: kms.IKeyRef;

  /** @internal */
  public readonly _userPool: cognito.CfnUserPool;
  /** @internal */
  public readonly _server: cognito.CfnUserPoolResourceServer;
  /** @internal */
  public readonly _cognitoDomain: cognito.CfnUserPoolDomain;
  /** @internal */
  public readonly _domain: CognitoDomain;
  /** @internal */
  public readonly _awsManagedKeyReason?: string;
  /** Whether the policy of the key holds what the secrets need because of this app. @internal */
  public readonly _keyPolicyIsHere: boolean;

  private readonly poolIdsByStack = new Map<Stack, string>();
  private readonly addedScopes: MachineScope[] = [];
  private readonly addedClients: CognitoMachineClient[] = [];

  /**
   * @throws [MachineClients/...] for each of the properties that is missing or not valid
   * @throws [MachineClients/ChangedElsewhere] at synthesis, when an override, an assignment or an aspect changes pool, clients, secrets or what moves them
   */
  constructor(scope: Construct, id: string, props: MachineClientsProps) {
    super(scope, id);
    expectMachineClients(this, props);
    const environment = environmentOf(this);
    this.owner = props.owner;
    this.resourceServer = props.resourceServer ?? 'agents';
    this._awsManagedKeyReason = props.awsManagedKey?.reason;
    this.encryptionKey = props.awsManagedKey !== undefined ? undefined : props.encryptionKey ?? madeClientSecretKey(this);
    this._keyPolicyIsHere = props.encryptionKey === undefined || allowUseOfKey(props.encryptionKey, environment);

    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this._userPool = new cognito.CfnUserPool(this, 'UserPool', {
      userPoolName: derivedName(this, 128),
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] },
      deletionProtection: removalPolicy === RemovalPolicy.DESTROY ? 'INACTIVE' : 'ACTIVE',
      userPoolTags: { [OWNER_TAG]: this.owner.name, [CONTACT_TAG]: this.owner.contact },
    });
    this._cognitoDomain = new cognito.CfnUserPoolDomain(this, 'Domain', { userPoolId: this._userPool.ref, domain: props.domainPrefix });
    this._server = new cognito.CfnUserPoolResourceServer(this, 'ResourceServer', {
      userPoolId: this._userPool.ref,
      identifier: this.resourceServer,
      name: this.resourceServer.replace(/[^A-Za-z0-9.-]/g, '-'),
      scopes: Lazy.any({ produce: () => this.scopes.map(({ scopeName, description }) => ({ scopeName, scopeDescription: description })) }) as never,
    });
    const { adminCreateUserConfig, accountRecoverySetting } = this._userPool;
    declareResource(this, this._userPool, { adminCreateUserConfig, accountRecoverySetting, lambdaConfig: undefined });
    declareResource(this, this._cognitoDomain, { userPoolId: this._userPool.ref, domain: props.domainPrefix });
    const { userPoolId, identifier, scopes } = this._server;
    declareResource(this, this._server, { userPoolId, identifier, scopes });
    this.node.addValidation({ validate: () => changedMachineClients(this) });
    this._userPool.applyRemovalPolicy(removalPolicy);
    // Left behind by a creation that failed, the domain would be in the way of the next one.
    const notAtCreation = removalPolicy === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : removalPolicy;
    [this._cognitoDomain, this._server].forEach((resource) => resource.applyRemovalPolicy(notAtCreation));

    this._domain = CognitoDomain.prefix(props.domainPrefix);
    this.issuer = this.issuerOf(valueForAnyStack((consumer) => this.poolIdFor(consumer)));
    this.discoveryUrl = `${this.issuer}/.well-known/openid-configuration`;
    this.tokenUrl = `https://${this._domain._hostIn(environment.region)}/oauth2/token`;
  }

  /**
   * Defines a scope that clients may be given.
   *
   * @param scopeName 1 to 64 letters, digits and `. _ : -`, such as `mcp:call`. In tokens it is `<resourceServer>/mcp:call`.
   * @param description what it allows, in words: 1 to 256 characters. Cognito shows it.
   * @throws [MachineClients/Scope] when name or description is not valid, the name is taken, or there are 100 already
   */
  public addScope(scopeName: string, description: string): MachineScope {
    refuseIfLate(this, 'addScope()', 'MachineClients/TooLate');
    expectScope(this.node.path, scopeName, description, this.addedScopes, this.resourceServer);
    const scope = MachineScope._of(this.resourceServer, scopeName, description);
    this.addedScopes.push(scope);
    return scope;
  }

  /**
   * Makes a client for one type of agent.
   *
   * In the template: an app client for client credentials only, with exactly these scopes and no flow for users; a secret with
   * `client_id` and `client_secret`; and the function that fills it, which may write this secret and describe clients of this pool.
   * A change of the id replaces client and secret.
   *
   * @throws [MachineClient/...] for each of the options that is missing or not valid
   */
  public addClient(id: string, options: AddMachineClientOptions): MachineClient {
    refuseIfLate(this, 'addClient()', 'MachineClients/TooLate');
    expectClientId(this, id);
    const client = new CognitoMachineClient(this, id, options, this.addedScopes);
    this.addedClients.push(client);
    return client;
  }

  /**
   * A gateway's way in for these clients and nobody else: their issuer, and exactly their ids. There is no audience, since Cognito
   * puts none into tokens of machine clients.
   *
   * @param scope the gateway's stack, or anything in it. In another stack than this, pool and clients are read from the outputs of
   * this one at deployment, without an export that would lock it.
   * @throws [MachineClients/Inbound] when there is no client, one twice, or one of another pool, or such a scope
   */
  public inbound(scope: IConstruct, options: MachineClientInboundOptions): GatewayInbound {
    expectInbound(this.node.path, options, this.addedClients, this.addedScopes);
    const consumer = Stack.of(scope);
    return GatewayInbound.jwt({
      issuer: this._issuerFor(consumer),
      clients: this.addedClients.filter((client) => options.clients.includes(client)).map((client) => client._clientIdFor(consumer)),
      ...(options.scopes !== undefined ? { scopes: options.scopes.map(({ fullScope }) => fullScope) } : {}),
    });
  }

  /** The scopes, sorted by name. */
  public get scopes(): MachineScope[] {
    return [...this.addedScopes].sort((a, b) => (a.scopeName < b.scopeName ? -1 : 1));
  }

  /** @internal */
  public _issuerFor(consumer: Stack): string {
    return this.issuerOf(this.poolIdFor(consumer));
  }

  private issuerOf(poolId: string): string {
    return `https://cognito-idp.${environmentOf(this).region}.amazonaws.com/${poolId}`;
  }

  private poolIdFor(consumer: Stack): string {
    const id = this.poolIdsByStack.get(consumer) ?? valueForStack(consumer, this._userPool, this._userPool.ref);
    this.poolIdsByStack.set(consumer, id);
    return id;
  }

  /** @internal */
  public get _keyArn(): string | undefined {
    return this.encryptionKey !== undefined ? keyResource(this.stack, this.encryptionKey).arn : undefined;
  }
}
