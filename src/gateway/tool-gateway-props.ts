import type { aws_kms as kms, aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import type { GatewayInbound } from './gateway-inbound';
import type { GatewayProtocol } from './gateway-protocol';
import type { PolicyEnforcement } from './policy-enforcement';
import type { AgentOwner } from '../agent/agent-owner';
import type { BroadLimitOptions } from '../capability/users';

/** A gateway: who answers for it, and who gets in. */
export interface ToolGatewayProps {
  /** Who answers for the gateway. */
  readonly owner: AgentOwner;

  /** Who gets in: `GatewayInbound.jwt({ issuer, audiences })`, `.iam()`, or one of the weaker forms. */
  readonly inbound: GatewayInbound;

  /**
   * Name of the gateway: 1 to 48 letters and digits with single hyphens between them. A name that only deployment knows must be in
   * lower case: the gateway's id is, and the role's policies would not match otherwise. No other gateway of the account and region may
   * have it, in small or capital letters (`ToolGateway/NameTwice` at synthesis, where it is known).
   *
   * @default - derived from the stack's name and the construct's path, in lower case
   */
  readonly gatewayName?: string;

  /**
   * What the gateway is for.
   *
   * @default - nothing
   */
  readonly description?: string;

  /**
   * What callers speak. Runtimes and HTTP passthrough need HTTP, all other targets MCP.
   *
   * @default GatewayProtocol.MCP
   */
  readonly protocol?: GatewayProtocol;

  /**
   * Versions of MCP that callers may use, such as `2025-11-25`. Targets with user consent need that one or a later one.
   *
   * @default - those that AgentCore chooses
   */
  readonly mcpVersions?: string[];

  /**
   * Whether callers may search for tools by meaning. It adds a tool of AWS's own. Cannot be changed later.
   *
   * @default false
   */
  readonly semanticSearch?: boolean;

  /**
   * A customer-managed key for the gateway and its policy engine: symmetric, in the gateway's region, not an alias. The role may use
   * it through AgentCore for this gateway only. The key cannot be changed later.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * Whether the rules of the tools are enforced.
   *
   * @default PolicyEnforcement.ENFORCE
   */
  readonly enforcement?: PolicyEnforcement;

  /**
   * Lets callers see errors in detail, with what targets answered (`ExceptionLevel` DEBUG). The longer word, with a reason.
   *
   * @default - callers see no details
   */
  readonly errorDetailsForCallers?: BroadLimitOptions;

  /**
   * A web ACL of AWS WAF in front of the gateway. If the firewall cannot decide, the call is refused.
   *
   * @default - none
   */
  readonly webAcl?: wafv2.IWebACLRef;
}
