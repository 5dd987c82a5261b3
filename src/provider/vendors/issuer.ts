import { Problems } from '../../declaration/problems';
import { receivedAddress } from '../../declaration/shown-address';
import { expectWebAddress } from '../../declaration/web-address';

/** Expects the issuer of an authorization server as its tokens and metadata spell it. A value known only at deployment passes. */
export function expectIssuer(problems: Problems, issuer: unknown, code: string): void {
  expectWebAddress(problems, issuer, {
    name: 'issuer',
    code,
    fix: 'Copy the issuer from the server\'s /.well-known/openid-configuration, character by character, with a slash at the end only if it has one.',
  });
  problems.expect(typeof issuer !== 'string' || !issuer.includes('/.well-known/'), {
    code,
    what: 'issuer is a discovery address',
    received: receivedAddress(issuer),
    allowed: 'the issuer that is written there',
    fix: 'Use the value of "issuer" in the document at that address.',
  });
}
