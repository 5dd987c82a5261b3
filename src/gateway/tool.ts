import { expectToolName } from './tool-name';
import { objectSchema, SchemaDefinition, ToolParameter } from './tool-parameter';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** What a model is told about a tool. */
export interface ToolOptions {
  /** What the tool does, for the model: 1 to 10,000 characters. */
  readonly description: string;

  /**
   * The parameters by name.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: ToolParameter };

  /**
   * The members of the result by name.
   *
   * @default - not said
   */
  readonly result?: { [name: string]: ToolParameter };
}

/** One tool of a Lambda function or of an MCP server, as an MCP client sees it. */
export class Tool {
  /**
   * A tool with its parameters.
   *
   * @throws [Tool/Name] when the name is not 1 to 256 letters, digits and `_ . -`
   * @throws [Tool/Description] when the description is missing
   */
  public static named(name: string, options: ToolOptions): Tool {
    const problems = new Problems();
    expectKnownFields(problems, options, ['description', 'parameters', 'result'], 'A tool', 'Tool/UnknownField');
    expectToolName(problems, name);
    problems.expectText(options.description, {
      name: 'description of the tool', code: 'Tool/Description', maximum: 10_000, allowed: '1 to 10,000 characters', fix: 'Say what the tool does; a model chooses by it.',
    });
    problems.raise();
    return new Tool(name, options);
  }

  private constructor(
    /** The tool's name, without the target in front. */
    public readonly name: string,
    private readonly options: ToolOptions,
  ) {}

  /** @internal */
  public get _parameters(): { [name: string]: ToolParameter } {
    return this.options.parameters ?? {};
  }

  /** @internal */
  public get _definition(): { name: string; description: string; inputSchema: SchemaDefinition; outputSchema?: SchemaDefinition } {
    return {
      name: this.name,
      description: this.options.description,
      inputSchema: objectSchema(this._parameters),
      outputSchema: this.options.result !== undefined ? objectSchema(this.options.result) : undefined,
    };
  }
}
