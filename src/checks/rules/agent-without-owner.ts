import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { asRecord } from '../../synthesized/record';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

/** `owner`, `agentcore-identity:owner`, `Team`, `cost-owner`; not `steam`. */
const OWNER_KEY = /(^|[^a-z])(owner|team)([^a-z]|$)/i;

export const AGENT_WITHOUT_OWNER: Rule = {
  id: 'agent-without-owner',
  severity: CheckSeverity.WARNING,
  title: 'A workload identity names no owner',
  why: 'When its tokens are misused, nobody knows whom to call or who may switch it off.',
  fix: 'Declare it with `new Agent(this, \'...\', { owner: AgentOwner.team(\'...\', \'...\') })`; or tag it: `Tags.of(identity).add(\'owner\', \'...\')`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-tagging.html',
  trigger: '`new WorkloadIdentity(...)` without tags',
  find: ({ app }) => agentCoreResources(app, 'WorkloadIdentity')
    .filter(({ forms }) => forms.some(({ value: { Tags: tags } }) => !(Array.isArray(tags) ? tags : []).some((tag) => OWNER_KEY.test(String(asRecord(tag).Key)))))
    .map(({ resource }) => ({ resource, location: 'Properties.Tags', detail: 'no tag names an owner' })),
};
