import { aws_bedrockagentcore as agentcore, CfnOutput, IResource, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { expectClientId } from './client-id-rule';
import { CLIENT_SECRET_CALL, ClientSecret } from './client-secret';
import { expectSecretOrNone } from './client-secret-rules';
import { ImportedOAuth2Provider } from './imported-oauth2-provider';
import { IMayHaveNamePrefix, OAuth2NamePrefixOptions } from './name-prefix-options';
import { OAuth2ProviderImportOptions } from './oauth2-provider-import-options';
import { OAuth2ProvidersWithPrefix } from './oauth2-providers-with-prefix';
import { OAuth2VendorProfile } from './oauth2-vendor-profile';
import { OnBehalfOf } from './on-behalf-of';
import { expectProviderName, expectProviderRef, locationByArn, locationByName, LONGEST_DERIVED_NAME, ProviderFamily } from './provider-name';
import { providerProblems, secretPlaceProblems } from './provider-rules';
import { secretConfiguration } from './secret-configuration';
import { letClientSign } from './signing-key-policy';
import { expectProfile } from './vendor-profile-rules';
import { ClientAuthentication } from './vendors/client-authentication';
import { declareProperties, declareResource } from '../declaration/declared-properties';
import { derivedName } from '../declaration/derived-name';
import { environmentOf } from '../declaration/environment';
import { refuseIfLate } from '../declaration/in-time';
import { expectKnownFields } from '../declaration/known-fields';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { oauth2ProviderArn } from '../permission/resource-arn';

/**
 * An OAuth2 credential provider: one client at one authorization server.
 *
 * What an agent may do with it is declared on the agent (`agent.may(Capability.actAsUser(provider, ...))`); a provider
 * grants nothing by itself.
 */
export interface IOAuth2Provider extends IResource, agentcore.IOAuth2CredentialProviderRef, IMayHaveNamePrefix {
  /** Name of the provider, as `GetResourceOauth2Token` takes it. */
  readonly providerName: string;

  /** ARN of the provider. */
  readonly providerArn: string;

  /** Where the client secret is kept, or that there is none (`isAbsent`). Never the secret itself. */
  readonly clientSecret: ClientSecret;

  /**
   * How AgentCore proves that it is the client.
   *
   * @default - with the client secret, as AgentCore does it for the vendor
   */
  readonly clientAuthentication?: ClientAuthentication;

  /**
   * How users' tokens are exchanged.
   *
   * @default - they are not, as far as this app knows
   */
  readonly onBehalfOf?: OnBehalfOf;

  /**
   * The `CredentialProviderVendor`, such as `GoogleOauth2`.
   *
   * @default - not known, as for most imports; scopes of any vendor are taken then
   */
  readonly vendor?: string;

  /**
   * What the vendor demands.
   *
   * @default - not known, as for imports
   */
  readonly profile?: OAuth2VendorProfile;

  /**
   * Why the provider is suspended.
   *
   * @default - it is not
   */
  readonly suspendedReason?: string;

  /**
   * Cuts the provider off for all agents of this app with the next deployment: their roles are denied it explicitly. Nothing
   * is removed; remove the call to lift it. Shown in the access report.
   *
   * @throws [Suspension/Reason] when the reason is missing
   */
  suspend(options: SuspensionOptions): void;
}

/** The OAuth2 client that a provider uses: what every vendor needs. */
export interface OAuth2ClientProps {
  /** Id that the authorization server gave the client. Not a secret. 1 to 256 characters. */
  readonly clientId: string;

  /** Where the client's secret is kept: `ClientSecret.fromSecretsManager(secret, 'client_secret')`. */
  readonly clientSecret: ClientSecret;

  /**
   * Name of the provider: 1 to 128 letters, digits, hyphens and underscores, unique in the account and region. A change
   * replaces the provider, and with it the callback URL.
   *
   * Another vendor replaces the provider, too, and CloudFormation makes the new one before it deletes the old one. So a class that is
   * exchanged for another vendor's needs another construct id, or another name here: otherwise the name is taken, and the deployment fails.
   *
   * @default - derived from the stack's name and the construct's path, at most 50 characters
   */
  readonly providerName?: string;
}

/** A client together with its vendor. */
export interface OAuth2ProviderProps {
  /** The OAuth2 client. */
  readonly client: OAuth2ClientProps;

  /** How the vendor is configured. The classes per vendor (`GoogleOAuth2Provider`, ...) fill this in. */
  readonly profile: OAuth2VendorProfile;
}

/** Fields of a client that are not the vendor's own. */
const CLIENT_FIELDS = ['clientId', 'clientSecret', 'providerName'];

/**
 * An OAuth2 credential provider (`AWS::BedrockAgentCore::OAuth2CredentialProvider`) whose client secret stays in Secrets
 * Manager. Use the class of the vendor: `GoogleOAuth2Provider`, `GitHubOAuth2Provider`, `CustomOAuth2Provider`, ...
 *
 * The template holds the client id and a reference to the secret (`ClientSecretSource: EXTERNAL`). It holds no secret, and
 * no grant: those follow from the capabilities that agents declare.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-oauth2credentialprovider.html
 */
export class OAuth2Provider extends Resource implements IOAuth2Provider {
  /**
   * A provider of this name that exists already in the account and region of the scope's stack. Agents get exactly the same
   * rights on it as on one made here, and no CloudFormation export is needed.
   *
   * @throws [Provider/Name] when the name is not valid
   * @throws [ProviderSecret/PlaintextRefused] when a value was given in place of a `ClientSecret`
   * @throws [OAuth2Provider/SecretAndSecretless] when there is a client secret, and an authentication without one
   * @throws [OAuth2Provider/Audience] when AWS is to issue tokens for a role, and no audience is given
   */
  public static fromProviderName(scope: Construct, id: string, providerName: string, options: OAuth2ProviderImportOptions): IOAuth2Provider {
    return new ImportedOAuth2Provider(scope, id, locationByName(scope, id, providerName), options);
  }

  /**
   * A provider with this ARN. The ARN may be known only at deployment. Account and region are taken from it.
   *
   * @throws [Provider/Arn] when it is not the ARN of an OAuth2 credential provider
   * @throws [ProviderSecret/PlaintextRefused] when a value was given in place of a `ClientSecret`
   * @throws [OAuth2Provider/SecretAndSecretless] when there is a client secret, and an authentication without one
   * @throws [OAuth2Provider/Audience] when AWS is to issue tokens for a role, and no audience is given
   */
  public static fromProviderArn(scope: Construct, id: string, providerArn: string, options: OAuth2ProviderImportOptions): IOAuth2Provider {
    return new ImportedOAuth2Provider(scope, id, locationByArn(scope, id, providerArn, ProviderFamily.OAUTH2), options);
  }

  /**
   * A provider made with another construct: the official L2 `OAuth2CredentialProvider`, the L1, or an import of either.
   *
   * The official L2 lets AgentCore keep the secret: say `ClientSecret.managedByAgentCore()`. Its `grantUse` is not called;
   * it would open every secret of the account.
   *
   * @throws [Provider/Ref] when it is not such a provider
   */
  public static fromProviderRef(scope: Construct, id: string, provider: agentcore.IOAuth2CredentialProviderRef, options: OAuth2ProviderImportOptions): IOAuth2Provider {
    expectProviderRef(provider, 'oAuth2CredentialProviderRef', `${scope.node.path}/${id}`);
    const l1 = agentcore.CfnOAuth2CredentialProvider.isCfnOAuth2CredentialProvider(provider) ? provider : provider.node.defaultChild;
    if (!agentcore.CfnOAuth2CredentialProvider.isCfnOAuth2CredentialProvider(l1)) {
      return new ImportedOAuth2Provider(scope, id, locationByArn(scope, id, provider.oAuth2CredentialProviderRef.credentialProviderArn, ProviderFamily.OAUTH2), options);
    }
    const imported = new ImportedOAuth2Provider(scope, id, { scope: environmentOf(l1), name: l1.name }, options);
    declareProperties(imported, l1, { name: l1.name });
    return imported;
  }

  /**
   * ALL OAuth2 providers whose names begin with the prefix, for those that administrators make at run time. The longer word, with a
   * reason: whoever may make a provider of such a name decides what the agent may use. It takes the place of a provider in an agent's
   * capabilities, of one agent only.
   *
   * On the agent's role, in place of one provider: `oauth2credentialprovider/<prefix>*` in the account and region of the scope's
   * stack; and the read of the secrets that AgentCore keeps for them (`bedrock-agentcore-identity!default/oauth2/<prefix>*`, with its
   * owner tag), through AgentCore only. Left out: providers that reference a secret of yours, which agents could not have read.
   *
   * The manifest has the prefix. The report lists the wildcards, the reason, and who makes the providers.
   *
   * @param prefix 4 to 100 letters, digits, hyphens and underscores that end with a hyphen or an underscore. What is known of one that only
   * deployment knows has to begin with such a prefix.
   * @throws [Provider/NamePrefix] when the prefix is shorter, or does not end with a separator
   * @throws [Provider/PrefixReason] when the reason is missing
   * @throws [Provider/PrefixOwner] when the owner is missing
   * @throws [Provider/PrefixCovers] at synthesis, when the app declares a provider of such a name
   * @throws [Provider/PrefixOverlaps] at synthesis, when another prefix covers some of the names
   * @throws [Provider/PrefixShared] at synthesis, when two agents use it
   */
  public static anyWithNamePrefix(scope: Construct, id: string, prefix: string, options: OAuth2NamePrefixOptions): IOAuth2Provider {
    return new OAuth2ProvidersWithPrefix(scope, id, prefix, options);
  }

  public readonly providerName: string;
  public readonly providerArn: string;
  public readonly clientSecret: ClientSecret;
  public readonly clientAuthentication?: ClientAuthentication;
  public readonly onBehalfOf?: OnBehalfOf;
  public readonly vendor?: string;
  public readonly profile?: OAuth2VendorProfile;

  /** Id of the client. Only one that AWS issues tokens for may do without. @internal */
  public readonly _clientId?: string;
  private whySuspended?: string;

  /**
   * Where the authorization server must send the user back to: register it as redirect URI of the client. A stack output, known after
   * deployment. Not the return URL of an agent.
   */
  public readonly callbackUrl: string;

  constructor(scope: Construct, id: string, props: OAuth2ProviderProps) {
    super(scope, id, {});
    const { client: given, profile } = props;
    const client = given ?? {} as OAuth2ClientProps;
    const problems = new Problems(this.node.path);
    expectKnownFields(problems, client, [...CLIENT_FIELDS, ...profile.clientFields ?? []], `A client of vendor ${profile.vendor}`, 'OAuth2Provider/UnknownField');
    expectProfile(problems, profile);
    this._clientId = client.clientId;
    if (this._clientId !== undefined || profile.clientAuthentication?._webIdentityToken === undefined) {
      expectClientId(problems, client.clientId);
    }
    expectSecretOrNone(problems, client.clientSecret, profile.clientAuthentication, CLIENT_SECRET_CALL);
    if (client.clientSecret?.isManagedByAgentCore === true) {
      problems.add({
        code: 'OAuth2Provider/ManagedSecret',
        what: 'a provider made here cannot have its secret kept by AgentCore, since the value would pass through the template',
        fix: `Write ${CLIENT_SECRET_CALL}; ClientSecret.managedByAgentCore() is for imported providers.`,
      });
    }
    this.providerName = client.providerName ?? derivedName(this, LONGEST_DERIVED_NAME);
    expectProviderName(problems, this.providerName);
    problems.addAll(secretPlaceProblems(client.clientSecret, this.env.region));
    problems.raise();

    this.clientSecret = client.clientSecret ?? ClientSecret._absent();
    this.clientAuthentication = profile.clientAuthentication;
    this.onBehalfOf = profile.onBehalfOf;
    this.vendor = profile.vendor;
    this.profile = profile;
    const declared = {
      name: this.providerName,
      credentialProviderVendor: profile.vendor,
      oauth2ProviderConfigInput: {
        [profile.configProperty]: {
          clientId: client.clientId,
          ...secretConfiguration(this.stack, 'clientSecret', this.clientSecret),
          ...profile.fields,
        },
      },
    };
    const resource = new agentcore.CfnOAuth2CredentialProvider(this, 'Resource', declared);
    declareResource(this, resource, declared);
    this.callbackUrl = resource.attrCallbackUrl;
    new CfnOutput(this, 'CallbackUrl', {
      value: this.callbackUrl,
      description: `Register as redirect URI of the ${profile.vendor} client of ${this.providerName}, if users are to consent; not needed for client credentials`,
    });
    this.providerArn = oauth2ProviderArn(environmentOf(this), this.providerName);
    Ledger.of(this).addOAuth2Provider(this, true);
    letClientSign(this);
    this.node.addValidation({ validate: () => providerProblems(this) });
  }

  public suspend(options: SuspensionOptions): void {
    refuseIfLate(this, 'suspend()', 'Provider/TooLate');
    this.whySuspended = suspensionReason(options, this.node.path);
  }

  public get suspendedReason(): string | undefined {
    return this.whySuspended;
  }

  /** Reference to this provider, as L1 and official L2 constructs take it. */
  public get oAuth2CredentialProviderRef(): agentcore.OAuth2CredentialProviderReference {
    return { credentialProviderArn: this.providerArn };
  }
}
