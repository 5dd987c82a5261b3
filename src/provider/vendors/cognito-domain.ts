import { Token } from 'aws-cdk-lib';
import { expectTenantDomain } from './tenant-domain';
import { Problems, refuse } from '../../declaration/problems';

/**
 * The domain under which a user pool has its endpoints for authorization and tokens.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
 */
export class CognitoDomain {
  /**
   * A domain of Amazon Cognito: `<prefix>.auth.<region>.amazoncognito.com`. In AWS GovCloud (US), where the name is another,
   * give it whole with `host`.
   *
   * @throws [CognitoDomain/Prefix] when it is not a prefix
   */
  public static prefix(prefix: string): CognitoDomain {
    if (!Token.isUnresolved(prefix) && (typeof prefix !== 'string' || !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix))) {
      refuse({
        code: 'CognitoDomain/Prefix',
        what: 'domain prefix is not valid',
        received: prefix,
        allowed: '1 to 63 lower-case letters, digits and hyphens',
        fix: 'Give the part of the domain in front of .auth.<region>.amazoncognito.com, or the whole name with CognitoDomain.host(…).',
      });
    }
    return new CognitoDomain(prefix, undefined);
  }

  /**
   * A domain of your own, or any other whole host name: `auth.example.com`.
   *
   * @throws [CognitoDomain/Host] when it is not a host name
   */
  public static host(hostName: string): CognitoDomain {
    const problems = new Problems();
    expectTenantDomain(problems, hostName, {
      code: 'CognitoDomain/Host',
      example: 'auth.example.com',
      fix: 'Give the host name only, or a prefix with CognitoDomain.prefix(…).',
    });
    problems.raise();
    return new CognitoDomain(undefined, hostName);
  }

  private constructor(private readonly prefixInRegion: string | undefined, private readonly wholeName: string | undefined) {}

  /** @internal */
  public _hostIn(region: string): string {
    return this.wholeName ?? `${this.prefixInRegion}.auth.${region}.amazoncognito.com`;
  }
}
