import { readFileSync } from 'fs';
import type { aws_s3 as s3 } from 'aws-cdk-lib';
import { LONGEST_INLINE } from './api-schema';
import { SchemaObject, schemaObject } from './schema-object';
import { Tool } from './tool';
import { expectToolName } from './tool-name';
import { Problems, refuse } from '../declaration/problems';

/**
 * The tools of a Lambda function or of an MCP server, as the gateway lists them.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-add-target-lambda.html
 */
export class ToolSchema {
  /**
   * Tools written here. They stand in the template, at most 1 MB.
   *
   * @throws [ToolSchema/Tools] when there is none, two have the same name, or they are too long together
   */
  public static inline(...tools: Tool[]): ToolSchema {
    const problems = new Problems();
    problems.expect(tools.length > 0 && tools.every((tool) => tool instanceof Tool), {
      code: 'ToolSchema/Tools', what: 'a tool schema takes tools', received: tools, fix: 'Write ToolSchema.inline(Tool.named(\'list_events\', { description })).',
    });
    const names = tools.map((tool) => tool?.name);
    problems.expect(new Set(names).size === names.length, {
      code: 'ToolSchema/Tools', what: 'two tools have the same name', received: names, fix: 'Name each tool differently.',
    });
    problems.raise();
    return new ToolSchema(names, tools)._expectLength('ToolSchema/Tools');
  }

  /**
   * Tools from a JSON file: an array of `{ name, description, inputSchema, outputSchema? }`. Its content stands in the template,
   * at most 1 MB.
   *
   * @throws [ToolSchema/File] when the file is not such an array, or is too long
   */
  public static fromFile(path: string): ToolSchema {
    let definitions: unknown;
    try {
      definitions = JSON.parse(readFileSync(path, 'utf-8'));
    } catch {
      refuse({ code: 'ToolSchema/File', what: 'the tool schema cannot be read as JSON', received: path, fix: 'Give the path of a JSON file.' });
    }
    if (!Array.isArray(definitions) || definitions.length === 0 || !definitions.every(isDefinition)) {
      refuse({
        code: 'ToolSchema/File',
        what: 'the file holds no tool schema',
        received: path,
        allowed: 'a JSON array of { name, description, inputSchema }',
        fix: 'Write one entry per tool.',
      });
    }
    const problems = new Problems();
    definitions.forEach(({ name }: { name: unknown }) => expectToolName(problems, name));
    problems.raise();
    return new ToolSchema(definitions.map(({ name }) => name), undefined, definitions)._expectLength('ToolSchema/File');
  }

  /**
   * Tools from an object in S3, at most 10 MB. The gateway's role may read this object and no other. Which tools there are is not
   * known at synthesis.
   *
   * @throws [Schema/ObjectKey] when the key is not that of one object
   */
  public static fromS3(bucket: s3.IBucket, key: string): ToolSchema {
    return new ToolSchema(undefined, undefined, undefined, schemaObject(bucket, key));
  }

  private constructor(
    /**
     * Names of the tools.
     *
     * @default - not known at synthesis
     */
    public readonly toolNames?: string[],
    /** @internal */
    public readonly _tools?: readonly Tool[],
    /** @internal */
    public readonly _fileDefinitions?: readonly object[],
    /** @internal */
    public readonly _object?: SchemaObject,
  ) {}

  /** @internal */
  public get _definitions(): readonly object[] | undefined {
    return this._tools?.map((tool) => tool._definition) ?? this._fileDefinitions;
  }

  /** @internal */
  public _expectLength(code: string): ToolSchema {
    const length = Buffer.byteLength(JSON.stringify(this._definitions));
    if (length > LONGEST_INLINE) {
      refuse({ code, what: 'the tool schema is too long', received: length, allowed: '1,000,000 bytes as JSON', fix: 'Put it into S3: ToolSchema.fromS3(bucket, key).' });
    }
    return this;
  }
}

function isDefinition(entry: unknown): entry is { name: string } {
  const definition = entry as { name?: unknown; description?: unknown; inputSchema?: unknown } | null;
  return typeof definition === 'object' && definition !== null
    && typeof definition.name === 'string' && typeof definition.description === 'string' && typeof definition.inputSchema === 'object';
}
