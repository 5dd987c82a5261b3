import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { asRecord } from '../../synthesized/record';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

export const RUNTIME_PUBLIC_NETWORK: Rule = {
  id: 'runtime-public-network',
  severity: CheckSeverity.INFO,
  title: 'A runtime reaches the whole internet',
  why: 'An agent that is talked into it sends what it knows to any address; in a VPC, security groups and endpoints limit where.',
  fix: '`networkConfiguration: RuntimeNetworkConfiguration.usingVpc(...)` on the `Runtime` that is given to `AgentHost.agentRuntime(...)`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html',
  trigger: '`new Runtime(...)` without `networkConfiguration`',
  find: ({ app }) => agentCoreResources(app, 'Runtime').flatMap(({ resource, forms }) => forms
    .filter(({ value }) => asRecord(value.NetworkConfiguration).NetworkMode === 'PUBLIC')
    .map(() => ({ resource, location: 'Properties.NetworkConfiguration.NetworkMode', detail: 'PUBLIC' }))),
};
