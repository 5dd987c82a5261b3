import { Token } from 'aws-cdk-lib';
import { refuse } from '../declaration/problems';

/**
 * A scope that an access token is asked for. Each vendor has a catalogue of its own (`GoogleScope`, `GitHubScope`, ...);
 * `CustomScope` is for any other authorization server.
 *
 * IAM cannot limit scopes when a token is handed out: the authorization server does, by what the client is registered for
 * and what the user consents to. The access report says so.
 */
export abstract class OAuth2Scope {
  /** The scope as the authorization server spells it. */
  public readonly value: string;

  /**
   * The `CredentialProviderVendor` that the scope belongs to.
   *
   * @default - any vendor
   */
  public readonly vendor?: string;

  /** @internal */
  protected constructor(value: string, vendor?: string) {
    // RFC 6749 section 3.3; the length is that of GetResourceOauth2Token.
    if (!Token.isUnresolved(value) && (typeof value !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(value))) {
      refuse({
        code: 'OAuth2Scope/Invalid',
        what: 'OAuth2 scope is not valid',
        received: value,
        allowed: '1 to 128 printable ASCII characters without blank, double quote or backslash; one scope each',
        fix: 'Give each scope of a blank-separated list on its own.',
      });
    }
    this.value = value;
    this.vendor = vendor;
  }

  /** The scope as text. */
  public toString(): string {
    return this.value;
  }
}
