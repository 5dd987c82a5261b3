import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

export const FULL_ACCESS_POLICY: Rule = {
  id: 'full-access-policy',
  severity: CheckSeverity.ERROR,
  title: 'A policy of AWS that holds all of AgentCore is attached',
  why: '`BedrockAgentCoreFullAccess`, `AdministratorAccess` and `PowerUserAccess` hold `bedrock-agentcore:*` and the secrets of all providers: '
    + 'whoever has one of them can be any agent, and any user of any agent.',
  fix: 'Detach it. Agents get what they need by `agent.may(Capability...)`; people who deploy get the control-plane actions by name.',
  see: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/BedrockAgentCoreFullAccess.html',
  trigger: '`ManagedPolicy.fromAwsManagedPolicyName(\'BedrockAgentCoreFullAccess\')`, or `AdministratorAccess`, or `PowerUserAccess`',
  find: ({ policies }) => policies.principals.flatMap(({ foreignPolicies, resource }) => (resource === undefined ? [] : foreignPolicies
    .filter((arn) => /:iam::aws:policy\/(BedrockAgentCoreFullAccess|AdministratorAccess|PowerUserAccess)$/.test(arn))
    .map((arn) => ({ resource, location: 'Properties.ManagedPolicyArns', detail: arn })))),
};
