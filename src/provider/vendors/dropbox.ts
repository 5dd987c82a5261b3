import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'DropboxOauth2';

/**
 * Scopes of Dropbox apps. The app itself is limited either to a folder of its own or to nothing.
 *
 * @see https://developers.dropbox.com/oauth-guide
 */
export class DropboxScope extends OAuth2Scope {
  /** See the user's name, email address and account type. */
  public static readonly ACCOUNT_INFO_READ = new DropboxScope('account_info.read');
  /** See the names and properties of files and folders. */
  public static readonly FILES_METADATA_READ = new DropboxScope('files.metadata.read');
  /** Change the properties of files and folders. */
  public static readonly FILES_METADATA_WRITE = new DropboxScope('files.metadata.write');
  /** Read files. */
  public static readonly FILES_CONTENT_READ = new DropboxScope('files.content.read');
  /** Create, change, move and delete files. */
  public static readonly FILES_CONTENT_WRITE = new DropboxScope('files.content.write');
  /** See sharing settings and collaborators. */
  public static readonly SHARING_READ = new DropboxScope('sharing.read');
  /** Change sharing settings and collaborators. */
  public static readonly SHARING_WRITE = new DropboxScope('sharing.write');
  /** See file requests. */
  public static readonly FILE_REQUESTS_READ = new DropboxScope('file_requests.read');
  /** Manage file requests. */
  public static readonly FILE_REQUESTS_WRITE = new DropboxScope('file_requests.write');
  /** See the user's manually added contacts. */
  public static readonly CONTACTS_READ = new DropboxScope('contacts.read');
  /** Manage the user's manually added contacts. */
  public static readonly CONTACTS_WRITE = new DropboxScope('contacts.write');
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new DropboxScope('openid');
  /** See the user's email address in the ID token. */
  public static readonly EMAIL = new DropboxScope('email');
  /** See the user's name in the ID token. */
  public static readonly PROFILE = new DropboxScope('profile');

  /** A scope that is not listed here, as Dropbox documents it. */
  public static of(value: string): DropboxScope {
    return new DropboxScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Dropbox app. */
export interface DropboxOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Dropbox.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. The client id
 * is the app key, its secret the app secret; disallow public clients for the app. A refresh token is only issued when
 * the agent asks with the custom parameter `token_access_type=offline`; without it the user is asked again whenever the
 * access token ends (about four hours).
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-dropbox.html
 */
export class DropboxOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: DropboxOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig', refreshTokenParameters: { token_access_type: 'offline' } } });
  }
}
