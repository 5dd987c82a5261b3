export { IdentityAudit, IdentityAuditProps } from './identity-audit';
export { IdentityTrail, OwnIdentityTrailOptions } from './identity-trail';
