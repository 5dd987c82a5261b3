import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'ZoomOauth2';

/**
 * Granular scopes of Zoom apps, for the signed-in user. The same with `:admin` at the end reaches the whole account.
 *
 * @see https://developers.zoom.us/docs/integrations/oauth-scopes-granular/
 */
export class ZoomScope extends OAuth2Scope {
  /** See the user's profile. */
  public static readonly USER_READ_USER = new ZoomScope('user:read:user');
  /** See a meeting. */
  public static readonly MEETING_READ_MEETING = new ZoomScope('meeting:read:meeting');
  /** See the user's meetings. */
  public static readonly MEETING_READ_LIST_MEETINGS = new ZoomScope('meeting:read:list_meetings');
  /** Schedule meetings. */
  public static readonly MEETING_WRITE_MEETING = new ZoomScope('meeting:write:meeting');
  /** Change meetings. */
  public static readonly MEETING_UPDATE_MEETING = new ZoomScope('meeting:update:meeting');
  /** Cancel meetings. */
  public static readonly MEETING_DELETE_MEETING = new ZoomScope('meeting:delete:meeting');
  /** See a past meeting. */
  public static readonly MEETING_READ_PAST_MEETING = new ZoomScope('meeting:read:past_meeting');
  /** See who took part in a past meeting. */
  public static readonly MEETING_READ_LIST_PAST_PARTICIPANTS = new ZoomScope('meeting:read:list_past_participants');
  /** Read a meeting's AI summary. */
  public static readonly MEETING_READ_SUMMARY = new ZoomScope('meeting:read:summary');
  /** See the user's cloud recordings. */
  public static readonly CLOUD_RECORDING_READ_LIST_USER_RECORDINGS = new ZoomScope('cloud_recording:read:list_user_recordings');
  /** See the files of a meeting's cloud recording. */
  public static readonly CLOUD_RECORDING_READ_LIST_RECORDING_FILES = new ZoomScope('cloud_recording:read:list_recording_files');
  /** Read a meeting's transcript. */
  public static readonly CLOUD_RECORDING_READ_MEETING_TRANSCRIPT = new ZoomScope('cloud_recording:read:meeting_transcript');
  /** See the user's chat channels. */
  public static readonly TEAM_CHAT_READ_LIST_USER_CHANNELS = new ZoomScope('team_chat:read:list_user_channels');
  /** Read the user's chat messages. */
  public static readonly TEAM_CHAT_READ_LIST_USER_MESSAGES = new ZoomScope('team_chat:read:list_user_messages');
  /** Send chat messages as the user. */
  public static readonly TEAM_CHAT_WRITE_USER_MESSAGE = new ZoomScope('team_chat:write:user_message');

  /** A scope that is not listed here, as Zoom documents it. */
  public static of(value: string): ZoomScope {
    return new ZoomScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Zoom app. */
export interface ZoomOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Zoom.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. A Zoom app is
 * either for users (General App) or for an agent that acts as itself (Server to Server OAuth App), never both: make two
 * providers where an agent needs both. The scopes of the app are chosen where it is registered.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-zoom.html
 */
export class ZoomOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: ZoomOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig', oneGrantTypePerClient: true } });
  }
}
