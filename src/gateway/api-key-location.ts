import { Problems } from '../declaration/problems';

/** How a header with a key looks. */
export interface ApiKeyHeaderOptions {
  /**
   * What stands in front of the key, with its blank: `'Bearer '`.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/** Where in a request an API key stands. */
export class ApiKeyLocation {
  /**
   * A header, such as `X-Api-Key`.
   *
   * @throws [ApiKeyLocation/Name] when it is no name of a header
   */
  public static header(name: string, options: ApiKeyHeaderOptions = {}): ApiKeyLocation {
    return new ApiKeyLocation('HEADER', name, options.prefix);
  }

  /**
   * A parameter of the query. Keys in addresses end up in logs: use a header where the service takes one.
   *
   * @throws [ApiKeyLocation/Name] when it is no name of a parameter
   */
  public static queryParameter(name: string): ApiKeyLocation {
    return new ApiKeyLocation('QUERY_PARAMETER', name);
  }

  private constructor(
    /** `HEADER` or `QUERY_PARAMETER`. */
    public readonly location: string,
    /** Name of the header or parameter. */
    public readonly name: string,
    /**
     * What stands in front of the key.
     *
     * @default - nothing
     */
    public readonly prefix?: string,
  ) {
    const problems = new Problems();
    problems.expectText(name, {
      name: 'name of the header or parameter',
      code: 'ApiKeyLocation/Name',
      maximum: 64,
      pattern: /^[A-Za-z0-9_.-]+$/,
      allowed: '1 to 64 letters, digits and _ . -',
      fix: 'Give the name as the service expects it.',
    });
    problems.raise();
  }
}
