// An OpenID provider on the loopback, for one test: clients get JWT access tokens by client credentials.
import Provider from 'oidc-provider';

const AUDIENCE = 'https://gateway.example.com';
const SCOPE = 'mcp:call mcp:call:admin calendar:read calendar:write';
const clients = ['admin', 'plain', 'confused', 'stranger'].map((id) => ({
  client_id: id, client_secret: `${id}-secret`, grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope: SCOPE,
}));

const provider = new Provider('http://127.0.0.1:0', {
  clients,
  scopes: SCOPE.split(' '),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => AUDIENCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: SCOPE, audience: AUDIENCE, accessTokenFormat: 'jwt', accessTokenTTL: 300 }),
    },
  },
});
const server = provider.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  // The issuer is known only once the port is.
  Object.defineProperty(provider, 'issuer', { value: address });
  process.send({ issuer: address });
});
