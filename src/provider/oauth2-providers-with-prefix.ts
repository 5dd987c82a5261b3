import { aws_bedrockagentcore as agentcore, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClientSecret } from './client-secret';
import { EXCHANGE_BUILT_IN } from './imported-oauth2-provider';
import { warnOfUnknownVendor } from './known-vendors';
import { expectNamePrefix } from './name-prefix';
import { OAuth2NamePrefixOptions } from './name-prefix-options';
import { namePrefixProblems } from './name-prefix-rules';
import type { IOAuth2Provider } from './oauth2-provider';
import { OnBehalfOf } from './on-behalf-of';
import { AgentOwner } from '../agent/agent-owner';
import { environmentOf } from '../declaration/environment';
import { refuseIfLate } from '../declaration/in-time';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { oauth2ProviderArn } from '../permission/resource-arn';

/** OAuth2 providers that administrators make at run time, as far as their names begin alike. Its name and its ARN are patterns. */
export class OAuth2ProvidersWithPrefix extends Resource implements IOAuth2Provider {
  public readonly providerName: string;
  public readonly providerArn: string;
  public readonly clientSecret = ClientSecret.managedByAgentCore();
  public readonly onBehalfOf?: OnBehalfOf;
  public readonly vendor?: string;
  public readonly namePrefixReason: string;
  public readonly namePrefixOwner: AgentOwner;
  private whySuspended?: string;

  constructor(scope: Construct, id: string, public readonly namePrefix: string, given: OAuth2NamePrefixOptions) {
    super(scope, id, {});
    const options = given ?? {} as OAuth2NamePrefixOptions;
    const problems = new Problems(this.node.path);
    expectNamePrefix(problems, namePrefix, options, ['vendor', 'onBehalfOf'], 'OAuth2Provider/UnknownField');
    problems.expect(options.onBehalfOf === undefined || options.onBehalfOf instanceof OnBehalfOf, {
      code: 'OAuth2Provider/OnBehalfOf', what: 'onBehalfOf is not valid', received: options.onBehalfOf, fix: 'Write OnBehalfOf.tokenExchange(actorToken) or OnBehalfOf.jwtAuthorizationGrant(), as the providers are configured.',
    });
    problems.expect(options.onBehalfOf?.actorToken?._webIdentityToken === undefined, {
      code: 'OAuth2Provider/OnBehalfOf',
      what: 'providers that are not known here cannot send a token of AWS as the actor\'s: its audience would not be known either',
      received: options.onBehalfOf?.description,
      fix: 'Write OnBehalfOf.tokenExchange(ActorToken.none()) or another of its forms, or name the provider.',
    });
    problems.raise();
    this.providerName = `${namePrefix}*`;
    this.providerArn = oauth2ProviderArn(environmentOf(this), this.providerName);
    this.vendor = options.vendor;
    this.onBehalfOf = options.onBehalfOf ?? (options.vendor === EXCHANGE_BUILT_IN ? OnBehalfOf.jwtAuthorizationGrant() : undefined);
    this.namePrefixReason = options.reason;
    this.namePrefixOwner = options.owner;
    warnOfUnknownVendor(this);
    Ledger.of(this).addOAuth2Provider(this, false);
    this.node.addValidation({ validate: () => namePrefixProblems(this) });
  }

  public suspend(options: SuspensionOptions): void {
    refuseIfLate(this, 'suspend()', 'Provider/TooLate');
    this.whySuspended = suspensionReason(options, this.node.path);
  }

  public get suspendedReason(): string | undefined {
    return this.whySuspended;
  }

  public get oAuth2CredentialProviderRef(): agentcore.OAuth2CredentialProviderReference {
    return { credentialProviderArn: this.providerArn };
  }
}
