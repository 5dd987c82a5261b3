import * as fc from 'fast-check';
import {
  ACCOUNTS_GOOGLE, ACT, bySid, COMPLETE, DIRECTORY, FORMER_KEY, GITHUB, GITHUB_SECRET, GOOGLE, GOOGLE_SECRET, MINT, named, NEWS, OKTA, OKTA_TOKENS,
  rights, SCHEDULER, SECRETS_KEY, TOKEN_ACTIONS, VAULT, VAULT_KEY, VEND, WEATHER,
} from './rights-story';
import { Rights } from '../../src/permission/rights';
import { Statement } from '../../src/permission/statement';
import { statementsFor } from '../../src/permission/statements';

const EVERYTHING = [{ arn: '*', label: '*' }];

describe('minting', () => {
  test('for itself', () => {
    expect(bySid(statementsFor(rights({ verbs: MINT, ownToken: true })), 'ActAsItselfMint')).toEqual({
      sid: 'ActAsItselfMint', effect: 'Allow', actions: ['bedrock-agentcore:GetWorkloadAccessToken'], resources: [DIRECTORY, SCHEDULER], conditions: [],
    });
  });

  test('for the users of an issuer, limited by every claim', () => {
    const tokens = { issuer: OKTA, audiences: ['agents', 'web'], clients: ['4f1c', '5a2d'], scopes: ['agents:use'], subjects: ['00u1', '00u2'] };
    expect(bySid(statementsFor(rights({ verbs: MINT, userTokens: [tokens] })), 'ActAsUserMint')).toEqual({
      sid: 'ActAsUserMint',
      effect: 'Allow',
      actions: ['bedrock-agentcore:GetWorkloadAccessTokenForJWT'],
      resources: [DIRECTORY, SCHEDULER],
      conditions: [
        { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/iss', values: ['https://acme.okta.com'] },
        { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/client_id', values: ['4f1c', '5a2d'] },
        { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/sub', values: ['00u1', '00u2'] },
        { operator: 'ForAnyValue:StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/aud', values: ['agents', 'web'] },
        { operator: 'ForAnyValue:StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/scope', values: ['agents:use'] },
      ],
    });
  });

  test('a claim that is not limited is not mentioned; the issuer always is', () => {
    const tokens = { issuer: OKTA, audiences: [], clients: [], scopes: [], subjects: [] };
    expect(bySid(statementsFor(rights({ verbs: MINT, userTokens: [tokens] })), 'ActAsUserMint').conditions).toEqual([
      { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/iss', values: ['https://acme.okta.com'] },
    ]);
  });

  test('for the users of several issuers: one statement each, so that no claim of one serves for another', () => {
    const statements = statementsFor(rights({ verbs: MINT, userTokens: [OKTA_TOKENS, { ...OKTA_TOKENS, issuer: ACCOUNTS_GOOGLE, audiences: [], clients: ['4f1c'] }] }));
    expect([bySid(statements, 'ActAsUserMint'), bySid(statements, 'ActAsUserMint2')].map(({ conditions }) => conditions)).toEqual([
      [
        { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/iss', values: ['https://acme.okta.com'] },
        { operator: 'ForAnyValue:StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/aud', values: ['agents'] },
      ],
      [
        { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/iss', values: ['https://accounts.google.com'] },
        { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/client_id', values: ['4f1c'] },
      ],
    ]);
  });

  test.each<[string, string[], string[], string, string[]]>([
    ['single ids are compared exactly', [], ['cognito+1', 'cognito+2'], 'StringEquals', ['cognito+1', 'cognito+2']],
    ['prefixes become patterns', ['cognito+', 'okta+'], [], 'StringLike', ['cognito+*', 'okta+*']],
  ])('for trusted user ids: %s', (_situation, prefixes, ids, operator, values) => {
    expect(bySid(statementsFor(rights({ verbs: MINT, trustedUserIds: { prefixes, ids } })), 'ActAsTrustedUserIdMint')).toEqual({
      sid: 'ActAsTrustedUserIdMint',
      effect: 'Allow',
      actions: ['bedrock-agentcore:GetWorkloadAccessTokenForUserId'],
      resources: [DIRECTORY, SCHEDULER],
      conditions: [{ operator, key: 'bedrock-agentcore:userid', values }],
    });
  });
});

test('for trusted user ids: both, in two statements, so that an id is never a pattern', () => {
  const statements = statementsFor(rights({ verbs: MINT, trustedUserIds: { prefixes: ['cognito+'], ids: ['okta+1'] } }));
  expect([bySid(statements, 'ActAsTrustedUserIdMint'), bySid(statements, 'ActAsTrustedUserIdMint2')].map(({ conditions }) => conditions)).toEqual([
    [{ operator: 'StringLike', key: 'bedrock-agentcore:userid', values: ['cognito+*'] }],
    [{ operator: 'StringEquals', key: 'bedrock-agentcore:userid', values: ['okta+1'] }],
  ]);
});

describe('getting credentials', () => {
  test('OAuth2 tokens, of the named providers, in the order of their labels', () => {
    expect(bySid(statementsFor(rights({ verbs: VEND, oauth2Providers: [GOOGLE, GITHUB, GOOGLE] })), 'GetOAuth2Token')).toEqual({
      sid: 'GetOAuth2Token',
      effect: 'Allow',
      actions: ['bedrock-agentcore:GetResourceOauth2Token'],
      resources: [DIRECTORY, SCHEDULER, VAULT, GITHUB, GOOGLE],
      conditions: [],
    });
  });

  test('API keys', () => {
    expect(bySid(statementsFor(rights({ verbs: VEND, apiKeyProviders: [WEATHER, NEWS] })), 'GetApiKey')).toEqual({
      sid: 'GetApiKey',
      effect: 'Allow',
      actions: ['bedrock-agentcore:GetResourceApiKey'],
      resources: [DIRECTORY, SCHEDULER, VAULT, NEWS, WEATHER],
      conditions: [],
    });
  });
});

describe('completing sessions', () => {
  test('on the providers of users, with the conditions under which a token is minted for them', () => {
    const given = rights({ verbs: COMPLETE, userTokens: [OKTA_TOKENS], oauth2Providers: [GITHUB, GOOGLE], userProviders: [GOOGLE] });
    expect(bySid(statementsFor(given), 'CompleteSessionOfUser')).toEqual({
      sid: 'CompleteSessionOfUser',
      effect: 'Allow',
      actions: ['bedrock-agentcore:CompleteResourceTokenAuth'],
      resources: [DIRECTORY, SCHEDULER, VAULT, GOOGLE],
      conditions: [
        { operator: 'StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/iss', values: ['https://acme.okta.com'] },
        { operator: 'ForAnyValue:StringEquals', key: 'bedrock-agentcore:InboundJwtClaim/aud', values: ['agents'] },
      ],
    });
  });

  test('of trusted user ids, on their providers only', () => {
    const given = rights({
      verbs: COMPLETE,
      userTokens: [OKTA_TOKENS],
      userProviders: [GOOGLE],
      trustedUserIds: { prefixes: ['cognito+'], ids: [] },
      trustedUserIdProviders: [GITHUB],
    });
    const statements = statementsFor(given);
    expect(bySid(statements, 'CompleteSessionOfUser').resources).toEqual([DIRECTORY, SCHEDULER, VAULT, GOOGLE]);
    expect(bySid(statements, 'CompleteSessionOfTrustedUserId')).toMatchObject({
      resources: [DIRECTORY, SCHEDULER, VAULT, GITHUB],
      conditions: [{ operator: 'StringLike', key: 'bedrock-agentcore:userid', values: ['cognito+*'] }],
    });
  });

  test('with no provider of users there is nothing to complete', () => {
    expect(sids(rights({ verbs: COMPLETE, userTokens: [OKTA_TOKENS], oauth2Providers: [GOOGLE] }))).toEqual(['DenyUndeclaredTokenActions']);
  });
});

describe('secrets', () => {
  test('are read through AWS services only, in the order of their labels', () => {
    const secrets = [GOOGLE_SECRET, GITHUB_SECRET, GOOGLE_SECRET].map((secret) => ({ resources: [secret], region: 'eu-west-1' }));
    expect(bySid(statementsFor(rights({ verbs: VEND, secrets })), 'ReadProviderSecret')).toEqual({
      sid: 'ReadProviderSecret',
      effect: 'Allow',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [GITHUB_SECRET, GOOGLE_SECRET],
      conditions: [{ operator: 'Bool', key: 'aws:ViaAWSService', values: ['true'] }],
    });
  });

  test('under a customer key are decrypted through Secrets Manager only', () => {
    const secrets = [{ resources: [GOOGLE_SECRET], key: SECRETS_KEY, region: 'eu-west-1' }, { resources: [GITHUB_SECRET], region: 'eu-west-1' }];
    expect(bySid(statementsFor(rights({ verbs: VEND, secrets })), 'DecryptProviderSecret')).toEqual({
      sid: 'DecryptProviderSecret',
      effect: 'Allow',
      actions: ['kms:Decrypt'],
      resources: [SECRETS_KEY],
      conditions: [{ operator: 'StringEquals', key: 'kms:ViaService', values: ['secretsmanager.eu-west-1.amazonaws.com'] }],
    });
  });

  test('of two regions: each key through the service of its own region', () => {
    const other = named('arn:aws:kms:us-east-1:111111111111:key/11111111-0000-4000-8000-000000000009');
    const secrets = [
      { resources: [GOOGLE_SECRET], key: SECRETS_KEY, region: 'eu-west-1' },
      { resources: [GITHUB_SECRET], key: other, region: 'us-east-1' },
    ];
    const statements = statementsFor(rights({ verbs: VEND, secrets }));
    expect([bySid(statements, 'DecryptProviderSecret'), bySid(statements, 'DecryptProviderSecret2')].map(({ resources, conditions }) => [resources, conditions[0].values]))
      .toEqual([[[SECRETS_KEY], ['secretsmanager.eu-west-1.amazonaws.com']], [[other], ['secretsmanager.us-east-1.amazonaws.com']]]);
  });

  test('are not for a part that only mints', () => {
    const secrets = [{ resources: [GOOGLE_SECRET], key: SECRETS_KEY, region: 'eu-west-1' }];
    expect(sids(rights({ verbs: MINT, ownToken: true, secrets }))).toEqual(['ActAsItselfMint', 'DenyUndeclaredTokenActions', 'DenyMintingForOtherIdentities']);
  });
});

describe('the key of the token vault', () => {
  const USE = {
    sid: 'UseTokenVaultKey',
    effect: 'Allow',
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
    resources: [VAULT_KEY],
    conditions: [{ operator: 'StringEquals', key: 'kms:ViaService', values: ['bedrock-agentcore-identity.eu-west-1.amazonaws.com'] }],
  };

  test('is used through AgentCore Identity only', () => {
    expect(bySid(statementsFor(rights({ verbs: VEND, oauth2Providers: [GOOGLE], vaultKey: VAULT_KEY })), 'UseTokenVaultKey')).toEqual(USE);
    expect(bySid(statementsFor(rights({ verbs: COMPLETE, userTokens: [OKTA_TOKENS], userProviders: [GOOGLE], vaultKey: VAULT_KEY })), 'UseTokenVaultKey')).toEqual(USE);
  });

  test('former keys only decrypt', () => {
    expect(bySid(statementsFor(rights({ verbs: VEND, oauth2Providers: [GOOGLE], formerVaultKeys: [FORMER_KEY] })), 'DecryptWithFormerTokenVaultKey'))
      .toEqual({ ...USE, sid: 'DecryptWithFormerTokenVaultKey', actions: ['kms:Decrypt'], resources: [FORMER_KEY] });
  });

  test.each<[string, Partial<Rights>]>([
    ['mints', { verbs: MINT, ownToken: true, oauth2Providers: [GOOGLE] }],
    ['gets API keys, which are not in the vault', { verbs: VEND, apiKeyProviders: [WEATHER] }],
    ['completes nothing', { verbs: COMPLETE, oauth2Providers: [GOOGLE] }],
  ])('is not for a part that only %s', (_situation, given) => {
    expect(sids(rights({ ...given, vaultKey: VAULT_KEY, formerVaultKeys: [FORMER_KEY] })).filter((sid) => sid.includes('TokenVaultKey'))).toEqual([]);
  });
});

describe('the standing denials', () => {
  test('a part without any right is denied every token operation', () => {
    expect(statementsFor(rights({ verbs: { mint: true, vend: true, complete: true } }))).toEqual([
      { sid: 'DenyUndeclaredTokenActions', effect: 'Deny', actions: TOKEN_ACTIONS, resources: EVERYTHING, conditions: [] },
    ]);
  });

  test('what is allowed is not denied, and minting is denied for all other identities', () => {
    const given = rights({ verbs: ACT, userTokens: [OKTA_TOKENS], oauth2Providers: [GOOGLE] });
    expect(statementsFor(given).slice(-2)).toEqual([
      {
        sid: 'DenyUndeclaredTokenActions',
        effect: 'Deny',
        actions: [
          'bedrock-agentcore:GetWorkloadAccessToken',
          'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
          'bedrock-agentcore:GetResourceApiKey',
          'bedrock-agentcore:GetResourcePaymentToken',
          'bedrock-agentcore:CompleteResourceTokenAuth',
        ],
        resources: EVERYTHING,
        conditions: [],
      },
      {
        sid: 'DenyMintingForOtherIdentities',
        effect: 'Deny',
        actions: ['bedrock-agentcore:GetWorkloadAccessTokenForJWT'],
        notResources: [DIRECTORY, SCHEDULER],
        conditions: [],
      },
    ]);
  });

  test('a part that does not mint is denied minting altogether', () => {
    const denied = bySid(statementsFor(rights({ verbs: VEND, ownToken: true, oauth2Providers: [GOOGLE] })), 'DenyUndeclaredTokenActions').actions;
    expect(denied).toEqual(TOKEN_ACTIONS.filter((action) => action !== 'bedrock-agentcore:GetResourceOauth2Token'));
  });

  test('a suspended agent is denied every token operation, and has no other statement', () => {
    expect(statementsFor(rights({ verbs: ACT, ownToken: true, oauth2Providers: [GOOGLE], suspended: true }))).toEqual([
      { sid: 'DenySuspendedAgent', effect: 'Deny', actions: TOKEN_ACTIONS, resources: EVERYTHING, conditions: [] },
    ]);
  });

  test('a suspended provider is denied by name, in the order of the labels', () => {
    const given = rights({ verbs: ACT, ownToken: true, oauth2Providers: [GOOGLE], suspendedProviders: [WEATHER, GITHUB] });
    expect(bySid(statementsFor(given), 'DenySuspendedProviders')).toEqual({
      sid: 'DenySuspendedProviders',
      effect: 'Deny',
      actions: ['bedrock-agentcore:GetResourceOauth2Token', 'bedrock-agentcore:GetResourceApiKey', 'bedrock-agentcore:CompleteResourceTokenAuth'],
      resources: [WEATHER, GITHUB],
      conditions: [],
    });
  });
});

test.each<[string, Rights['verbs'], string[]]>([
  ['mints', MINT, ['ActAsItselfMint', 'ActAsUserMint', 'ActAsTrustedUserIdMint', 'DenyUndeclaredTokenActions', 'DenyMintingForOtherIdentities']],
  ['vends', VEND, ['GetOAuth2Token', 'GetApiKey', 'ReadProviderSecret', 'DecryptProviderSecret', 'UseTokenVaultKey', 'DecryptWithFormerTokenVaultKey',
    'DenyUndeclaredTokenActions']],
  ['completes', COMPLETE, ['CompleteSessionOfUser', 'CompleteSessionOfTrustedUserId', 'ReadProviderSecret', 'DecryptProviderSecret', 'UseTokenVaultKey',
    'DecryptWithFormerTokenVaultKey', 'DenyUndeclaredTokenActions']],
  ['acts', ACT, ['ActAsItselfMint', 'ActAsUserMint', 'ActAsTrustedUserIdMint', 'GetOAuth2Token', 'GetApiKey', 'ReadProviderSecret', 'DecryptProviderSecret',
    'UseTokenVaultKey', 'DecryptWithFormerTokenVaultKey', 'DenyUndeclaredTokenActions', 'DenyMintingForOtherIdentities']],
  ['does nothing', { mint: false, vend: false, complete: false }, ['DenyUndeclaredTokenActions']],
])('of everything that an agent may, a part that %s gets its own share', (_situation, verbs, expected) => {
  expect(sids(rights({
    verbs,
    ownToken: true,
    userTokens: [OKTA_TOKENS],
    trustedUserIds: { prefixes: ['cognito+'], ids: [] },
    oauth2Providers: [GOOGLE, GITHUB],
    apiKeyProviders: [WEATHER],
    userProviders: [GOOGLE],
    trustedUserIdProviders: [GITHUB],
    secrets: [{ resources: [GOOGLE_SECRET], key: SECRETS_KEY, region: 'eu-west-1' }],
    vaultKey: VAULT_KEY,
    formerVaultKeys: [FORMER_KEY],
  }))).toEqual(expected);
});

describe('whatever is declared', () => {
  const one = <T>(...values: T[]) => fc.constantFrom(...values);
  const some = <T>(...values: T[]) => fc.subarray(values);
  const anyTokens = fc.record({
    issuer: one(OKTA, ACCOUNTS_GOOGLE), audiences: some('agents', 'web'), clients: some('4f1c'), scopes: some('agents:use'), subjects: some('00u1', '00u2'),
  });
  const anyRights: fc.Arbitrary<Rights> = fc.record({
    verbs: fc.record({ mint: fc.boolean(), vend: fc.boolean(), complete: fc.boolean() }),
    ownToken: fc.boolean(),
    userTokens: fc.array(anyTokens, { maxLength: 3 }),
    trustedUserIds: fc.option(fc.record({ prefixes: some('cognito+', 'okta+'), ids: some('acme+1', 'acme+2') })
      .filter(({ prefixes, ids }) => prefixes.length + ids.length > 0), { nil: undefined }),
    oauth2Providers: fc.shuffledSubarray([GITHUB, GOOGLE]),
    apiKeyProviders: fc.shuffledSubarray([NEWS, WEATHER]),
    userProviders: some(GITHUB, GOOGLE),
    trustedUserIdProviders: some(GITHUB, GOOGLE),
    secrets: fc.array(fc.record({
      resources: fc.shuffledSubarray([GITHUB_SECRET, GOOGLE_SECRET], { minLength: 1 }),
      key: one(SECRETS_KEY, undefined),
      region: one('eu-west-1', 'us-east-1'),
    }), { maxLength: 3 }),
    suspended: fc.boolean(),
    suspendedProviders: some(NEWS),
    vaultKey: one(VAULT_KEY, undefined),
    formerVaultKeys: some(FORMER_KEY),
  }).map(rights);
  const always = (check: (given: Rights, statements: Statement[]) => void) =>
    fc.assert(fc.property(anyRights, (given) => check(given, statementsFor(given))), { seed: 20261121, numRuns: 500 });

  test('every token operation is either allowed or denied', () => {
    always((_given, statements) => {
      const actionsOf = (found: Statement[]) => found.flatMap(({ actions }) => actions);
      const allowed = actionsOf(statements.filter(({ effect }) => effect === 'Allow'));
      const denied = actionsOf(statements.filter(({ effect, resources }) => effect === 'Deny' && resources?.[0].arn === '*'));
      expect([...TOKEN_ACTIONS.filter((action) => allowed.includes(action)), ...denied].sort()).toEqual([...TOKEN_ACTIONS].sort());
    });
  });

  test('an Allow names what it was given, never everything', () => {
    always((given, statements) => {
      const known = [
        given.directory, given.identity, given.vault, given.vaultKey, ...given.formerVaultKeys,
        ...given.oauth2Providers, ...given.apiKeyProviders, ...given.userProviders, ...given.trustedUserIdProviders,
        ...given.secrets.flatMap(({ resources, key }) => [...resources, key]),
      ];
      for (const { resources, notResources } of statements.filter(({ effect }) => effect === 'Allow')) {
        expect(notResources).toBeUndefined();
        expect(resources!.filter((resource) => !known.includes(resource))).toEqual([]);
      }
    });
  });

  test('no part gets the operations of another verb', () => {
    always(({ verbs }, statements) => {
      const allowed = statements.filter(({ effect }) => effect === 'Allow').flatMap(({ actions }) => actions);
      const of = (pattern: RegExp) => allowed.filter((action) => pattern.test(action));
      expect(verbs.mint ? [] : of(/GetWorkloadAccessToken/)).toEqual([]);
      expect(verbs.vend ? [] : of(/GetResource/)).toEqual([]);
      expect(verbs.complete ? [] : of(/CompleteResourceTokenAuth/)).toEqual([]);
      expect(verbs.vend || verbs.complete ? [] : of(/^secretsmanager:|^kms:/)).toEqual([]);
    });
  });

  test.each([
    ['bedrock-agentcore:GetWorkloadAccessTokenForJWT', 'bedrock-agentcore:InboundJwtClaim/iss'],
    ['bedrock-agentcore:GetWorkloadAccessTokenForUserId', 'bedrock-agentcore:userid'],
    ['secretsmanager:GetSecretValue', 'aws:ViaAWSService'],
    ['kms:Decrypt', 'kms:ViaService'],
    ['kms:Encrypt', 'kms:ViaService'],
  ])('an Allow of %s always has a condition on %s', (action, key) => {
    always((_given, statements) => {
      const unconditional = statements.filter(({ effect, actions, conditions }) =>
        effect === 'Allow' && actions.includes(action) && !conditions.some((condition) => condition.key === key && condition.values.length > 0));
      expect(unconditional).toEqual([]);
    });
  });

  test('Sids are valid and each is there once', () => {
    always((_given, statements) => {
      const all = statements.map(({ sid }) => sid);
      expect(all.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
      expect(new Set(all).size).toBe(all.length);
    });
  });

  test('the order of declarations does not matter', () => {
    always((given, statements) => {
      const oauth2Providers = [...given.oauth2Providers].reverse();
      const apiKeyProviders = [...given.apiKeyProviders].reverse();
      expect(statementsFor({ ...given, oauth2Providers, apiKeyProviders })).toEqual(statements);
    });
  });
});

function sids(given: Rights): string[] {
  return statementsFor(given).map(({ sid }) => sid);
}

test('without a customer-managed key, no statement is about one', () => {
  const given = rights({ verbs: VEND, oauth2Providers: [GOOGLE], secrets: [{ resources: [GOOGLE_SECRET], region: 'eu-west-1' }] });
  expect(statementsFor(given).map(({ sid }) => sid)).toEqual(['GetOAuth2Token', 'ReadProviderSecret', 'DenyUndeclaredTokenActions']);
});
