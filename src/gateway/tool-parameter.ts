import { refuse } from '../declaration/problems';

/** What is said about a parameter. */
export interface ToolParameterOptions {
  /**
   * What the model is told about the parameter.
   *
   * @default - nothing
   */
  readonly description?: string;

  /**
   * Whether each call must have it.
   *
   * @default false
   */
  readonly required?: boolean;
}

/** One parameter of a tool, or one member of its result. JSON schema as far as AgentCore takes it. */
export class ToolParameter {
  /** A text. */
  public static text(options: ToolParameterOptions = {}): ToolParameter {
    return new ToolParameter('string', options);
  }

  /** A whole number. */
  public static integer(options: ToolParameterOptions = {}): ToolParameter {
    return new ToolParameter('integer', options);
  }

  /** A number. Rules see it with four decimal places. */
  public static numeric(options: ToolParameterOptions = {}): ToolParameter {
    return new ToolParameter('number', options);
  }

  /** True or false. */
  public static flag(options: ToolParameterOptions = {}): ToolParameter {
    return new ToolParameter('boolean', options);
  }

  /** A list, all members of one kind. */
  public static listOf(member: ToolParameter, options: ToolParameterOptions = {}): ToolParameter {
    return new ToolParameter('array', options, member);
  }

  /**
   * An object with named members.
   *
   * @throws [ToolParameter/Members] when it has none
   */
  public static structure(members: { [name: string]: ToolParameter }, options: ToolParameterOptions = {}): ToolParameter {
    if (typeof members !== 'object' || Object.keys(members).length === 0) {
      refuse({ code: 'ToolParameter/Members', what: 'a structure has no members', received: members, fix: 'Name its members: { city: ToolParameter.text() }.' });
    }
    return new ToolParameter('object', options, undefined, { ...members });
  }

  private constructor(
    /** @internal */
    public readonly _type: string,
    /** @internal */
    public readonly _options: ToolParameterOptions,
    /** @internal */
    public readonly _member?: ToolParameter,
    /** @internal */
    public readonly _members?: { [name: string]: ToolParameter },
  ) {}
}

/** JSON schema as the L1 takes it. */
export interface SchemaDefinition {
  readonly type: string;
  readonly description?: string;
  readonly items?: SchemaDefinition;
  readonly properties?: { [name: string]: SchemaDefinition };
  readonly required?: string[];
}

/** Named members as an object schema. */
export function objectSchema(members: { [name: string]: ToolParameter }, description?: string): SchemaDefinition {
  const names = Object.keys(members);
  const required = names.filter((name) => members[name]._options.required === true);
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(names.map((name) => [name, schemaOf(members[name])])),
    required: required.length > 0 ? required : undefined,
  };
}

function schemaOf(parameter: ToolParameter): SchemaDefinition {
  const { description } = parameter._options;
  return parameter._members !== undefined
    ? objectSchema(parameter._members, description)
    : { type: parameter._type, description, items: parameter._member !== undefined ? schemaOf(parameter._member) : undefined };
}
