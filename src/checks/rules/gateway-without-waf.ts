import { CheckSeverity } from '../check-severity';
import { foundIn, gatewayStates } from '../gateway-state';
import { Rule } from '../rule';

export const GATEWAY_WITHOUT_WAF: Rule = {
  id: 'gateway-without-waf',
  severity: CheckSeverity.INFO,
  title: 'A gateway that anybody reaches has no web ACL',
  why: 'A gateway for users with tokens is open to the internet: without AWS WAF nothing keeps off floods and known attackers.',
  fix: 'Associate a web ACL: `WafConfiguration` of the gateway, or one for the account by AWS Firewall Manager. `RateLimit` on `new ToolGateway(...)` limits single callers.',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-gateway.html',
  trigger: '`new Gateway(...)` with `GatewayAuthorizer.usingCustomJwt` or `withNoAuth`',
  find: (input) => gatewayStates(input)
    .filter(({ authorizer, hasWaf }) => !hasWaf && (authorizer.type === 'CUSTOM_JWT' || authorizer.type === 'NONE'))
    .map((gateway) => foundIn(gateway, 'WafConfiguration', `no web ACL for authorizer ${gateway.authorizer.type}`)),
};
