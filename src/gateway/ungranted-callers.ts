import { callingParts } from './agent-tool-rules';
import { GatewayInboundKind } from './gateway-inbound';
import { ToolAccess } from './tool-access';
import type { ToolGateway } from './tool-gateway';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { CedarCondition } from '../cedar/cedar-condition';
import { Ledger } from '../declaration/ledger';

/** What is said of callers whom the rules let call, and whom nothing in this app gives the right to invoke the gateway. */
export function ungrantedCallers(gateway: ToolGateway): string[] {
  if (gateway.inbound.kind !== GatewayInboundKind.IAM) {
    return [];
  }
  const granted = grantedRoles(gateway);
  const permitted = gateway.targets.flatMap(({ _tools }) => _tools.flatMap(({ _rules }) => _rules))
    .flatMap(({ effect, access }) => (effect === 'permit' && access._condition !== undefined ? [rolesIn(access._condition)] : []));
  const others = gateway.enforcement.logOnlyReason !== undefined || permitted.some((roles) => roles === undefined || roles.some((role) => !granted.includes(role)));
  return others ? [`Callers${granted.length > 0 ? ' other than the agents of this app' : ''} need bedrock-agentcore:InvokeGateway on the gateway.`] : [];
}

/** The roles of agents that call the gateway with them, as Cedar knows them. */
function grantedRoles(gateway: ToolGateway): string[] {
  return Ledger.of(gateway).agents
    .filter(({ capabilities }) => capabilities.some((each) => each.gateway === gateway && each.toolAuthority?.kind === ToolCallAuthorityKind.AGENT_ROLE))
    .flatMap((agent) => callingParts(agent).filter(({ host }) => host.managedElsewhereReason === undefined))
    .flatMap(({ host }) => rolesIn(ToolAccess.iamRole(host.iamRole)._condition!) ?? []);
}

/** The roles that alone may fulfil a condition; nothing where it can be anybody. */
function rolesIn(condition: CedarCondition): readonly string[] | undefined {
  switch (condition.kind) {
    case 'principal': return [condition.id];
    case 'all': return condition.of.map(rolesIn).find((roles) => roles !== undefined);
    case 'any': {
      const roles = condition.of.map(rolesIn);
      return roles.includes(undefined) ? undefined : roles.flatMap((each) => each!);
    }
    default: return undefined;
  }
}
