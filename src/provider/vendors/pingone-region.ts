import { expectTenantDomain } from './tenant-domain';
import { Problems } from '../../declaration/problems';

/**
 * Region of a PingOne environment: it sets the host of the authorization server.
 *
 * @see https://developer.pingidentity.com/pingone-api/auth/working-with-pingone-apis.html
 */
export class PingOneRegion {
  /** North America: `auth.pingone.com`. */
  public static readonly NORTH_AMERICA = new PingOneRegion('auth.pingone.com');
  /** Canada: `auth.pingone.ca`. */
  public static readonly CANADA = new PingOneRegion('auth.pingone.ca');
  /** European Union: `auth.pingone.eu`. */
  public static readonly EUROPE = new PingOneRegion('auth.pingone.eu');
  /** Asia-Pacific: `auth.pingone.asia`. */
  public static readonly ASIA_PACIFIC = new PingOneRegion('auth.pingone.asia');
  /** Australia: `auth.pingone.com.au`. */
  public static readonly AUSTRALIA = new PingOneRegion('auth.pingone.com.au');
  /** Singapore: `auth.pingone.sg`. */
  public static readonly SINGAPORE = new PingOneRegion('auth.pingone.sg');

  /**
   * A region that is not listed here.
   *
   * @param authDomain host of the region's authorization server
   * @throws [PingOneRegion/AuthDomain] when it is not a host name
   */
  public static of(authDomain: string): PingOneRegion {
    const problems = new Problems();
    expectTenantDomain(problems, authDomain, {
      code: 'PingOneRegion/AuthDomain',
      example: 'auth.pingone.eu',
      fix: 'Give the host of the environment\'s issuer.',
    });
    problems.raise();
    return new PingOneRegion(authDomain);
  }

  private constructor(
    /** Host of the region's authorization server. */
    public readonly authDomain: string,
  ) {}
}
