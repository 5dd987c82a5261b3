import { Construct } from 'constructs';
import { pathOf } from './construct-path';
import { MicrosoftTenant } from './microsoft-tenant';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';
import { OnBehalfOf } from '../on-behalf-of';

const VENDOR = 'MicrosoftOauth2';

/**
 * Scopes of Microsoft Graph and of OpenID Connect. Scopes of another API begin with its application ID URI.
 *
 * @see https://learn.microsoft.com/en-us/graph/permissions-reference
 */
export class MicrosoftScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new MicrosoftScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new MicrosoftScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new MicrosoftScope('email');
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new MicrosoftScope('offline_access');
  /** All permissions that an administrator consented to: the only scope with which an agent acts as itself. */
  public static readonly DEFAULT = new MicrosoftScope('https://graph.microsoft.com/.default');
  /** Sign in, and read the profile of the user. */
  public static readonly USER_READ = new MicrosoftScope('https://graph.microsoft.com/User.Read');
  /** Read the names and email addresses of all users. */
  public static readonly USER_READ_BASIC_ALL = new MicrosoftScope('https://graph.microsoft.com/User.ReadBasic.All');
  /** Read the full profiles of all users. */
  public static readonly USER_READ_ALL = new MicrosoftScope('https://graph.microsoft.com/User.Read.All');
  /** Read the user's calendars. */
  public static readonly CALENDARS_READ = new MicrosoftScope('https://graph.microsoft.com/Calendars.Read');
  /** Read and write the user's calendars. */
  public static readonly CALENDARS_READ_WRITE = new MicrosoftScope('https://graph.microsoft.com/Calendars.ReadWrite');
  /** Read the user's mail. */
  public static readonly MAIL_READ = new MicrosoftScope('https://graph.microsoft.com/Mail.Read');
  /** Read and write the user's mail, without sending. */
  public static readonly MAIL_READ_WRITE = new MicrosoftScope('https://graph.microsoft.com/Mail.ReadWrite');
  /** Send mail as the user. */
  public static readonly MAIL_SEND = new MicrosoftScope('https://graph.microsoft.com/Mail.Send');
  /** Read the user's contacts. */
  public static readonly CONTACTS_READ = new MicrosoftScope('https://graph.microsoft.com/Contacts.Read');
  /** Read the user's tasks. */
  public static readonly TASKS_READ = new MicrosoftScope('https://graph.microsoft.com/Tasks.Read');
  /** Read and write the user's tasks. */
  public static readonly TASKS_READ_WRITE = new MicrosoftScope('https://graph.microsoft.com/Tasks.ReadWrite');
  /** Read the user's files. */
  public static readonly FILES_READ = new MicrosoftScope('https://graph.microsoft.com/Files.Read');
  /** Read and write the user's files. */
  public static readonly FILES_READ_WRITE = new MicrosoftScope('https://graph.microsoft.com/Files.ReadWrite');
  /** Read all files that the user can access. */
  public static readonly FILES_READ_ALL = new MicrosoftScope('https://graph.microsoft.com/Files.Read.All');
  /** Read all SharePoint sites that the user can access. */
  public static readonly SITES_READ_ALL = new MicrosoftScope('https://graph.microsoft.com/Sites.Read.All');
  /** Read the user's chats. */
  public static readonly CHAT_READ = new MicrosoftScope('https://graph.microsoft.com/Chat.Read');
  /** Send chat messages as the user. */
  public static readonly CHAT_MESSAGE_SEND = new MicrosoftScope('https://graph.microsoft.com/ChatMessage.Send');
  /** Read the messages of all channels that the user can access. */
  public static readonly CHANNEL_MESSAGE_READ_ALL = new MicrosoftScope('https://graph.microsoft.com/ChannelMessage.Read.All');
  /** Read the names of the user's teams. */
  public static readonly TEAM_READ_BASIC_ALL = new MicrosoftScope('https://graph.microsoft.com/Team.ReadBasic.All');
  /** Read the user's online meetings. */
  public static readonly ONLINE_MEETINGS_READ = new MicrosoftScope('https://graph.microsoft.com/OnlineMeetings.Read');

  /** A scope that is not listed here, as Microsoft or your own API documents it: `api://<application id>/<scope>`. */
  public static of(value: string): MicrosoftScope {
    return new MicrosoftScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** An application registered with Microsoft Entra ID. */
export interface MicrosoftOAuth2ProviderProps extends OAuth2ClientProps {
  /** Whose accounts the application takes: `MicrosoftTenant.of(...)` or, with a reason, `MicrosoftTenant.anyTenant({ reason })`. */
  readonly tenant: MicrosoftTenant;
}

/**
 * OAuth2 credential provider for Microsoft Entra ID: Microsoft Graph, and APIs of your own.
 *
 * The template holds the client id, the reference to its secret, and the tenant's id; of `MicrosoftTenant.anyTenant`
 * none. Endpoints are built into AgentCore. A refresh token is only issued when the agent asks for the scope
 * `offline_access`. An agent that acts as itself asks for `.default` of one API and has whatever an administrator
 * consented to. On-behalf-of exchange is built in (`Capability.actOnBehalfOfUser`).
 *
 * @throws [MicrosoftOAuth2Provider/Tenant] when the tenant is missing or not a `MicrosoftTenant`
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-microsoft.html
 */
export class MicrosoftOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: MicrosoftOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: microsoftProfile(props, pathOf(scope, id)) });
  }
}

function microsoftProfile({ tenant }: MicrosoftOAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const problems = new Problems(path);
  problems.expect(tenant instanceof MicrosoftTenant, {
    code: 'MicrosoftOAuth2Provider/Tenant',
    what: 'tenant is not valid',
    received: tenant,
    allowed: 'MicrosoftTenant.of(idOrDomain), or MicrosoftTenant.anyTenant({ reason })',
    fix: 'Say whose accounts the application takes.',
  });
  problems.raise();
  return {
    vendor: VENDOR,
    configProperty: 'microsoftOauth2ProviderConfig',
    refreshTokenScope: 'offline_access',
    onBehalfOf: OnBehalfOf.jwtAuthorizationGrant(),
    ...(tenant.anyTenantReason !== undefined ? { broadBecause: `accounts of ANY Microsoft tenant are taken: ${tenant.anyTenantReason}` } : {}),
    clientFields: ['tenant'],
    fields: tenant.tenantId === undefined ? {} : { tenantId: tenant.tenantId },
  };
}
