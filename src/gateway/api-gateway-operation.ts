import { expectToolName } from './tool-name';
import { Problems } from '../declaration/problems';

/** The methods that API Gateway targets know. */
const METHODS = ['GET', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT', 'POST'];

/** A path of a stage and what may be done there. */
export interface ApiGatewayOperationOptions {
  /** Methods in capitals: `['GET', 'POST']`. At least one. */
  readonly methods: string[];

  /**
   * Name of the tool. Only with one method, and a path without wildcard.
   *
   * @default - the `operationId` of the API's description
   */
  readonly toolName?: string;

  /**
   * What the model is told about the tool. Only with a tool name.
   *
   * @default - the description in the API's description
   */
  readonly description?: string;
}

/**
 * A part of an API Gateway stage that becomes a tool. The gateway's role may invoke these methods of these paths and nothing else
 * of the stage.
 */
export class ApiGatewayOperation {
  /**
   * A path, such as `/pets` or `/pets/{petId}`, or `/pets/*` for everything below. IAM holds a path parameter as a wildcard, which
   * the access report lists.
   *
   * @throws [ApiGatewayOperation/Path] when it is no path
   * @throws [ApiGatewayOperation/Methods] when there is no method, one twice, or one that API Gateway targets do not know
   * @throws [ApiGatewayOperation/ToolName] when a tool name is given for more than one method or path
   */
  public static at(path: string, options: ApiGatewayOperationOptions): ApiGatewayOperation {
    const problems = new Problems();
    problems.expectText(path, {
      name: 'path',
      code: 'ApiGatewayOperation/Path',
      maximum: 1024,
      pattern: /^\/(?:[A-Za-z0-9._~:@!&'()+,;=-]|\{[A-Za-z0-9._-]+\+?\}|\/(?!\/))*\*?$/,
      allowed: 'a path that begins with /, with {parameters}, and with * at most at its end',
      fix: 'Give the path as the API\'s resources have it.',
    });
    const methods = options.methods ?? [];
    problems.expect(methods.length > 0 && new Set(methods).size === methods.length && methods.every((method) => METHODS.includes(method)), {
      code: 'ApiGatewayOperation/Methods', what: 'methods are not valid', received: methods, allowed: METHODS.join(', '), fix: 'Name each method once, in capitals.',
    });
    if (options.toolName !== undefined || options.description !== undefined) {
      expectToolName(problems, options.toolName);
      problems.expect(methods.length === 1 && !String(path).includes('*'), {
        code: 'ApiGatewayOperation/ToolName', what: 'a tool name is given for more than one method or path', received: options.toolName, fix: 'Give each method and path an entry of its own.',
      });
    }
    problems.raise();
    return new ApiGatewayOperation(path, [...methods], options.toolName, options.description);
  }

  private constructor(
    /** The path. */
    public readonly path: string,
    /** The methods. */
    public readonly methods: string[],
    /**
     * Name of the tool.
     *
     * @default - the `operationId`
     */
    public readonly toolName?: string,
    /**
     * What the model is told.
     *
     * @default - as the API says
     */
    public readonly description?: string,
  ) {}
}
