import { OnBehalfOf } from './on-behalf-of';
import { AgentOwner } from '../agent/agent-owner';

/** What stands for one provider, or for all whose names begin alike. */
export interface IMayHaveNamePrefix {
  /**
   * What the names of the providers begin with, where administrators make them at run time (`anyWithNamePrefix`). Then `providerName` and
   * `providerArn` are patterns.
   *
   * @default - it is one provider
   */
  readonly namePrefix?: string;

  /**
   * Why these providers cannot be named.
   *
   * @default - it is one provider
   */
  readonly namePrefixReason?: string;

  /**
   * Who makes these providers.
   *
   * @default - it is one provider
   */
  readonly namePrefixOwner?: AgentOwner;
}

/** What has to be said about providers that administrators make at run time. */
export interface NamePrefixOptions {
  /** Why they cannot be named in the code: a sentence of 10 to 500 characters. It stands in the access report. */
  readonly reason: string;

  /** Who makes such providers, and answers for what they are: whoever may make one decides what the agent may use. */
  readonly owner: AgentOwner;
}

/** What has to be said about OAuth2 providers that administrators make at run time. */
export interface OAuth2NamePrefixOptions extends NamePrefixOptions {
  /**
   * The `CredentialProviderVendor` of all of them, such as `SalesforceOauth2`: scopes of another vendor are then refused.
   *
   * @default - not known, or several; scopes of any vendor are taken
   */
  readonly vendor?: string;

  /**
   * How they exchange users' tokens, as administrators configure it. Needed by `Capability.actOnBehalfOfUser`.
   *
   * @default - built in, if `vendor` is `MicrosoftOauth2`; else they do not
   */
  readonly onBehalfOf?: OnBehalfOf;
}
