import { CheckSeverity } from '../check-severity';
import { foundIn, gatewayStates } from '../gateway-state';
import { Rule } from '../rule';

export const GATEWAY_POLICY_NOT_ENFORCED: Rule = {
  id: 'gateway-policy-not-enforced',
  severity: CheckSeverity.ERROR,
  title: 'A gateway does not enforce its policies',
  why: 'In LOG_ONLY every call goes through, whatever the policies say; what looks like a limit is a log entry.',
  fix: 'Leave `enforcement` of `new ToolGateway(...)` as it is (ENFORCE); for a trial `PolicyEnforcement.logOnly({ reason })` stands in the access report.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-enforcement-modes.html',
  trigger: '`policyEngineConfiguration` in LOG_ONLY, or without a mode',
  find: (input) => gatewayStates(input).filter(({ hasEngine, mode }) => hasEngine && mode !== 'ENFORCE')
    .map((gateway) => foundIn(gateway, 'PolicyEngineConfiguration.Mode', `mode ${gateway.mode ?? 'not given, or known only at deployment'}`)),
};
