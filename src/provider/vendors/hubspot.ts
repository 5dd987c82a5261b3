import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'HubspotOauth2';

/**
 * Scopes of HubSpot apps. `OAUTH` must be among those of every request.
 *
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes
 */
export class HubSpotScope extends OAuth2Scope {
  /** The basic scope. AgentCore wants it in every request for a token. */
  public static readonly OAUTH = new HubSpotScope('oauth');
  /** Read contacts. */
  public static readonly CRM_OBJECTS_CONTACTS_READ = new HubSpotScope('crm.objects.contacts.read');
  /** Create, change and delete contacts. */
  public static readonly CRM_OBJECTS_CONTACTS_WRITE = new HubSpotScope('crm.objects.contacts.write');
  /** Read companies. */
  public static readonly CRM_OBJECTS_COMPANIES_READ = new HubSpotScope('crm.objects.companies.read');
  /** Create, change and delete companies. */
  public static readonly CRM_OBJECTS_COMPANIES_WRITE = new HubSpotScope('crm.objects.companies.write');
  /** Read deals. */
  public static readonly CRM_OBJECTS_DEALS_READ = new HubSpotScope('crm.objects.deals.read');
  /** Create, change and delete deals. */
  public static readonly CRM_OBJECTS_DEALS_WRITE = new HubSpotScope('crm.objects.deals.write');
  /** See who owns records. */
  public static readonly CRM_OBJECTS_OWNERS_READ = new HubSpotScope('crm.objects.owners.read');
  /** Read lists. */
  public static readonly CRM_LISTS_READ = new HubSpotScope('crm.lists.read');
  /** Create, change and delete lists. */
  public static readonly CRM_LISTS_WRITE = new HubSpotScope('crm.lists.write');
  /** See which properties contacts have. */
  public static readonly CRM_SCHEMAS_CONTACTS_READ = new HubSpotScope('crm.schemas.contacts.read');
  /** See which properties companies have. */
  public static readonly CRM_SCHEMAS_COMPANIES_READ = new HubSpotScope('crm.schemas.companies.read');
  /** See which properties deals have. */
  public static readonly CRM_SCHEMAS_DEALS_READ = new HubSpotScope('crm.schemas.deals.read');
  /** Read and write tickets. */
  public static readonly TICKETS = new HubSpotScope('tickets');
  /** Read conversations. */
  public static readonly CONVERSATIONS_READ = new HubSpotScope('conversations.read');
  /** Write to conversations. */
  public static readonly CONVERSATIONS_WRITE = new HubSpotScope('conversations.write');
  /** Read and write forms. */
  public static readonly FORMS = new HubSpotScope('forms');
  /** Read and write files. */
  public static readonly FILES = new HubSpotScope('files');
  /** Read and write pages, blog posts and emails. */
  public static readonly CONTENT = new HubSpotScope('content');
  /** Read and write workflows. */
  public static readonly AUTOMATION = new HubSpotScope('automation');
  /** Send transactional emails. */
  public static readonly TRANSACTIONAL_EMAIL = new HubSpotScope('transactional-email');

  /** A scope that is not listed here, as HubSpot documents it. */
  public static of(value: string): HubSpotScope {
    return new HubSpotScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A HubSpot app. */
export interface HubSpotOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for HubSpot.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. The scopes of
 * every request must contain `oauth`: give `HubSpotScope.OAUTH` in each capability.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-hubspot.html
 */
export class HubSpotOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: HubSpotOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig', requiredScopes: ['oauth'] } });
  }
}
