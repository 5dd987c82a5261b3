import { AgentHost } from './agent-host';
import { AgentIdentity } from './agent-identity';
import { AgentOwner } from './agent-owner';
import { AgentPart } from './agent-part';
import { TokenIssuer } from './token-issuer';

/** An agent: one identity, one owner, and the parts that act for it. */
export interface AgentProps {
  /** Who answers for the agent: `AgentOwner.team('sales-tools', 'sales-tools@example.com')`. */
  readonly owner: AgentOwner;

  /**
   * Where the agent runs, if one role acts for it: `AgentHost.lambdaFunction(fn)`, `.ecsTask(taskDefinition)`, `.role(role)`. It mints
   * and vends. Either this or `parts` is needed, or this with a return page in `parts`.
   *
   * @default - `parts` says it
   */
  readonly host?: AgentHost;

  /**
   * The parts that act for the agent, each with its own role and verbs.
   *
   * @default - one part named `Host`, from `host`
   */
  readonly parts?: AgentPart[];

  /**
   * Whose tokens prove a user to this agent. Needed by capabilities that act as the user.
   *
   * @default - that of the gateway that the agent is put behind (`gateway.addAgent`), else none: the agent cannot act as a signed-in user
   */
  readonly callers?: TokenIssuer[];

  /**
   * Pages that the user may be sent back to after consent: https, or http on the loopback for development. Registered on the
   * identity if it is made here. Needed by capabilities that act as a user.
   *
   * @default - none
   */
  readonly returnUrls?: string[];

  /**
   * The workload identity: `AgentIdentity.named('…')` to choose its name, `AgentIdentity.fromName/fromArn/fromRef` for one that
   * exists already.
   *
   * @default - that of the AgentCore Runtime, if it is the host; else made here, with a name derived from the stack's name and
   * the construct's path, at most 64 characters
   */
  readonly identity?: AgentIdentity;
}
