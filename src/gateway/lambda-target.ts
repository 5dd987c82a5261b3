import { aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { schemaObjectLocation } from './schema-object';
import { TargetForm } from './target-form';
import { TargetKind } from './target-kind';
import { ToolSchema } from './tool-schema';
import { valueForStack } from '../declaration/cross-stack-value';
import { Problems } from '../declaration/problems';
import { readable } from '../declaration/readable';

/** A Lambda function whose tools the schema lists. */
export function lambdaTarget(fn: lambda.IFunction, schema: ToolSchema): TargetForm {
  const problems = new Problems(fn?.node?.path);
  problems.expect(typeof fn === 'object' && fn !== null && 'functionArn' in fn, {
    code: 'GatewayTarget/Function', what: 'the target is not a Lambda function', received: fn, fix: 'Pass a Function, an Alias, or an import of one.',
  });
  problems.expect(schema instanceof ToolSchema, {
    code: 'GatewayTarget/ToolSchema', what: 'a Lambda function needs a tool schema', received: schema, fix: 'Write ToolSchema.inline(Tool.named(...)), .fromFile(path) or .fromS3(bucket, key).',
  });
  problems.raise();
  const label = () => `function ${readable(fn.functionArn, fn.node.path)}`;
  return {
    kind: TargetKind.LAMBDA,
    backend: label,
    configuration: (consumer) => ({
      mcp: {
        lambda: {
          lambdaArn: functionArn(consumer, fn),
          toolSchema: schema._object !== undefined
            ? { s3: schemaObjectLocation(consumer, schema._object) }
            : { inlinePayload: schema._definitions as unknown as { name: string; description: string; inputSchema: { type: string } }[] },
        },
      },
    }),
    roleRights: (consumer) => [{
      sid: 'InvokeLambdaTargets',
      actions: ['lambda:InvokeFunction'],
      resources: [{ arn: functionArn(consumer, fn), label: label() }],
      wildcards: [],
    }],
    schemaObject: schema._object,
    toolNames: schema.toolNames,
    tools: schema._tools,
  };
}

/** The function's ARN without an export, also from another stack; an alias or a version keeps its qualifier. */
export function functionArn(consumer: Stack, fn: lambda.IFunction): string {
  const l1 = fn.node.defaultChild;
  return lambda.CfnFunction.isCfnFunction(l1) ? valueForStack(consumer, l1, l1.attrArn) : fn.functionArn;
}
