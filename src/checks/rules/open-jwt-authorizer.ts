import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { asRecord } from '../../synthesized/record';
import { CheckInput } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { Found, Rule } from '../rule';

const FILTERS = ['AllowedAudience', 'AllowedClients', 'AllowedScopes', 'CustomClaims'];

export const OPEN_JWT_AUTHORIZER: Rule = {
  id: 'open-jwt-authorizer',
  severity: CheckSeverity.ERROR,
  title: 'Any token of an issuer is let in',
  why: 'Without an audience, a client, a scope or a claim, a token that any other application of the company got opens the gateway or runtime.',
  fix: '`GatewayInbound.jwt({ issuer, audiences: [...] })`, or `callers: [TokenIssuer.oidc({ issuer, audiences: [...] })]` on the `Agent`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html',
  trigger: '`usingCustomJwt` or `usingJWT` with the discovery address alone',
  find: (input) => ['Gateway', 'Runtime'].flatMap((kind) => open(input, kind)),
};

function open({ app }: CheckInput, kind: string): Found[] {
  return agentCoreResources(app, kind).flatMap(({ resource, forms }) => forms
    .map(({ value }) => asRecord(asRecord(value.AuthorizerConfiguration).CustomJWTAuthorizer))
    .filter((jwt) => Object.keys(jwt).length > 0 && !FILTERS.some((filter) => jwt[filter] !== undefined && !(Array.isArray(jwt[filter]) && jwt[filter].length === 0)))
    .map(() => ({ resource, location: 'Properties.AuthorizerConfiguration.CustomJWTAuthorizer', detail: 'no audience, client, scope or claim is asked for' })));
}
