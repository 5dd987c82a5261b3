import { aws_bedrockagentcore as agentcore, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { functionArn } from './lambda-target';
import { expectReason } from './reason';
import { BroadLimitOptions } from '../capability/users';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { TargetRight } from '../permission/gateway-statements';

/** What an interceptor sees. */
export interface InterceptorOptions {
  /**
   * Hands the caller's headers to the function, the token among them. The longer word, with a reason.
   *
   * @default - the function sees no headers
   */
  readonly passRequestHeaders?: BroadLimitOptions;
}

/**
 * A Lambda function through which calls pass. Whoever may change the function decides what targets see: an `Authorization` header
 * that it sets replaces the target's credentials.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors.html
 */
export class Interceptor {
  /**
   * A function that sees each request before its target does.
   *
   * @throws [Interceptor/Function] when it is no function
   * @throws [Interceptor/Reason] when headers are passed without a reason
   */
  public static request(fn: lambda.IFunction, options: InterceptorOptions = {}): Interceptor {
    return new Interceptor('REQUEST', fn, options);
  }

  /**
   * A function that sees each response before the caller does.
   *
   * @throws [Interceptor/...] as `request`
   */
  public static response(fn: lambda.IFunction, options: InterceptorOptions = {}): Interceptor {
    return new Interceptor('RESPONSE', fn, options);
  }

  /**
   * Why it sees the caller's headers.
   *
   * @default - it does not
   */
  public readonly headersReason?: string;

  private constructor(
    /** `REQUEST` or `RESPONSE`. */
    public readonly point: string,
    private readonly fn: lambda.IFunction,
    options: InterceptorOptions,
  ) {
    const problems = new Problems(fn?.node?.path);
    expectKnownFields(problems, options, ['passRequestHeaders'], 'An interceptor', 'Interceptor/UnknownField');
    problems.expect(typeof fn === 'object' && fn !== null && 'functionArn' in fn, {
      code: 'Interceptor/Function', what: 'the interceptor is not a Lambda function', received: fn, fix: 'Pass a Function, an Alias, or an import of one.',
    });
    if (options?.passRequestHeaders !== undefined) {
      expectReason(problems, options.passRequestHeaders?.reason, 'Interceptor/Reason', 'Say why the function needs the headers of callers, with their tokens.');
    }
    problems.raise();
    this.headersReason = options?.passRequestHeaders?.reason;
  }

  /** The interceptor in words. */
  public get description(): string {
    const headers = this.headersReason === undefined ? '' : `, which SEES THE CALLERS' HEADERS AND TOKENS: ${this.headersReason}`;
    return `each ${this.point.toLowerCase()} passes through function ${readable(this.fn.functionArn, this.fn.node.path)}${headers}`;
  }

  /** @internal */
  public _configuration(consumer: Stack): agentcore.CfnGateway.GatewayInterceptorConfigurationProperty {
    return {
      interceptionPoints: [this.point],
      interceptor: { lambda: { arn: functionArn(consumer, this.fn) } },
      inputConfiguration: { passRequestHeaders: this.headersReason !== undefined },
    };
  }

  /** @internal */
  public _right(consumer: Stack): TargetRight {
    const label = `function ${readable(this.fn.functionArn, this.fn.node.path)}`;
    return { sid: 'InvokeInterceptors', actions: ['lambda:InvokeFunction'], resources: [{ arn: functionArn(consumer, this.fn), label }], wildcards: [] };
  }
}
