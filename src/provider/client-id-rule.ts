import { Token } from 'aws-cdk-lib';
import { beginsLikeCredential } from '../declaration/credential-signs';
import { Problems } from '../declaration/problems';

/** Expects the id of a client. What was received is not shown: id and secret are given side by side, and are easily taken for one another. */
export function expectClientId(problems: Problems, clientId: unknown): void {
  const isId = problems.expect(typeof clientId !== 'string' || Token.isUnresolved(clientId) || !beginsLikeCredential(clientId), {
    code: 'OAuth2Provider/ClientId',
    what: 'clientId looks like a secret, and would stand in the template',
    fix: 'Use the id that the authorization server gave the client, and keep its secret in Secrets Manager. What was received is not shown here.',
  });
  if (isId) {
    problems.expectText(clientId, {
      name: 'clientId',
      code: 'OAuth2Provider/ClientId',
      maximum: 256,
      pattern: /^\S+$/,
      mayBeSecret: true,
      allowed: '1 to 256 characters without blanks',
      fix: 'Use the id that the authorization server gave the client.',
    });
  }
}
