import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { ApiSchema } from './api-schema';
import { schemaObjectLocation } from './schema-object';
import { shownEndpoint } from './shown-endpoint';
import { TargetForm } from './target-form';
import { TargetKind } from './target-kind';
import { valueForStack } from '../declaration/cross-stack-value';
import { Problems } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { expectWebAddress } from '../declaration/web-address';

/** The endpoint that a runtime has by itself. */
const DEFAULT_ENDPOINT = 'DEFAULT';

/** One endpoint of an AgentCore Runtime. */
export function runtimeTarget(runtime: agentcore.IRuntimeRef, endpoint: string | undefined): TargetForm {
  const problems = new Problems(runtime?.node?.path);
  problems.expect(typeof runtime === 'object' && runtime !== null && 'runtimeRef' in runtime, {
    code: 'GatewayTarget/Runtime', what: 'the target is not an AgentCore Runtime', received: runtime, fix: 'Pass a Runtime, a CfnRuntime, or an import of one.',
  });
  if (endpoint !== undefined) {
    problems.expectText(endpoint, {
      name: 'endpoint', code: 'GatewayTarget/Runtime', maximum: 48, pattern: /^[A-Za-z][A-Za-z0-9_]*$/, allowed: '1 to 48 letters, digits and underscores, a letter first', fix: 'Give the name of an endpoint of the runtime.',
    });
  }
  problems.raise();
  const label = () => `runtime ${readable(runtime.runtimeRef.agentRuntimeArn, runtime.node.path)}`;
  const name = endpoint ?? DEFAULT_ENDPOINT;
  return {
    kind: TargetKind.RUNTIME,
    backend: () => `endpoint ${name} of ${label()}`,
    runtime,
    configuration: (consumer) => ({ http: { agentcoreRuntime: { arn: runtimeArn(consumer, runtime), qualifier: endpoint } } }),
    roleRights: (consumer) => {
      const arn = runtimeArn(consumer, runtime);
      return [{
        sid: 'InvokeRuntimeTargets',
        actions: ['bedrock-agentcore:InvokeAgentRuntime'],
        resources: [{ arn, label: label() }, { arn: `${arn}/runtime-endpoint/${name}`, label: `${label()} endpoint ${name}` }],
        wildcards: [],
      }];
    },
  };
}

/** What an HTTP endpoint speaks. */
export interface PassthroughShape {
  readonly protocol: string;
  readonly schema?: ApiSchema;
}

/** Any HTTP endpoint. */
export function passthroughTarget(endpoint: string, { protocol, schema }: PassthroughShape): TargetForm {
  const problems = new Problems();
  expectWebAddress(problems, endpoint, { name: 'endpoint', code: 'GatewayTarget/Endpoint', fix: 'Give the address of the service.' });
  problems.raise();
  const source = (consumer: Stack) => (schema === undefined ? undefined
    : { source: schema._object !== undefined ? { s3: schemaObjectLocation(consumer, schema._object) } : { inlinePayload: schema._text } });
  return {
    kind: TargetKind.HTTP_PASSTHROUGH,
    backend: () => `${protocol} at ${shownEndpoint(endpoint)}${schema === undefined ? '' : `, ${schema._description}`}`,
    configuration: (consumer) => ({ http: { passthrough: { endpoint, protocolType: protocol, schema: source(consumer) } } }),
    schemaObject: schema?._object,
  };
}

function runtimeArn(consumer: Stack, runtime: agentcore.IRuntimeRef): string {
  const l1 = agentcore.CfnRuntime.isCfnRuntime(runtime) ? runtime : runtime.node.defaultChild;
  return agentcore.CfnRuntime.isCfnRuntime(l1) ? valueForStack(consumer, l1, l1.attrAgentRuntimeArn) : runtime.runtimeRef.agentRuntimeArn;
}
