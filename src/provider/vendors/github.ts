import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'GithubOauth2';

/**
 * Scopes of GitHub OAuth apps. A GitHub App has permissions instead, which it asks for when it is installed.
 *
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
 */
export class GitHubScope extends OAuth2Scope {
  /** Read and write everything in public and private repositories, and manage the organization projects and webhooks behind them. */
  public static readonly REPO = new GitHubScope('repo');
  /** Read and write commit statuses, without the code. */
  public static readonly REPO_STATUS = new GitHubScope('repo:status');
  /** Read and write deployment statuses, without the code. */
  public static readonly REPO_DEPLOYMENT = new GitHubScope('repo_deployment');
  /** Read and write public repositories only. */
  public static readonly PUBLIC_REPO = new GitHubScope('public_repo');
  /** Accept or decline invitations to a repository. */
  public static readonly REPO_INVITE = new GitHubScope('repo:invite');
  /** Read and write code scanning alerts, without the code. */
  public static readonly SECURITY_EVENTS = new GitHubScope('security_events');
  /** Read and ping a repository's webhooks. */
  public static readonly READ_REPO_HOOK = new GitHubScope('read:repo_hook');
  /** Read, write and ping a repository's webhooks. */
  public static readonly WRITE_REPO_HOOK = new GitHubScope('write:repo_hook');
  /** Read organization, team and project membership. */
  public static readonly READ_ORG = new GitHubScope('read:org');
  /** Read and write organization membership and projects. */
  public static readonly WRITE_ORG = new GitHubScope('write:org');
  /** Write gists. */
  public static readonly GIST = new GitHubScope('gist');
  /** Read the user's notifications, mark them as read, and manage subscriptions. */
  public static readonly NOTIFICATIONS = new GitHubScope('notifications');
  /** Read and write the user's profile. */
  public static readonly USER = new GitHubScope('user');
  /** Read the user's profile. */
  public static readonly READ_USER = new GitHubScope('read:user');
  /** Read the user's email addresses. */
  public static readonly USER_EMAIL = new GitHubScope('user:email');
  /** Read projects of users and organizations. */
  public static readonly READ_PROJECT = new GitHubScope('read:project');
  /** Read and write projects of users and organizations. */
  public static readonly PROJECT = new GitHubScope('project');
  /** Download packages. */
  public static readonly READ_PACKAGES = new GitHubScope('read:packages');
  /** Publish packages. */
  public static readonly WRITE_PACKAGES = new GitHubScope('write:packages');
  /** Add and change workflow files of GitHub Actions. */
  public static readonly WORKFLOW = new GitHubScope('workflow');
  /** Create and manage codespaces. */
  public static readonly CODESPACE = new GitHubScope('codespace');
  /** Read the audit log. */
  public static readonly READ_AUDIT_LOG = new GitHubScope('read:audit_log');

  /** A scope that is not listed here, as GitHub documents it. */
  public static of(value: string): GitHubScope {
    return new GitHubScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A GitHub OAuth app. */
export interface GitHubOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for GitHub (github.com).
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. An agent acts
 * for users only: GitHub has no client-credentials grant
 * (https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps).
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-github.html
 */
export class GitHubOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: GitHubOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'githubOauth2ProviderConfig', hasClientCredentials: false } });
  }
}
