import { AGENT_COMPLETES_SESSIONS } from './agent-completes-sessions';
import { AGENT_READS_SECRET } from './agent-reads-secret';
import { AGENT_WITHOUT_OWNER } from './agent-without-owner';
import { AGENTCORE_TRUST_WITHOUT_SOURCE } from './agentcore-trust-without-source';
import { CEDAR_POLICY_NOT_ENFORCED } from './cedar-policy-not-enforced';
import { FULL_ACCESS_POLICY } from './full-access-policy';
import { GATEWAY_AUTHENTICATE_ONLY } from './gateway-authenticate-only';
import { GATEWAY_DEBUG } from './gateway-debug';
import { GATEWAY_POLICY_NOT_ENFORCED } from './gateway-policy-not-enforced';
import { GATEWAY_WITHOUT_AUTHORIZER } from './gateway-without-authorizer';
import { GATEWAY_WITHOUT_POLICY_ENGINE } from './gateway-without-policy-engine';
import { GATEWAY_WITHOUT_WAF } from './gateway-without-waf';
import { GRANT_MATCHES_NOTHING } from './grant-matches-nothing';
import { IDENTITY_PREFIX } from './identity-prefix';
import { IDENTITY_WILDCARD } from './identity-wildcard';
import { INVOKE_FOR_USER } from './invoke-for-user';
import { JWT_MINT_ANY_ISSUER } from './jwt-mint-any-issuer';
import { LIVE_TOKENS_IN_READ_ONLY } from './live-tokens-in-read-only';
import { LOG_GROUP_WILDCARD } from './log-group-wildcard';
import { MISSING_CUSTOMER_KEY } from './missing-customer-key';
import { MIXED_CASE_GATEWAY_GRANT } from './mixed-case-gateway-grant';
import { NO_USER_ID_DENY } from './no-user-id-deny';
import { OPEN_JWT_AUTHORIZER } from './open-jwt-authorizer';
import { PASS_ROLE_TO_AGENTCORE } from './pass-role-to-agentcore';
import { PLAINTEXT_SECRET } from './plaintext-secret';
import { PUBLIC_RESOURCE_POLICY } from './public-resource-policy';
import { QUOTA_NEARLY_REACHED } from './quota-nearly-reached';
import { RUNTIME_PUBLIC_NETWORK } from './runtime-public-network';
import { RUNTIME_WITHOUT_LOGS } from './runtime-without-logs';
import { RUNTIME_WITHOUT_USER_TOKEN } from './runtime-without-user-token';
import { SECRET_WILDCARD } from './secret-wildcard';
import { SECRET_WITHOUT_CUSTOMER_KEY } from './secret-without-customer-key';
import { SHARED_ROLE } from './shared-role';
import { TRUST_PREFIX_WITHOUT_SEPARATOR } from './trust-prefix-without-separator';
import { UNENFORCED_GROUP_LIMIT } from './unenforced-group-limit';
import { UNKNOWN_ACTION } from './unknown-action';
import { UNKNOWN_ARN } from './unknown-arn';
import { UNREADABLE_POLICY } from './unreadable-policy';
import { USER_ID_MINT } from './user-id-mint';
import { VAULT_KEY_SET_TWICE } from './vault-key-set-twice';
import { VAULT_WITHOUT_CUSTOMER_KEY } from './vault-without-customer-key';
import { Rule } from '../rule';

/** All rules, the gravest first. */
export const RULES: readonly Rule[] = [
  PLAINTEXT_SECRET,
  SECRET_WILDCARD,
  IDENTITY_WILDCARD,
  IDENTITY_PREFIX,
  USER_ID_MINT,
  JWT_MINT_ANY_ISSUER,
  LIVE_TOKENS_IN_READ_ONLY,
  FULL_ACCESS_POLICY,
  INVOKE_FOR_USER,
  AGENT_COMPLETES_SESSIONS,
  AGENT_READS_SECRET,
  SHARED_ROLE,
  PASS_ROLE_TO_AGENTCORE,
  AGENTCORE_TRUST_WITHOUT_SOURCE,
  TRUST_PREFIX_WITHOUT_SEPARATOR,
  PUBLIC_RESOURCE_POLICY,
  UNKNOWN_ACTION,
  UNKNOWN_ARN,
  GRANT_MATCHES_NOTHING,
  MIXED_CASE_GATEWAY_GRANT,
  GATEWAY_WITHOUT_AUTHORIZER,
  GATEWAY_AUTHENTICATE_ONLY,
  OPEN_JWT_AUTHORIZER,
  GATEWAY_WITHOUT_POLICY_ENGINE,
  GATEWAY_POLICY_NOT_ENFORCED,
  CEDAR_POLICY_NOT_ENFORCED,
  GATEWAY_DEBUG,
  GATEWAY_WITHOUT_WAF,
  UNENFORCED_GROUP_LIMIT,
  AGENT_WITHOUT_OWNER,
  VAULT_KEY_SET_TWICE,
  VAULT_WITHOUT_CUSTOMER_KEY,
  SECRET_WITHOUT_CUSTOMER_KEY,
  MISSING_CUSTOMER_KEY,
  QUOTA_NEARLY_REACHED,
  UNREADABLE_POLICY,
  NO_USER_ID_DENY,
  LOG_GROUP_WILDCARD,
  RUNTIME_PUBLIC_NETWORK,
  RUNTIME_WITHOUT_USER_TOKEN,
  RUNTIME_WITHOUT_LOGS,
];
