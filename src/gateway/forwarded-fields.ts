import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** What is handed on between callers and a target beside the body. Nothing is, unless it is named here. */
export interface ForwardedFields {
  /**
   * Headers of a call that reach the target: at most 10.
   *
   * @default - none
   */
  readonly requestHeaders?: string[];

  /**
   * Headers of the target's answer that reach the caller: at most 10.
   *
   * @default - none
   */
  readonly responseHeaders?: string[];

  /**
   * Query parameters that reach the target: at most 10.
   *
   * @default - none
   */
  readonly queryParameters?: string[];
}

/** Headers that carry credentials or that the gateway makes itself. */
const REFUSED = ['authorization', 'cookie', 'set-cookie', 'host', 'content-length', 'transfer-encoding', 'connection', 'proxy-authorization'];

/** The only headers of AWS that may be handed on. */
const RUNTIME_HEADER = /^x-amzn-bedrock-agentcore-runtime-custom-/i;

/** Expects names that AgentCore hands on. */
export function expectForwardedFields(problems: Problems, forwards: ForwardedFields): void {
  expectKnownFields(problems, forwards, ['requestHeaders', 'responseHeaders', 'queryParameters'], 'What a target forwards', 'ForwardedFields/UnknownField');
  for (const [name, values] of Object.entries({ ...forwards }) as [string, string[] | undefined][]) {
    const isList = problems.expect(values === undefined || (Array.isArray(values) && values.every((value) => typeof value === 'string')), {
      code: 'ForwardedFields/Names', what: `${name} are not valid`, received: values, allowed: 'a list of names', fix: 'Name what the target needs.',
    });
    const list = isList ? values ?? [] : [];
    problems.expect(list.length <= 10 && new Set(list.map((value) => value.toLowerCase())).size === list.length && list.every((value) => /^[A-Za-z0-9_-]+$/.test(value)), {
      code: 'ForwardedFields/Names', what: `${name} are not valid`, received: list, allowed: 'at most 10 names of letters, digits, hyphens and underscores, each once', fix: 'Name what the target needs.',
    });
    const refused = name === 'queryParameters' ? [] : list.filter((value) => REFUSED.includes(value.toLowerCase()) || (/^x-amzn?-/i.test(value) && !RUNTIME_HEADER.test(value)));
    problems.expect(refused.length === 0, {
      code: 'ForwardedFields/Refused',
      what: `${name} hold headers that AgentCore does not hand on`,
      received: refused,
      fix: 'Leave them out. The caller\'s token is handed on with TargetCredentials.jwtPassthrough(), where the target supports it.',
    });
  }
}

/** Each field for people, by what it is: `request header X-Tenant`. */
export function forwardedFields({ requestHeaders = [], responseHeaders = [], queryParameters = [] }: ForwardedFields): string[] {
  return [
    ...requestHeaders.map((name) => `request header ${name}`),
    ...responseHeaders.map((name) => `response header ${name}`),
    ...queryParameters.map((name) => `query parameter ${name}`),
  ].sort();
}
