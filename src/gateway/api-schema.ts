import { readFileSync } from 'fs';
import type { aws_s3 as s3 } from 'aws-cdk-lib';
import { apiServers } from './api-servers';
import { SchemaObject, schemaObject, schemaObjectPlace } from './schema-object';
import { refuse } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { textDigest } from '../review/text-digest';

/** The longest schema that AgentCore takes in a request, in bytes. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html */
export const LONGEST_INLINE = 1_000_000;

/**
 * An OpenAPI description or a Smithy model. The gateway makes one tool of each operation.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-schema-openapi.html
 */
export class ApiSchema {
  /**
   * A schema as text. It stands in the template, at most 1 MB.
   *
   * @throws [ApiSchema/Text] when it is empty or too long
   */
  public static inline(text: string): ApiSchema {
    if (typeof text !== 'string' || text.trim() === '' || Buffer.byteLength(text) > LONGEST_INLINE) {
      refuse({ code: 'ApiSchema/Text', what: 'the schema is empty or too long', allowed: '1 to 1,000,000 bytes', fix: 'Put a longer one into S3: ApiSchema.fromS3(bucket, key).' });
    }
    return new ApiSchema(text);
  }

  /**
   * A schema from a file. Its content stands in the template.
   *
   * @throws [ApiSchema/Text] when the file cannot be read, is empty or too long
   */
  public static fromFile(path: string): ApiSchema {
    let text: string;
    try {
      text = readFileSync(path, 'utf-8');
    } catch {
      refuse({ code: 'ApiSchema/Text', what: 'the schema cannot be read', received: path, fix: 'Give the path of a file.' });
    }
    return ApiSchema.inline(text!);
  }

  /**
   * A schema from an object in S3, at most 10 MB. The gateway's role may read this object and no other.
   *
   * @throws [Schema/ObjectKey] when the key is not that of one object
   */
  public static fromS3(bucket: s3.IBucket, key: string): ApiSchema {
    return new ApiSchema(undefined, schemaObject(bucket, key));
  }

  private constructor(
    /** @internal */
    public readonly _text?: string,
    /** @internal */
    public readonly _object?: SchemaObject,
  ) {}

  /** Where it lies; of a text, its hash and the servers that it names. @internal */
  public get _description(): string {
    if (this._object !== undefined) {
      return `schema in ${schemaObjectPlace(this._object)}`;
    }
    const text = readable(this._text!, '(known at deployment)');
    const servers = apiServers(text);
    return `schema with hash ${textDigest(text)}${servers.length === 0 ? '' : `, for ${servers.join(' and ')}`}`;
  }
}
