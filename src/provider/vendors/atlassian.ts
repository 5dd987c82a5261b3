import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'AtlassianOauth2';

/**
 * Scopes of Atlassian OAuth 2.0 (3LO) apps. Atlassian recommends the classic ones; version 2 of the Confluence API
 * wants the granular ones, of which a few are here.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3LO-and-forge-apps/
 */
export class AtlassianScope extends OAuth2Scope {
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new AtlassianScope('offline_access');
  /** See the user's profile. */
  public static readonly READ_ME = new AtlassianScope('read:me');
  /** See the user's account and email address. */
  public static readonly READ_ACCOUNT = new AtlassianScope('read:account');
  /** Read projects and issues, with what is attached to them. */
  public static readonly READ_JIRA_WORK = new AtlassianScope('read:jira-work');
  /** Create and change issues, comments and worklogs. */
  public static readonly WRITE_JIRA_WORK = new AtlassianScope('write:jira-work');
  /** See the people of the Jira site. */
  public static readonly READ_JIRA_USER = new AtlassianScope('read:jira-user');
  /** Change a project's settings, versions and components. */
  public static readonly MANAGE_JIRA_PROJECT = new AtlassianScope('manage:jira-project');
  /** Administer Jira. */
  public static readonly MANAGE_JIRA_CONFIGURATION = new AtlassianScope('manage:jira-configuration');
  /** Register and remove webhooks. */
  public static readonly MANAGE_JIRA_WEBHOOK = new AtlassianScope('manage:jira-webhook');
  /** Read all content, its bodies included. */
  public static readonly READ_CONFLUENCE_CONTENT_ALL = new AtlassianScope('read:confluence-content.all');
  /** Read a summary of content. */
  public static readonly READ_CONFLUENCE_CONTENT_SUMMARY = new AtlassianScope('read:confluence-content.summary');
  /** Read a summary of spaces. */
  public static readonly READ_CONFLUENCE_SPACE_SUMMARY = new AtlassianScope('read:confluence-space.summary');
  /** See the people of the Confluence site. */
  public static readonly READ_CONFLUENCE_USER = new AtlassianScope('read:confluence-user');
  /** Create and change pages, blog posts and comments. */
  public static readonly WRITE_CONFLUENCE_CONTENT = new AtlassianScope('write:confluence-content');
  /** Upload attachments. */
  public static readonly WRITE_CONFLUENCE_FILE = new AtlassianScope('write:confluence-file');
  /** Search content and spaces. */
  public static readonly SEARCH_CONFLUENCE = new AtlassianScope('search:confluence');
  /** Read pages (granular). */
  public static readonly READ_PAGE_CONFLUENCE = new AtlassianScope('read:page:confluence');
  /** Create and change pages (granular). */
  public static readonly WRITE_PAGE_CONFLUENCE = new AtlassianScope('write:page:confluence');
  /** Read spaces (granular). */
  public static readonly READ_SPACE_CONFLUENCE = new AtlassianScope('read:space:confluence');
  /** Read comments (granular). */
  public static readonly READ_COMMENT_CONFLUENCE = new AtlassianScope('read:comment:confluence');
  /** Read and download attachments (granular). */
  public static readonly READ_ATTACHMENT_CONFLUENCE = new AtlassianScope('read:attachment:confluence');

  /** A scope that is not listed here, as Atlassian documents it. */
  public static of(value: string): AtlassianScope {
    return new AtlassianScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** An Atlassian OAuth 2.0 (3LO) app. */
export interface AtlassianOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Atlassian: Jira and Confluence in the cloud.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. Only 3LO apps
 * are described by AWS, that is agents that act for users. A refresh token is only issued when the agent asks for the
 * scope `offline_access`.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-atlassian.html
 */
export class AtlassianOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: AtlassianOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'atlassianOauth2ProviderConfig', refreshTokenScope: 'offline_access' } });
  }
}
