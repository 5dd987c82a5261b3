import { Problems } from '../../declaration/problems';

/** A host name as issuers hold it: lower case, at least two labels. */
const HOST_NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What to say about a domain that is not one. */
export interface TenantDomainRule {
  readonly code: string;
  readonly example: string;
  readonly fix: string;
}

/**
 * Expects the host name of a tenant: issuer and endpoints are built from it, so nothing else may be in it. A value known only
 * at deployment passes.
 */
export function expectTenantDomain(problems: Problems, domain: unknown, rule: TenantDomainRule): void {
  problems.expectText(domain, {
    name: 'domain',
    code: rule.code,
    maximum: 253,
    pattern: HOST_NAME,
    isAddress: true,
    allowed: `a host name in lower case such as ${rule.example}, without https://, path, port or wildcard`,
    fix: rule.fix,
  });
}
