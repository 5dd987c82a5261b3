import { agentCoreResources, attributeTexts } from '../../synthesized/agentcore-resources';
import { resolvedProperties } from '../../synthesized/resolved-properties';
import { resourcesOfType } from '../../synthesized/synthesized-app';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

export const RUNTIME_WITHOUT_LOGS: Rule = {
  id: 'runtime-without-logs',
  severity: CheckSeverity.INFO,
  title: 'Nothing delivers the logs or traces of a runtime',
  why: 'After an incident nobody can tell which user an agent acted for, and what it called.',
  fix: 'Add `tracingEnabled` and `loggingConfigs` to the L2 `Runtime` that is given to `AgentHost.agentRuntime(...)`, or deliver the logs from elsewhere and acknowledge.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-configure.html',
  trigger: '`new Runtime(...)` without `tracingEnabled` and `loggingConfigs`',
  find: ({ app }) => {
    const sources = resourcesOfType(app, 'AWS::Logs::DeliverySource')
      .flatMap((source) => resolvedProperties(app, source).map(({ value }) => value.ResourceArn));
    return agentCoreResources(app, 'Runtime')
      .filter(({ resource }) => !attributeTexts(app, resource, 'AgentRuntimeArn').some((arn) => sources.includes(arn)))
      .map(({ resource }) => ({ resource, location: 'Properties', detail: 'no delivery of logs or traces' }));
  },
};
