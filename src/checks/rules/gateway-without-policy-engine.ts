import { CheckSeverity } from '../check-severity';
import { foundIn, gatewayStates } from '../gateway-state';
import { Rule } from '../rule';

export const GATEWAY_WITHOUT_POLICY_ENGINE: Rule = {
  id: 'gateway-without-policy-engine',
  severity: CheckSeverity.WARNING,
  title: 'A gateway has no policy engine',
  why: 'Whoever gets in may call every tool with every input: neither scopes nor groups of users are told apart.',
  fix: '`new ToolGateway(...)` has a policy engine and denies by default; `gateway.allow(ToolAccess...)` says who may call which tools.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/use-gateway-with-policy.html',
  trigger: '`new Gateway(...)` without `policyEngineConfiguration`',
  find: (input) => gatewayStates(input).filter(({ hasEngine }) => !hasEngine).map((gateway) => foundIn(gateway, 'PolicyEngineConfiguration', 'no policy engine')),
};
