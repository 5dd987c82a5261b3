import { CheckSeverity } from '../check-severity';
import { foundIn, gatewayStates } from '../gateway-state';
import { Rule } from '../rule';

export const GATEWAY_DEBUG: Rule = {
  id: 'gateway-debug',
  severity: CheckSeverity.WARNING,
  title: 'A gateway tells callers its inner errors',
  why: 'At DEBUG, answers name targets, roles and what went wrong inside: a map for whoever probes the gateway.',
  fix: 'Leave `ExceptionLevel` out, as `new ToolGateway(...)` does.',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-gateway.html',
  trigger: '`exceptionLevel: GatewayExceptionLevel.DEBUG`',
  find: (input) => gatewayStates(input).filter(({ exceptionLevel }) => exceptionLevel === 'DEBUG').map((gateway) => foundIn(gateway, 'ExceptionLevel', 'DEBUG')),
};
