import { Token } from 'aws-cdk-lib';
import { Problems } from './problems';

/** Characters that IAM or Cedar would read as a pattern or a variable, or that no URL holds. */
const UNSAFE = /[\s*?${}<>"'\\^`|]/;

/** What is expected of a web address beyond being one. */
export interface WebAddressRule {
  readonly name: string;
  readonly code: string;
  readonly fix: string;
  /** A query is refused unless this says otherwise. @default false */
  readonly queryAllowed?: boolean;
  /** @default - any path */
  readonly mustEndWith?: string;
  /** `http://localhost` and `http://127.0.0.1`, for a developer's own machine. @default false */
  readonly loopbackAllowed?: boolean;
}

/**
 * Expects an absolute `https` address without credentials, fragment or wildcard. Returns nothing: a value known only at
 * deployment passes.
 */
export function expectWebAddress(problems: Problems, value: unknown, rule: WebAddressRule): void {
  if (typeof value === 'string' && Token.isUnresolved(value)) {
    return;
  }
  const query = rule.queryAllowed === true ? '' : ', query';
  const ending = rule.mustEndWith !== undefined ? ` that ends in ${rule.mustEndWith}` : '';
  problems.expect(isWebAddress(value, rule), {
    code: rule.code,
    what: `${rule.name} is not valid`,
    received: value,
    allowed: `an https address${ending}, without wildcard, credentials${query} or fragment`,
    fix: rule.fix,
  });
}

function isWebAddress(value: unknown, rule: WebAddressRule): boolean {
  if (typeof value !== 'string' || value.length > 2048) {
    return false;
  }
  const unsafe = rule.queryAllowed === true ? value.replace('?', '') : value;
  if (UNSAFE.test(unsafe)) {
    return false;
  }
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return false;
  }
  const loopback = rule.loopbackAllowed === true && url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return (url.protocol === 'https:' || loopback)
    && url.hostname !== ''
    && url.username === '' && url.password === ''
    && url.hash === ''
    && !value.endsWith('#')
    && (rule.queryAllowed === true || url.search === '')
    && (rule.mustEndWith === undefined || value.endsWith(rule.mustEndWith));
}
