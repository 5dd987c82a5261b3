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
  /** Know who the user is: an ID token with the subject. */
  public static readonly OPENID = new GoogleScope('openid');
  /** See the address of the user's Google account. */
  public static readonly USERINFO_EMAIL = new GoogleScope('https://www.googleapis.com/auth/userinfo.email');
  /** See the user's name and picture. */
  public static readonly USERINFO_PROFILE = new GoogleScope('https://www.googleapis.com/auth/userinfo.profile');
  /** See, change, share and delete all calendars that the user can access. */
  public static readonly CALENDAR = new GoogleScope('https://www.googleapis.com/auth/calendar');
  /** See any calendar that the user can access. */
  public static readonly CALENDAR_READONLY = new GoogleScope('https://www.googleapis.com/auth/calendar.readonly');
  /** See and change the events of all calendars. */
  public static readonly CALENDAR_EVENTS = new GoogleScope('https://www.googleapis.com/auth/calendar.events');
  /** See the events of all calendars. */
  public static readonly CALENDAR_EVENTS_READONLY = new GoogleScope('https://www.googleapis.com/auth/calendar.events.readonly');
  /** Read messages and settings. */
  public static readonly GMAIL_READONLY = new GoogleScope('https://www.googleapis.com/auth/gmail.readonly');
  /** Manage drafts and send messages. */
  public static readonly GMAIL_COMPOSE = new GoogleScope('https://www.googleapis.com/auth/gmail.compose');
  /** Send messages, without reading any. */
  public static readonly GMAIL_SEND = new GoogleScope('https://www.googleapis.com/auth/gmail.send');
  /** Read, compose, send and change messages, but not delete them for good. */
  public static readonly GMAIL_MODIFY = new GoogleScope('https://www.googleapis.com/auth/gmail.modify');
  /** See and change labels, without reading messages. */
  public static readonly GMAIL_LABELS = new GoogleScope('https://www.googleapis.com/auth/gmail.labels');
  /** See, change and delete all files in Drive. */
  public static readonly DRIVE = new GoogleScope('https://www.googleapis.com/auth/drive');
  /** See and download all files in Drive. */
  public static readonly DRIVE_READONLY = new GoogleScope('https://www.googleapis.com/auth/drive.readonly');
  /** See and change only the files that the user opens or makes with this client. */
  public static readonly DRIVE_FILE = new GoogleScope('https://www.googleapis.com/auth/drive.file');
  /** See the names and properties of files, not their content. */
  public static readonly DRIVE_METADATA_READONLY = new GoogleScope('https://www.googleapis.com/auth/drive.metadata.readonly');
  /** See, change and delete all documents. */
  public static readonly DOCUMENTS = new GoogleScope('https://www.googleapis.com/auth/documents');
  /** See all documents. */
  public static readonly DOCUMENTS_READONLY = new GoogleScope('https://www.googleapis.com/auth/documents.readonly');
  /** See, change and delete all spreadsheets. */
  public static readonly SPREADSHEETS = new GoogleScope('https://www.googleapis.com/auth/spreadsheets');
  /** See all spreadsheets. */
  public static readonly SPREADSHEETS_READONLY = new GoogleScope('https://www.googleapis.com/auth/spreadsheets.readonly');
  /** See all presentations. */
  public static readonly PRESENTATIONS_READONLY = new GoogleScope('https://www.googleapis.com/auth/presentations.readonly');
  /** See the user's contacts. */
  public static readonly CONTACTS_READONLY = new GoogleScope('https://www.googleapis.com/auth/contacts.readonly');
  /** See, change and delete tasks. */
  public static readonly TASKS = new GoogleScope('https://www.googleapis.com/auth/tasks');
  /** See tasks. */
  public static readonly TASKS_READONLY = new GoogleScope('https://www.googleapis.com/auth/tasks.readonly');

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
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. A refresh token
 * is only issued when the agent asks with the custom parameter `access_type=offline`; without it the user is asked
 * again whenever the access token ends (about an hour).
 *
 * An agent acts for users only: Google has no client-credentials grant (`grant_types_supported` of
 * https://accounts.google.com/.well-known/openid-configuration). What its service accounts do instead, AgentCore does not.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-google.html
 */
export class GoogleOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: GoogleOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'googleOauth2ProviderConfig', hasClientCredentials: false, refreshTokenParameters: { access_type: 'offline' } } });
  }
}
