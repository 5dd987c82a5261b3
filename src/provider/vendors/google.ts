import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'GoogleOauth2';

/**
 * Scopes of Google's APIs.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/scopes
 */
export class GoogleScope extends OAuth2Scope {
  /** See the events of all calendars. */
  public static readonly CALENDAR_EVENTS_READONLY = new GoogleScope('https://www.googleapis.com/auth/calendar.events.readonly');
  /** See any calendar that the user can access. */
  public static readonly CALENDAR_READONLY = new GoogleScope('https://www.googleapis.com/auth/calendar.readonly');

  /** A scope that is not listed here, as Google documents it. */
  public static of(value: string): GoogleScope {
    return new GoogleScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Google OAuth2 client. */
export interface GoogleOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Google.
 *
 * Endpoints are built into AgentCore. A refresh token is only issued when the agent asks with the custom parameter
 * `access_type=offline`; without it the user is asked again whenever the access token ends (about an hour).
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-google.html
 */
export class GoogleOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: GoogleOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'googleOauth2ProviderConfig' } });
  }
}
