import { aws_bedrockagentcore as agentcore, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CLIENT_SECRET_CALL, ClientSecret } from './client-secret';
import { expectSecretOrNone } from './client-secret-rules';
import { warnOfUnknownVendor } from './known-vendors';
import type { IOAuth2Provider } from './oauth2-provider';
import { OAuth2ProviderImportOptions } from './oauth2-provider-import-options';
import { OnBehalfOf } from './on-behalf-of';
import { ProviderLocation } from './provider-name';
import { providerProblems, secretPlaceProblems } from './provider-rules';
import { letClientSign } from './signing-key-policy';
import { ClientAuthentication } from './vendors/client-authentication';
import { expectAudience } from './web-identity-token';
import { refuseIfLate } from '../declaration/in-time';
import { expectKnownFields } from '../declaration/known-fields';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { oauth2ProviderArn } from '../permission/resource-arn';

/** The one vendor for which AgentCore exchanges tokens without being configured to. */
export const EXCHANGE_BUILT_IN = 'MicrosoftOauth2';

/** An OAuth2 provider that is made elsewhere, as far as this app is told about it. */
export class ImportedOAuth2Provider extends Resource implements IOAuth2Provider {
  public readonly providerName: string;
  public readonly providerArn: string;
  public readonly clientSecret: ClientSecret;
  public readonly clientAuthentication?: ClientAuthentication;
  public readonly onBehalfOf?: OnBehalfOf;
  public readonly vendor?: string;
  private whySuspended?: string;

  constructor(scope: Construct, id: string, location: ProviderLocation, given: OAuth2ProviderImportOptions) {
    super(scope, id, { account: location.scope.account, region: location.scope.region });
    const options = given ?? {};
    const problems = new Problems(this.node.path);
    expectKnownFields(problems, options, ['clientSecret', 'clientAuthentication', 'onBehalfOf', 'vendor'], 'An imported OAuth2 provider', 'OAuth2Provider/UnknownField');
    problems.addAll(secretPlaceProblems(options.clientSecret, this.env.region));
    const { clientAuthentication, onBehalfOf } = options;
    expectSecretOrNone(problems, options.clientSecret, clientAuthentication, `${CLIENT_SECRET_CALL}, or ClientSecret.managedByAgentCore()`);
    problems.expect(clientAuthentication === undefined || clientAuthentication instanceof ClientAuthentication, {
      code: 'OAuth2Provider/ClientAuthentication', what: 'clientAuthentication is not valid', received: clientAuthentication, fix: 'Write ClientAuthentication.iamIdToken({ audiences }) or another of its forms.',
    });
    problems.expect(onBehalfOf === undefined || onBehalfOf instanceof OnBehalfOf, {
      code: 'OAuth2Provider/OnBehalfOf', what: 'onBehalfOf is not valid', received: onBehalfOf, fix: 'Write OnBehalfOf.tokenExchange(actorToken) or OnBehalfOf.jwtAuthorizationGrant(), as the provider is configured.',
    });
    expectAudience(problems, clientAuthentication?._webIdentityToken, 'ClientAuthentication.iamIdToken', 'OAuth2Provider/Audience');
    expectAudience(problems, onBehalfOf?.actorToken?._webIdentityToken, 'ActorToken.iamIdToken', 'OAuth2Provider/Audience');
    problems.raise();
    this.providerName = location.name;
    this.providerArn = oauth2ProviderArn(location.scope, location.name);
    this.clientSecret = options.clientSecret ?? ClientSecret._absent();
    this.clientAuthentication = clientAuthentication;
    this.onBehalfOf = onBehalfOf ?? (options.vendor === EXCHANGE_BUILT_IN ? OnBehalfOf.jwtAuthorizationGrant() : undefined);
    this.vendor = options.vendor;
    warnOfUnknownVendor(this);
    Ledger.of(this).addOAuth2Provider(this, false);
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

  public get oAuth2CredentialProviderRef(): agentcore.OAuth2CredentialProviderReference {
    return { credentialProviderArn: this.providerArn };
  }
}
