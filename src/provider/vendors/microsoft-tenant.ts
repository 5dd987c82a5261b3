import { Token } from 'aws-cdk-lib';
import { Problems, refuse } from '../../declaration/problems';

const TENANT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const SEVERAL_TENANTS = ['common', 'organizations', 'consumers'];

/** Why accounts of any tenant are right. */
export interface AnyMicrosoftTenantOptions {
  /** Why accounts of any tenant may be used: a sentence of 10 to 500 characters for the person who reviews the access. */
  readonly reason: string;
}

/**
 * Whose accounts a Microsoft client takes: those of one Microsoft Entra tenant, or with a longer word those of any.
 *
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols
 */
export class MicrosoftTenant {
  /**
   * One tenant.
   *
   * @param idOrDomain the directory (tenant) id, or a domain of the tenant such as `contoso.onmicrosoft.com`
   * @throws [MicrosoftTenant/Id] when it is neither
   * @throws [MicrosoftTenant/AnyTenant] when it is `common`, `organizations` or `consumers`, which stand for many tenants
   */
  public static of(idOrDomain: string): MicrosoftTenant {
    if (typeof idOrDomain === 'string' && SEVERAL_TENANTS.includes(idOrDomain.toLowerCase())) {
      refuse({
        code: 'MicrosoftTenant/AnyTenant',
        what: 'this is not one tenant: accounts of tenants that are not yours could sign in',
        received: idOrDomain,
        allowed: 'the id or a domain of one tenant',
        fix: 'Name the tenant, or write MicrosoftTenant.anyTenant({ reason }).',
      });
    }
    if (!Token.isUnresolved(idOrDomain) && (typeof idOrDomain !== 'string' || !(TENANT_ID.test(idOrDomain) || DOMAIN.test(idOrDomain)))) {
      refuse({
        code: 'MicrosoftTenant/Id',
        what: 'tenant is not valid',
        received: idOrDomain,
        allowed: 'a directory (tenant) id such as 11111111-2222-3333-4444-555555555555, or a domain of the tenant such as contoso.onmicrosoft.com',
        fix: 'Copy the directory (tenant) id from the overview of the app registration.',
      });
    }
    return new MicrosoftTenant(idOrDomain);
  }

  /**
   * Accounts of any tenant, for a client that is registered for several tenants. The longer word, with a reason: the template
   * then names no tenant, and nothing in AWS keeps accounts of strangers out. An agent that acts as itself needs one tenant.
   *
   * @throws [MicrosoftTenant/Reason] when the reason is missing
   */
  public static anyTenant(options: AnyMicrosoftTenantOptions): MicrosoftTenant {
    const problems = new Problems();
    problems.expectText(options?.reason, {
      name: 'reason',
      code: 'MicrosoftTenant/Reason',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say why accounts of any tenant may be used.',
    });
    problems.raise();
    return new MicrosoftTenant(undefined, options.reason);
  }

  private constructor(
    /**
     * Id or domain of the tenant.
     *
     * @default - any tenant
     */
    public readonly tenantId?: string,
    /**
     * Why accounts of any tenant may be used.
     *
     * @default - one tenant
     */
    public readonly anyTenantReason?: string,
  ) {}
}
