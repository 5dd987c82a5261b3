import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'YandexOauth2';

/**
 * Access rights of Yandex OAuth. A token has at most those that the application was registered for.
 *
 * @see https://yandex.com/dev/id/doc/en/register-client
 */
export class YandexScope extends OAuth2Scope {
  /** See the user's login, name and gender. */
  public static readonly LOGIN_INFO = new YandexScope('login:info');
  /** See the user's email address. */
  public static readonly LOGIN_EMAIL = new YandexScope('login:email');
  /** See the user's portrait. */
  public static readonly LOGIN_AVATAR = new YandexScope('login:avatar');
  /** See the user's date of birth. */
  public static readonly LOGIN_BIRTHDAY = new YandexScope('login:birthday');
  /** See the user's phone number. */
  public static readonly LOGIN_DEFAULT_PHONE = new YandexScope('login:default_phone');
  /** See how much of Yandex Disk is used. */
  public static readonly CLOUD_API_DISK_INFO = new YandexScope('cloud_api:disk.info');
  /** Read all of Yandex Disk. */
  public static readonly CLOUD_API_DISK_READ = new YandexScope('cloud_api:disk.read');
  /** Write anywhere on Yandex Disk. */
  public static readonly CLOUD_API_DISK_WRITE = new YandexScope('cloud_api:disk.write');
  /** Read and write the folder of the application only. */
  public static readonly CLOUD_API_DISK_APP_FOLDER = new YandexScope('cloud_api:disk.app_folder');
  /** Read mail. */
  public static readonly MAIL_IMAP_RO = new YandexScope('mail:imap_ro');
  /** Read and change mail. */
  public static readonly MAIL_IMAP_FULL = new YandexScope('mail:imap_full');
  /** Send mail. */
  public static readonly MAIL_SMTP = new YandexScope('mail:smtp');
  /** Read issues of Yandex Tracker. */
  public static readonly TRACKER_READ = new YandexScope('tracker:read');
  /** Create and change issues of Yandex Tracker. */
  public static readonly TRACKER_WRITE = new YandexScope('tracker:write');

  /** A scope that is not listed here, as Yandex documents it. */
  public static of(value: string): YandexScope {
    return new YandexScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Yandex OAuth application for web services. */
export interface YandexOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Yandex.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-yandex.html
 */
export class YandexOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: YandexOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig' } });
  }
}
