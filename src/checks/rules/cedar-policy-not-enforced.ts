import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

export const CEDAR_POLICY_NOT_ENFORCED: Rule = {
  id: 'cedar-policy-not-enforced',
  severity: CheckSeverity.WARNING,
  title: 'A Cedar policy is only logged',
  why: 'A `forbid` in LOG_ONLY forbids nothing, though its engine enforces all others.',
  fix: 'Remove `EnforcementMode`, or set it to ACTIVE; the policies of `gateway.allow(...)` are active.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-enforcement-modes.html',
  trigger: '`CfnPolicy` with `enforcementMode: \'LOG_ONLY\'`',
  find: ({ app }) => agentCoreResources(app, 'Policy').flatMap(({ resource, forms }) => forms
    .filter(({ value: { EnforcementMode: mode } }) => mode !== undefined && mode !== 'ACTIVE')
    .map(({ value }) => ({ resource, location: 'Properties.EnforcementMode', detail: `mode ${String(value.EnforcementMode)}` }))),
};
