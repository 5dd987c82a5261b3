import { ClientSecret } from './client-secret';
import { ProviderSecret } from './provider-secret';
import { ClientAuthentication } from './vendors/client-authentication';
import { Problems } from '../declaration/problems';

/** A client has a secret, unless its authentication does without; never both, since one of them would be idle. */
export function expectSecretOrNone(problems: Problems, secret: ClientSecret | undefined, authentication: ClientAuthentication | undefined, call: string): void {
  if (authentication?.isSecretless !== true) {
    problems.addAll(ProviderSecret._problemsOf(secret, 'clientSecret', call));
    return;
  }
  problems.expect(secret === undefined, {
    code: 'OAuth2Provider/SecretAndSecretless',
    what: `there is a client secret, but ${authentication.method} authenticates without one`,
    fix: 'Remove clientSecret, and delete the secret at the authorization server; or choose ClientAuthentication.CLIENT_SECRET_POST.',
  });
}
