import type { Stack } from 'aws-cdk-lib';
import { ApiSchema } from './api-schema';
import { schemaObjectLocation } from './schema-object';
import { TargetForm } from './target-form';
import { TargetKind } from './target-kind';
import { refuse } from '../declaration/problems';

/** An API whose operations a schema describes. */
export function apiTarget(kind: TargetKind.OPEN_API | TargetKind.SMITHY, schema: ApiSchema): TargetForm {
  if (!(schema instanceof ApiSchema)) {
    refuse({ code: 'GatewayTarget/ApiSchema', what: `a target of kind ${kind} needs a schema`, received: schema, fix: 'Write ApiSchema.fromFile(path), .fromS3(bucket, key) or .inline(text).' });
  }
  const payload = (consumer: Stack) => (schema._object !== undefined ? { s3: schemaObjectLocation(consumer, schema._object) } : { inlinePayload: schema._text });
  return {
    kind,
    backend: () => schema._description,
    configuration: (consumer) => ({ mcp: kind === TargetKind.OPEN_API ? { openApiSchema: payload(consumer) } : { smithyModel: payload(consumer) } }),
    schemaObject: schema._object,
  };
}
