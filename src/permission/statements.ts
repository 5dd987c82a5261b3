import {
  COMPLETE_SESSION, GET_API_KEY, GET_OAUTH2_TOKEN, GET_WEB_IDENTITY_TOKEN, INVOKE_GATEWAY,
  MINT_ACTIONS, MINT_FOR_ITSELF, MINT_FOR_USER_ID, MINT_FOR_USER_JWT, TOKEN_ACTIONS,
} from './identity-action';
import { INVOCATION_ACTIONS } from './invocation-statements';
import { Rights, SecretRights, TrustedUserIdRights, UserTokens, WebIdentityTokenRights } from './rights';
import { allow, byLabel, Condition, EVERYTHING, NamedResource, Statement } from './statement';

const READ_SECRET = 'secretsmanager:GetSecretValue';

/**
 * The statements that give exactly these rights, in a stable order.
 *
 * AWS checks a token operation against every resource it touches, so each Allow names the directory, the identity, and,
 * where credentials are handed out, the vault and the providers. The Denies at the end hold whatever else is attached to
 * the role.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html
 */
export function statementsFor(rights: Rights): Statement[] {
  if (rights.suspended === true) {
    const gateways = byLabel([...rights.gateways ?? [], ...rights.suspendedGateways ?? []]);
    return [
      deny('DenySuspendedAgent', TOKEN_ACTIONS, [rights.sharedWithOtherAgents === true ? rights.identity : EVERYTHING]),
      ...(gateways.length > 0 ? [deny('DenySuspendedAgentGateways', [INVOKE_GATEWAY], [EVERYTHING])] : []),
      ...denySecretsInCode('DenySuspendedAgentSecrets', [...(rights.secretsInCode ?? []).flatMap((secret) => secret.resources), ...rights.suspendedSecretsInCode ?? []]),
      ...(rights.invokesAgents === true && rights.sharedWithOtherAgents !== true ? [deny('DenySuspendedAgentInvocations', INVOCATION_ACTIONS, [EVERYTHING])] : []),
    ];
  }
  const allows = [
    ...(rights.verbs.mint ? mintStatements(rights) : []),
    ...(rights.verbs.vend ? vendStatements(rights) : []),
    ...(rights.verbs.vend ? gatewayStatements(rights) : []),
    ...(rights.verbs.complete ? completeStatements(rights) : []),
    ...(rights.verbs.vend || rights.verbs.complete ? [...secretStatements(rights.secrets), ...secretlessStatements(rights)] : []),
    ...(rights.verbs.vend || rights.verbs.complete ? vaultKeyStatements(rights) : []),
    ...readStatements('ReadSecretInCode', 'DecryptSecretInCode', rights.secretsInCode ?? [], []),
  ];
  return [...allows, ...standingDenies(rights, allows)];
}

function mintStatements(rights: Rights): Statement[] {
  const resources = [rights.directory, rights.identity];
  const mint = (sid: string, action: string, conditions: Condition[]): Statement => allow(sid, [action], resources, conditions);
  return [
    ...(rights.ownToken ? [mint('ActAsItselfMint', MINT_FOR_ITSELF, [])] : []),
    ...rights.userTokens.map((tokens, index) => mint(numbered('ActAsUserMint', index), MINT_FOR_USER_JWT, claimConditions(tokens))),
    ...(rights.trustedUserIds !== undefined
      ? userIdConditions(rights.trustedUserIds).map((condition, index) => mint(numbered('ActAsTrustedUserIdMint', index), MINT_FOR_USER_ID, [condition]))
      : []),
  ];
}

function vendStatements(rights: Rights): Statement[] {
  const around = [rights.directory, rights.identity, rights.vault];
  return [
    ...(rights.oauth2Providers.length > 0 ? [allow('GetOAuth2Token', [GET_OAUTH2_TOKEN], [...around, ...byLabel(rights.oauth2Providers)])] : []),
    ...(rights.apiKeyProviders.length > 0 ? [allow('GetApiKey', [GET_API_KEY], [...around, ...byLabel(rights.apiKeyProviders)])] : []),
  ];
}

/** Which tools behind the gateway the role may call is said by Cedar. */
function gatewayStatements({ gateways = [] }: Rights): Statement[] {
  return gateways.length === 0 ? [] : [allow('InvokeGateway', [INVOKE_GATEWAY], byLabel(gateways))];
}

function completeStatements(rights: Rights): Statement[] {
  const around = [rights.directory, rights.identity, rights.vault];
  const complete = (sid: string, providers: readonly NamedResource[], conditions: Condition[]): Statement[] =>
    providers.length === 0 ? [] : [allow(sid, [COMPLETE_SESSION], [...around, ...byLabel(providers)], conditions)];
  return [
    ...rights.userTokens.flatMap((tokens, index) =>
      complete(numbered('CompleteSessionOfUser', index), rights.userProviders, claimConditions(tokens))),
    ...(rights.trustedUserIds !== undefined
      ? userIdConditions(rights.trustedUserIds).flatMap((condition, index) =>
        complete(numbered('CompleteSessionOfTrustedUserId', index), rights.trustedUserIdProviders, [condition]))
      : []),
  ];
}

/** AgentCore reads the secret with the caller's permissions; `aws:ViaAWSService` keeps the agent's own code from it. */
function secretStatements(secrets: readonly SecretRights[]): Statement[] {
  const throughService: Condition = { operator: 'Bool', key: 'aws:ViaAWSService', values: ['true'] };
  return [
    ...readStatements('ReadProviderSecret', 'DecryptProviderSecret', secrets.filter(({ ofPrefix }) => ofPrefix !== true), [throughService]),
    // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-consent-portal-execution-role.html
    ...readStatements('ReadProviderSecretsOfPrefix', 'DecryptProviderSecretsOfPrefix', secrets.filter(({ ofPrefix }) => ofPrefix === true), [
      throughService, { operator: 'StringEquals', key: 'aws:ResourceTag/aws:secretsmanager:owningService', values: ['bedrock-agentcore-identity'] },
    ]),
  ];
}

/** Reading secrets, and decrypting them with their customers' keys. */
function readStatements(readSid: string, decryptSid: string, secrets: readonly SecretRights[], conditions: readonly Condition[]): Statement[] {
  const resources = byLabel(secrets.flatMap((secret) => secret.resources));
  const read = resources.length === 0 ? [] : [allow(readSid, [READ_SECRET], resources, conditions)];
  const regions: string[] = [];
  for (const secret of secrets) {
    if (secret.key !== undefined && !regions.includes(secret.region)) {
      regions.push(secret.region);
    }
  }
  const decrypt = regions.map((region, index) => allow(
    numbered(decryptSid, index),
    ['kms:Decrypt'],
    byLabel(secrets.flatMap((secret) => secret.key !== undefined && secret.region === region ? [secret.key] : [])),
    [viaService('secretsmanager', region)],
  ));
  return [...read, ...decrypt];
}

/** Clients without a secret: AgentCore signs, or gets a token, with the caller's permissions; the agent's own code cannot. */
function secretlessStatements({ signingKeys = [], webIdentityTokens = [] }: Rights): Statement[] {
  const regions = [...new Set(signingKeys.map(({ region }) => region))];
  return [
    ...regions.map((region, index) => allow(
      numbered('SignClientAssertion', index),
      ['kms:Sign', 'kms:DescribeKey'],
      byLabel(signingKeys.filter((signing) => signing.region === region).map(({ key }) => key)),
      [viaService('bedrock-agentcore-identity', region)],
    )),
    ...webIdentityStatements(webIdentityTokens),
  ];
}

/** One statement for each algorithm: IAM cannot say which audience goes with which. A token for any audience stands by itself. */
function webIdentityStatements(tokens: readonly WebIdentityTokenRights[]): Statement[] {
  const groups = new Map<string, WebIdentityTokenRights[]>();
  for (const token of tokens) {
    const group = `${token.audiences.length === 0 ? 'any' : 'listed'} ${token.signingAlgorithm ?? ''}`;
    groups.set(group, [...groups.get(group) ?? [], token]);
  }
  return [...groups.keys()].sort().reverse().map((group, index) => {
    const [{ signingAlgorithm }] = groups.get(group)!;
    const audiences = new Map(groups.get(group)!.flatMap((token) => token.audiences).map(({ value, label }) => [label, value]));
    const values = [...audiences.keys()].sort().map((label) => audiences.get(label)!);
    return allow(numbered('GetWebIdentityToken', index), [GET_WEB_IDENTITY_TOKEN], [EVERYTHING], [
      { operator: 'Bool', key: 'aws:ViaAWSService', values: ['true'] },
      // A token may be for several audiences: all of them have to be listed, and there has to be one.
      ...(values.length > 0 ? [
        { operator: 'ForAllValues:StringEquals', key: 'sts:IdentityTokenAudience', values },
        { operator: 'Null', key: 'sts:IdentityTokenAudience', values: ['false'] },
      ] : []),
      ...(signingAlgorithm !== undefined ? [{ operator: 'StringEquals', key: 'sts:SigningAlgorithm', values: [signingAlgorithm] }] : []),
    ]);
  });
}

/** Users' tokens are in the vault, so only those who get or complete OAuth2 tokens need its key. */
function vaultKeyStatements(rights: Rights): Statement[] {
  const usesTokens = rights.verbs.vend ? rights.oauth2Providers.length > 0 : rights.userProviders.length + rights.trustedUserIdProviders.length > 0;
  if (!usesTokens) {
    return [];
  }
  const through = [viaService('bedrock-agentcore-identity', rights.vaultKeyRegion)];
  return [
    ...(rights.vaultKey !== undefined
      ? [allow('UseTokenVaultKey', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'], [rights.vaultKey], through)]
      : []),
    ...(rights.formerVaultKeys.length > 0
      ? [allow('DecryptWithFormerTokenVaultKey', ['kms:Decrypt'], byLabel(rights.formerVaultKeys), through)]
      : []),
  ];
}

/** What the role may never do, whatever other policies it carries. */
function standingDenies(rights: Rights, allows: readonly Statement[]): Statement[] {
  const allowed = new Set(allows.flatMap((statement) => statement.actions));
  // A return page that several agents share completes for the others, whatever this one declares.
  const undeclared = TOKEN_ACTIONS.filter((action) => !allowed.has(action) && !(rights.sharedWithOtherAgents === true && action === COMPLETE_SESSION));
  const mints = MINT_ACTIONS.some((action) => allowed.has(action));
  const suspended = rights.suspendedProviders ?? [];
  const gateways = rights.suspendedGateways ?? [];
  return [
    // Never empty: no capability asks for a payment token.
    deny('DenyUndeclaredTokenActions', undeclared, [EVERYTHING]),
    ...(rights.suspendedOnSharedRole === true ? [deny('DenySuspendedIdentity', [COMPLETE_SESSION], [rights.identity])] : []),
    ...(suspended.length > 0 ? [deny('DenySuspendedProviders', [GET_OAUTH2_TOKEN, GET_API_KEY, COMPLETE_SESSION], byLabel(suspended))] : []),
    ...(gateways.length > 0 ? [deny('DenySuspendedGateways', [INVOKE_GATEWAY], byLabel(gateways))] : []),
    ...denySecretsInCode('DenySuspendedSecrets', rights.suspendedSecretsInCode ?? []),
    ...(mints
      ? [{
        sid: 'DenyMintingForOtherIdentities',
        effect: 'Deny' as const,
        actions: MINT_ACTIONS.filter((action) => allowed.has(action)),
        notResources: [rights.directory, rights.identity],
        conditions: [],
      }]
      : []),
  ];
}

/** `aud` and `scope` are multi-valued in IAM, the others are single values. */
function claimConditions(tokens: UserTokens): Condition[] {
  const claim = (operator: string, name: string, values: readonly string[]): Condition[] =>
    values.length === 0 ? [] : [{ operator, key: `bedrock-agentcore:InboundJwtClaim/${name}`, values }];
  return [
    ...claim('StringEquals', 'iss', [tokens.issuer]),
    ...claim('StringEquals', 'client_id', tokens.clients),
    ...claim('StringEquals', 'sub', tokens.subjects),
    ...claim('ForAnyValue:StringEquals', 'aud', tokens.audiences),
    ...claim('ForAnyValue:StringEquals', 'scope', tokens.scopes),
  ];
}

/** Prefixes are patterns; single ids, which may be deploy-time values, must not be. */
function userIdConditions({ prefixes, ids }: TrustedUserIdRights): Condition[] {
  const key = 'bedrock-agentcore:userid';
  return [
    ...(prefixes.length > 0 ? [{ operator: 'StringLike', key, values: prefixes.map((prefix) => `${prefix}*`) }] : []),
    ...(ids.length > 0 ? [{ operator: 'StringEquals', key, values: ids }] : []),
  ];
}

function viaService(service: string, region: string): Condition {
  return { operator: 'StringEquals', key: 'kms:ViaService', values: [`${service}.${region}.amazonaws.com`] };
}

function deny(sid: string, actions: readonly string[], resources: readonly NamedResource[]): Statement {
  return { sid, effect: 'Deny', actions, resources, conditions: [] };
}

function denySecretsInCode(sid: string, secrets: readonly NamedResource[]): Statement[] {
  return secrets.length === 0 ? [] : [deny(sid, [READ_SECRET], byLabel(secrets))];
}

function numbered(sid: string, index: number): string {
  return index === 0 ? sid : `${sid}${index + 1}`;
}
