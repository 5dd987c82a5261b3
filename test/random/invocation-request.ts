import type { Landscape } from './landscape';
import type { AppRequest } from './request';

/** Each way to invoke each endpoint of each runtime. AWS asks for the runtime and for the endpoint. */
export function invocationRequests({ runtimes }: Landscape): AppRequest[] {
  const places = [...runtimes].flatMap(([runtime, { arn, endpoints }]) => [...endpoints].map(([endpoint, endpointArn]) => ({ runtime, arn, endpoint, endpointArn })));
  const commands = places.flatMap(({ runtime, arn, endpoint, endpointArn }) => ['InvokeAgentRuntimeCommand', 'InvokeAgentRuntimeCommandShell'].map((operation): AppRequest => ({
    line: `${operation} of ${endpoint} of runtime of ${runtime}`, action: `bedrock-agentcore:${operation}`, resources: [endpointArn, arn], question: { ask: 'run command', runtime, endpoint },
  })));
  return [...commands, ...places.flatMap(({ runtime, arn, endpoint, endpointArn }) => [false, true].flatMap((webSocket) => [false, true].map((forUser): AppRequest => {
    const operation = `InvokeAgentRuntime${webSocket ? 'WithWebSocketStream' : ''}${forUser ? 'ForUser' : ''}`;
    return {
      line: `${operation} of ${endpoint} of runtime of ${runtime}`,
      action: `bedrock-agentcore:${operation}`,
      resources: [endpointArn, arn],
      question: { ask: 'invoke runtime', runtime, endpoint, webSocket, forUser },
    };
  })))];
}
