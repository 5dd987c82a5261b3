import { aws_bedrockagentcore as agentcore, IResource, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { API_KEY_CALL, ApiKey } from './api-key';
import { ApiKeyProvidersWithPrefix } from './api-key-providers-with-prefix';
import { IMayHaveNamePrefix, NamePrefixOptions } from './name-prefix-options';
import { expectProviderName, expectProviderRef, locationByArn, locationByName, LONGEST_DERIVED_NAME, ProviderFamily, ProviderLocation } from './provider-name';
import { providerProblems, secretPlaceProblems } from './provider-rules';
import { ProviderSecret } from './provider-secret';
import { secretConfiguration } from './secret-configuration';
import { declareProperties, declareResource } from '../declaration/declared-properties';
import { derivedName } from '../declaration/derived-name';
import { environmentOf } from '../declaration/environment';
import { refuseIfLate } from '../declaration/in-time';
import { expectKnownFields } from '../declaration/known-fields';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { apiKeyProviderArn } from '../permission/resource-arn';

/**
 * An API-key credential provider: one key of one service.
 *
 * What an agent may do with it is declared on the agent (`agent.may(Capability.useApiKey(provider, ...))`); a provider
 * grants nothing by itself.
 */
export interface IApiKeyProvider extends IResource, agentcore.IApiKeyCredentialProviderRef, IMayHaveNamePrefix {
  /** Name of the provider, as `GetResourceApiKey` takes it. */
  readonly providerName: string;

  /** ARN of the provider. */
  readonly providerArn: string;

  /** Where the key is kept. Never the key itself. */
  readonly apiKey: ApiKey;

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

/** An API key that agents may be allowed to use. */
export interface ApiKeyProviderProps {
  /** Where the key is kept: `ApiKey.fromSecretsManager(secret, 'api_key')`. */
  readonly apiKey: ApiKey;

  /**
   * Name of the provider: 1 to 128 letters, digits, hyphens and underscores, unique in the account and region. A change
   * replaces the provider.
   *
   * @default - derived from the stack's name and the construct's path, at most 50 characters
   */
  readonly providerName?: string;
}

/** What an import has to tell about a provider that was made elsewhere. */
export interface ApiKeyProviderImportOptions {
  /**
   * Where the provider's key is kept. Agents get to read exactly this secret, through AgentCore only.
   *
   * `ApiKey.fromSecretsManager(...)` if the provider references one of your secrets, `ApiKey.managedByAgentCore()` if
   * AgentCore keeps it.
   */
  readonly apiKey: ApiKey;
}

/**
 * An API-key credential provider (`AWS::BedrockAgentCore::ApiKeyCredentialProvider`) whose key stays in Secrets Manager.
 *
 * The template holds a reference to the secret (`ApiKeySecretSource: EXTERNAL`). It holds no key, and no grant: those follow
 * from the capabilities that agents declare.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-apikeycredentialprovider.html
 */
export class ApiKeyProvider extends Resource implements IApiKeyProvider {
  /**
   * A provider of this name that exists already in the account and region of the scope's stack. Agents get exactly the same
   * rights on it as on one made here, and no CloudFormation export is needed.
   *
   * @throws [Provider/Name] when the name is not valid
   * @throws [ProviderSecret/PlaintextRefused] when a value was given in place of an `ApiKey`
   */
  public static fromProviderName(scope: Construct, id: string, providerName: string, options: ApiKeyProviderImportOptions): IApiKeyProvider {
    return new ImportedApiKeyProvider(scope, id, locationByName(scope, id, providerName), options);
  }

  /**
   * A provider with this ARN. The ARN may be known only at deployment. Account and region are taken from it.
   *
   * @throws [Provider/Arn] when it is not the ARN of an API-key credential provider
   * @throws [ProviderSecret/PlaintextRefused] when a value was given in place of an `ApiKey`
   */
  public static fromProviderArn(scope: Construct, id: string, providerArn: string, options: ApiKeyProviderImportOptions): IApiKeyProvider {
    return new ImportedApiKeyProvider(scope, id, locationByArn(scope, id, providerArn, ProviderFamily.API_KEY), options);
  }

  /**
   * A provider made with another construct: the official L2 `ApiKeyCredentialProvider`, the L1, or an import of either.
   *
   * The official L2 lets AgentCore keep the key: say `ApiKey.managedByAgentCore()`. Its `grantUse` is not called; it would
   * open every secret of the account.
   *
   * @throws [Provider/Ref] when it is not such a provider
   */
  public static fromProviderRef(scope: Construct, id: string, provider: agentcore.IApiKeyCredentialProviderRef, options: ApiKeyProviderImportOptions): IApiKeyProvider {
    expectProviderRef(provider, 'apiKeyCredentialProviderRef', `${scope.node.path}/${id}`);
    const l1 = agentcore.CfnApiKeyCredentialProvider.isCfnApiKeyCredentialProvider(provider) ? provider : provider.node.defaultChild;
    if (!agentcore.CfnApiKeyCredentialProvider.isCfnApiKeyCredentialProvider(l1)) {
      return new ImportedApiKeyProvider(scope, id, locationByArn(scope, id, provider.apiKeyCredentialProviderRef.credentialProviderArn, ProviderFamily.API_KEY), options);
    }
    const imported = new ImportedApiKeyProvider(scope, id, { scope: environmentOf(l1), name: l1.name }, options);
    declareProperties(imported, l1, { name: l1.name });
    return imported;
  }

  /**
   * ALL API-key providers whose names begin with the prefix, for those that administrators make at run time. The longer word, with a
   * reason: whoever may make a provider of such a name decides what the agent may use. It takes the place of a provider in an agent's
   * capabilities, of one agent only.
   *
   * On the agent's role, in place of one provider: `apikeycredentialprovider/<prefix>*` in the account and region of the scope's
   * stack; and the read of the secrets that AgentCore keeps for them (`bedrock-agentcore-identity!default/apikey/<prefix>*`, with its
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
  public static anyWithNamePrefix(scope: Construct, id: string, prefix: string, options: NamePrefixOptions): IApiKeyProvider {
    return new ApiKeyProvidersWithPrefix(scope, id, prefix, options);
  }

  public readonly providerName: string;
  public readonly providerArn: string;
  public readonly apiKey: ApiKey;
  private whySuspended?: string;

  constructor(scope: Construct, id: string, props: ApiKeyProviderProps) {
    super(scope, id, {});
    const problems = new Problems(this.node.path);
    expectKnownFields(problems, props, ['apiKey', 'providerName'], 'An API-key provider', 'ApiKeyProvider/UnknownField');
    problems.addAll(ProviderSecret._problemsOf(props.apiKey, 'apiKey', API_KEY_CALL));
    if (props.apiKey?.isManagedByAgentCore === true) {
      problems.add({
        code: 'ApiKeyProvider/ManagedSecret',
        what: 'a provider made here cannot have its key kept by AgentCore, since the value would pass through the template',
        fix: `Write ${API_KEY_CALL}; ApiKey.managedByAgentCore() is for imported providers.`,
      });
    }
    this.providerName = props.providerName ?? derivedName(this, LONGEST_DERIVED_NAME);
    expectProviderName(problems, this.providerName);
    problems.addAll(secretPlaceProblems(props.apiKey, this.env.region));
    problems.raise();

    this.apiKey = props.apiKey;
    const declared = { name: this.providerName, ...secretConfiguration(this.stack, 'apiKeySecret', props.apiKey) };
    declareResource(this, new agentcore.CfnApiKeyCredentialProvider(this, 'Resource', declared), { ...declared, apiKey: undefined });
    this.providerArn = apiKeyProviderArn(environmentOf(this), this.providerName);
    Ledger.of(this).addApiKeyProvider(this, true);
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
  public get apiKeyCredentialProviderRef(): agentcore.ApiKeyCredentialProviderReference {
    return { credentialProviderArn: this.providerArn };
  }
}

class ImportedApiKeyProvider extends Resource implements IApiKeyProvider {
  public readonly providerName: string;
  public readonly providerArn: string;
  public readonly apiKey: ApiKey;
  private whySuspended?: string;

  constructor(scope: Construct, id: string, location: ProviderLocation, given: ApiKeyProviderImportOptions) {
    super(scope, id, { account: location.scope.account, region: location.scope.region });
    const options = given ?? {} as ApiKeyProviderImportOptions;
    const problems = new Problems(this.node.path);
    expectKnownFields(problems, options, ['apiKey'], 'An imported API-key provider', 'ApiKeyProvider/UnknownField');
    problems.addAll(secretPlaceProblems(options.apiKey, this.env.region));
    problems.addAll(ProviderSecret._problemsOf(options.apiKey, 'apiKey', `${API_KEY_CALL}, or ApiKey.managedByAgentCore()`));
    problems.raise();
    this.providerName = location.name;
    this.providerArn = apiKeyProviderArn(location.scope, location.name);
    this.apiKey = options.apiKey;
    Ledger.of(this).addApiKeyProvider(this, false);
    this.node.addValidation({ validate: () => providerProblems(this) });
  }

  public suspend(options: SuspensionOptions): void {
    refuseIfLate(this, 'suspend()', 'Provider/TooLate');
    this.whySuspended = suspensionReason(options, this.node.path);
  }

  public get suspendedReason(): string | undefined {
    return this.whySuspended;
  }

  public get apiKeyCredentialProviderRef(): agentcore.ApiKeyCredentialProviderReference {
    return { credentialProviderArn: this.providerArn };
  }
}
