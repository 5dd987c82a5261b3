import { aws_apigateway as apigateway, Stack } from 'aws-cdk-lib';
import { ApiGatewayOperation } from './api-gateway-operation';
import { TargetForm } from './target-form';
import { TargetKind } from './target-kind';
import { valueForStack } from '../declaration/cross-stack-value';
import { environmentOfResource } from '../declaration/environment';
import { Problems } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { stageOperationArn, TargetRight } from '../permission/gateway-statements';

/** Some operations of one stage of a REST API. */
export function apiGatewayTarget(restApi: apigateway.IRestApi, stage: string, operations: ApiGatewayOperation[]): TargetForm {
  const problems = new Problems(restApi?.node?.path);
  problems.expect(typeof restApi === 'object' && restApi !== null && 'restApiId' in restApi, {
    code: 'GatewayTarget/RestApi', what: 'the target is not a REST API', received: restApi, fix: 'Pass a RestApi or an import of one.',
  });
  problems.expectText(stage, {
    name: 'stage', code: 'GatewayTarget/Stage', maximum: 128, pattern: /^[A-Za-z0-9_-]+$/, allowed: '1 to 128 letters, digits, hyphens and underscores', fix: 'Give the name of one stage.',
  });
  const valid = Array.isArray(operations) && operations.length > 0 && operations.every((operation) => operation instanceof ApiGatewayOperation);
  problems.expect(valid, {
    code: 'GatewayTarget/Operations', what: 'the target has no operations', received: operations, fix: 'Write operations: [ApiGatewayOperation.at(\'/pets\', { methods: [\'GET\'] })].',
  });
  const paths = valid ? operations.map(({ path }) => path) : [];
  problems.expect(new Set(paths).size === paths.length || operations.every(({ toolName }) => toolName !== undefined), {
    code: 'GatewayTarget/Operations', what: 'a path is given twice', received: paths, fix: 'Give all methods of a path in one entry, or each with a tool name.',
  });
  problems.raise();
  return {
    kind: TargetKind.API_GATEWAY,
    backend: () => `stage ${stage} of REST API ${readable(restApi.restApiId, restApi.node.path)}`,
    configuration: (consumer) => ({
      mcp: {
        apiGateway: {
          restApiId: restApiId(consumer, restApi),
          stage,
          apiGatewayToolConfiguration: { toolFilters: filters(operations), toolOverrides: overrides(operations) },
        },
      },
    }),
    roleRights: (consumer) => [stageRight(consumer, restApi, stage, operations)],
  };
}

function filters(operations: ApiGatewayOperation[]): { filterPath: string; methods: string[] }[] {
  const byPath = new Map<string, string[]>();
  for (const { path, methods } of operations) {
    byPath.set(path, [...new Set([...byPath.get(path) ?? [], ...methods])]);
  }
  return [...byPath].map(([filterPath, methods]) => ({ filterPath, methods }));
}

function overrides(operations: ApiGatewayOperation[]): { name: string; path: string; method: string; description?: string }[] | undefined {
  const named = operations.filter(({ toolName }) => toolName !== undefined);
  return named.length === 0 ? undefined : named.map(({ toolName, path, methods, description }) => ({ name: toolName!, path, method: methods[0], description }));
}

function stageRight(consumer: Stack, restApi: apigateway.IRestApi, stage: string, operations: ApiGatewayOperation[]): TargetRight {
  const api = readable(restApi.restApiId, restApi.node.path);
  const scope = environmentOfResource(restApi);
  const resources = operations.flatMap(({ path, methods }) => methods.map((method) => ({
    arn: stageOperationArn(scope, restApiId(consumer, restApi), stage, method, path),
    label: `${method} ${api}/${stage}${path.replace(/\{[^}]*\}/g, '*')}`,
  })));
  return {
    sid: 'InvokeApiTargets',
    actions: ['execute-api:Invoke'],
    resources,
    wildcards: resources.filter(({ label }) => label.includes('*')).map(({ label }) => ({
      resource: label, reason: 'IAM has no path parameters: the wildcard also covers what stands below the path.',
    })),
  };
}

function restApiId(consumer: Stack, restApi: apigateway.IRestApi): string {
  const l1 = restApi.node.defaultChild;
  return apigateway.CfnRestApi.isCfnRestApi(l1) ? valueForStack(consumer, l1, l1.ref) : restApi.restApiId;
}
