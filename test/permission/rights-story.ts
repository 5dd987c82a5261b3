import { Rights } from '../../src/permission/rights';
import { NamedResource, Statement } from '../../src/permission/statement';

const PLACE = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';

export const DIRECTORY = named(`${PLACE}:workload-identity-directory/default`);
export const SCHEDULER = named(`${PLACE}:workload-identity-directory/default/workload-identity/scheduler`);
export const VAULT = named(`${PLACE}:token-vault/default`);
export const GITHUB = named(`${PLACE}:token-vault/default/oauth2credentialprovider/github`);
export const GOOGLE = named(`${PLACE}:token-vault/default/oauth2credentialprovider/google`);
export const NEWS = named(`${PLACE}:token-vault/default/apikeycredentialprovider/news`);
export const WEATHER = named(`${PLACE}:token-vault/default/apikeycredentialprovider/weather`);
export const GITHUB_SECRET = named('arn:aws:secretsmanager:eu-west-1:111111111111:secret:github-app-AbCdEf');
export const GOOGLE_SECRET = named('arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-app-AbCdEf');
export const SECRETS_KEY = named('arn:aws:kms:eu-west-1:111111111111:key/11111111-0000-4000-8000-000000000001');
export const VAULT_KEY = named('arn:aws:kms:eu-west-1:111111111111:key/11111111-0000-4000-8000-000000000002');
export const FORMER_KEY = named('arn:aws:kms:eu-west-1:111111111111:key/11111111-0000-4000-8000-000000000003');

export const OKTA = 'https://acme.okta.com';
export const ACCOUNTS_GOOGLE = 'https://accounts.google.com';

/** Every operation that hands out or completes credentials, from AWS's reference. */
export const TOKEN_ACTIONS = [
  'bedrock-agentcore:GetWorkloadAccessToken',
  'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
  'bedrock-agentcore:GetResourceOauth2Token',
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourcePaymentToken',
  'bedrock-agentcore:CompleteResourceTokenAuth',
];

/** A resource whose label is its ARN. */
export function named(arn: string): NamedResource {
  return { arn, label: arn };
}

/** Rights to nothing. */
export function rights(given: Partial<Rights> = {}): Rights {
  return {
    verbs: { mint: false, vend: false, complete: false },
    directory: DIRECTORY,
    identity: SCHEDULER,
    vault: VAULT,
    userTokens: [],
    ownToken: false,
    oauth2Providers: [],
    apiKeyProviders: [],
    userProviders: [],
    trustedUserIdProviders: [],
    secrets: [],
    formerVaultKeys: [],
    vaultKeyRegion: 'eu-west-1',
    ...given,
  };
}

export const MINT = { mint: true, vend: false, complete: false };
export const VEND = { mint: false, vend: true, complete: false };
export const COMPLETE = { mint: false, vend: false, complete: true };
export const ACT = { mint: true, vend: true, complete: false };

/** Tokens of Okta for the audience `agents`, and nothing more said. */
export const OKTA_TOKENS = { issuer: OKTA, audiences: ['agents'], clients: [], scopes: [], subjects: [] };

/** The statement of that Sid, which has to be there. */
export function bySid(statements: readonly Statement[], sid: string): Statement {
  const found = statements.filter((statement) => statement.sid === sid);
  expect(found).toHaveLength(1);
  return found[0];
}
