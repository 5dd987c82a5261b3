import { aws_bedrockagentcore as agentcore, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ApiKey } from './api-key';
import type { IApiKeyProvider } from './api-key-provider';
import { expectNamePrefix } from './name-prefix';
import { NamePrefixOptions } from './name-prefix-options';
import { namePrefixProblems } from './name-prefix-rules';
import { AgentOwner } from '../agent/agent-owner';
import { environmentOf } from '../declaration/environment';
import { refuseIfLate } from '../declaration/in-time';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { apiKeyProviderArn } from '../permission/resource-arn';

/** API-key providers that administrators make at run time, as far as their names begin alike. Its name and its ARN are patterns. */
export class ApiKeyProvidersWithPrefix extends Resource implements IApiKeyProvider {
  public readonly providerName: string;
  public readonly providerArn: string;
  public readonly apiKey = ApiKey.managedByAgentCore();
  public readonly namePrefixReason: string;
  public readonly namePrefixOwner: AgentOwner;
  private whySuspended?: string;

  constructor(scope: Construct, id: string, public readonly namePrefix: string, given: NamePrefixOptions) {
    super(scope, id, {});
    const options = given ?? {} as NamePrefixOptions;
    const problems = new Problems(this.node.path);
    expectNamePrefix(problems, namePrefix, options, [], 'ApiKeyProvider/UnknownField');
    problems.raise();
    this.providerName = `${namePrefix}*`;
    this.providerArn = apiKeyProviderArn(environmentOf(this), this.providerName);
    this.namePrefixReason = options.reason;
    this.namePrefixOwner = options.owner;
    Ledger.of(this).addApiKeyProvider(this, false);
    this.node.addValidation({ validate: () => namePrefixProblems(this) });
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
