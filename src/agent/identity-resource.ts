import { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { CONTACT_TAG, OWNER_TAG } from './agent-owner';
import { declareResource, expectAsDeclared } from '../declaration/declared-properties';
import { Problems } from '../declaration/problems';

/** Makes the agent's workload identity. */
export function identityResource(agent: Agent): void {
  const { identityName, returnUrls, owner } = agent;
  const access = { name: identityName, allowedResourceOauth2ReturnUrls: returnUrls.length > 0 ? returnUrls : undefined };
  const resource = new agentcore.CfnWorkloadIdentity(agent, 'Identity', {
    ...access,
    tags: [{ key: OWNER_TAG, value: owner.name }, { key: CONTACT_TAG, value: owner.contact }],
  });
  declareResource(agent, resource, access);
}

/** Policies name the identity, and the report its return URLs, as they were declared. */
export function expectIdentityAsDeclared(problems: Problems, agent: Agent): void {
  expectAsDeclared(problems, agent, {
    code: 'Agent/ChangedElsewhere',
    fix: 'Write identity: AgentIdentity.named(\'…\') and returnUrls on the agent, and let aspects spare the resource. '
      + 'An identity that has to differ is made as an L1 with its final name, and given with AgentIdentity.fromRef.',
  });
}
