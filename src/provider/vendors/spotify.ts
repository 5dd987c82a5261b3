import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'SpotifyOauth2';

/**
 * Scopes of Spotify's Web API.
 *
 * @see https://developer.spotify.com/documentation/web-api/concepts/scopes
 */
export class SpotifyScope extends OAuth2Scope {
  /** See the user's subscription and country. */
  public static readonly USER_READ_PRIVATE = new SpotifyScope('user-read-private');
  /** See the user's email address. */
  public static readonly USER_READ_EMAIL = new SpotifyScope('user-read-email');
  /** Read private playlists. */
  public static readonly PLAYLIST_READ_PRIVATE = new SpotifyScope('playlist-read-private');
  /** Read collaborative playlists. */
  public static readonly PLAYLIST_READ_COLLABORATIVE = new SpotifyScope('playlist-read-collaborative');
  /** Manage private playlists. */
  public static readonly PLAYLIST_MODIFY_PRIVATE = new SpotifyScope('playlist-modify-private');
  /** Manage public playlists. */
  public static readonly PLAYLIST_MODIFY_PUBLIC = new SpotifyScope('playlist-modify-public');
  /** Upload images. */
  public static readonly UGC_IMAGE_UPLOAD = new SpotifyScope('ugc-image-upload');
  /** Read the library. */
  public static readonly USER_LIBRARY_READ = new SpotifyScope('user-library-read');
  /** Manage the library. */
  public static readonly USER_LIBRARY_MODIFY = new SpotifyScope('user-library-modify');
  /** See whom the user follows. */
  public static readonly USER_FOLLOW_READ = new SpotifyScope('user-follow-read');
  /** Follow and unfollow. */
  public static readonly USER_FOLLOW_MODIFY = new SpotifyScope('user-follow-modify');
  /** See top artists and tracks. */
  public static readonly USER_TOP_READ = new SpotifyScope('user-top-read');
  /** See what was played recently. */
  public static readonly USER_READ_RECENTLY_PLAYED = new SpotifyScope('user-read-recently-played');
  /** See how far the user has listened. */
  public static readonly USER_READ_PLAYBACK_POSITION = new SpotifyScope('user-read-playback-position');
  /** See what is played, and on which device. */
  public static readonly USER_READ_PLAYBACK_STATE = new SpotifyScope('user-read-playback-state');
  /** See what is played right now. */
  public static readonly USER_READ_CURRENTLY_PLAYING = new SpotifyScope('user-read-currently-playing');
  /** Control playback. */
  public static readonly USER_MODIFY_PLAYBACK_STATE = new SpotifyScope('user-modify-playback-state');

  /** A scope that is not listed here, as Spotify documents it. */
  public static of(value: string): SpotifyScope {
    return new SpotifyScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Spotify app with the Web API. */
export interface SpotifyOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Spotify.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-spotify.html
 */
export class SpotifyOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: SpotifyOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig' } });
  }
}
