import { Token } from 'aws-cdk-lib';
import { knownText } from './known-text';
import { Problems } from './problems';
import { receivedAddress } from './shown-address';

/** Characters that IAM or Cedar would read as a pattern or a variable, or that no URL holds. */
const UNSAFE = /[^\x21-\x7e]|[*?${}<>"'\\^`|]/;

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
 * Expects an absolute `https` address without credentials, fragment or wildcard. Of a value known only at deployment, what is
 * known has to be right. User, password, query and fragment are not repeated in the message.
 */
export function expectWebAddress(problems: Problems, value: unknown, rule: WebAddressRule): void {
  const query = rule.queryAllowed === true ? '' : ', query';
  const loopback = rule.loopbackAllowed === true ? ' (or http on localhost, 127.0.0.1 and [::1])' : '';
  const ending = rule.mustEndWith !== undefined ? ` that ends in ${rule.mustEndWith}` : '';
  problems.expect(isWebAddress(value, rule), {
    code: rule.code,
    what: `${rule.name} is not valid`,
    received: receivedAddress(value),
    allowed: `an https address${loopback}${ending}, without wildcard, credentials${query} or fragment`,
    fix: rule.fix,
  });
}

function isWebAddress(value: unknown, rule: WebAddressRule): boolean {
  if (typeof value !== 'string' || value.length > 2048) {
    return false;
  }
  const known = knownText(value);
  if (UNSAFE.test(rule.queryAllowed === true ? known.replace('?', '') : known)) {
    return false;
  }
  if (Token.isUnresolved(value)) {
    return known === '' || !/^[a-z]+:/i.test(value) || /^https:\/\//i.test(value) || (rule.loopbackAllowed === true && /^http:\/\//i.test(value));
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
    // The parser mends what IAM and AgentCore compare as text: missing slashes, an empty user, dots in the path.
    && /^https?:\/\/[^/@]+(\/|\?|$)/i.test(value)
    && !/\/\.{1,2}(\/|\?|$)/.test(value)
    && url.hash === ''
    && !value.endsWith('#')
    && (rule.queryAllowed === true || url.search === '')
    && (rule.mustEndWith === undefined || value.endsWith(rule.mustEndWith));
}
