import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';

const VENDOR = 'NotionOauth2';

/** A public integration of Notion. */
export interface NotionOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Notion.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. The integration
 * must be public. Notion has no scopes, hence no catalogue: what a token may do is set by the capabilities of the
 * integration, and which pages it reaches by what the user picks while consenting.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-notion.html
 */
export class NotionOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: NotionOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig', hasScopes: false } });
  }
}
