import type { ComparedApp, ComparedPolicies } from '../../src/comparison/compared-app';
import type { GatewayAccess } from '../../src/gateway/gateway-access';
import type { AccessModel, AgentAccess } from '../../src/review/access-model';
import { readStatement } from '../containment/written-statement';

/** Plain data that a test may change. */
export type Changeable<T> = T extends readonly (infer Item)[] ? Changeable<Item>[] : T extends object ? { -readonly [Key in keyof T]: Changeable<T[Key]> } : T;

export type ChangeableApp = Changeable<{ model: AccessModel; policies: ComparedPolicies }>;

const ENVIRONMENT = { account: '111122223333', region: 'eu-west-1' };
const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
export const MINT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
export const ISS = 'bedrock-agentcore:InboundJwtClaim/iss';
export const identityArn = (name: string) => `${AC}:workload-identity-directory/default/workload-identity/${name}`;

const AGENT: AgentAccess = {
  path: 'Sales/Scheduler',
  environment: ENVIRONMENT,
  identity: { name: 'scheduler', madeHere: true },
  owner: { name: 'sales-tools', contact: 'sales@example.com' },
  callers: [{ issuer: 'https://acme', audiences: ['api://agents'], clients: [], scopes: [] }],
  returnUrls: ['https://agents.example.com/return'],
  parts: [{
    name: 'Host',
    host: 'Lambda function',
    role: 'Sales/Function/ServiceRole',
    verbs: ['mint'],
    attachedHere: true,
    statements: [{ sid: 'ActAsUserMint', effect: 'Allow', actions: [MINT], resources: ['workload-identity/scheduler'], arns: [], conditions: [{ operator: 'StringEquals', key: ISS, values: ['https://acme'] }] }],
  }],
  capabilities: [{
    kind: 'act as user',
    asWhom: 'the signed-in user: users whose "groups" contains "sales"',
    delegation: 'user → agent',
    tokenPath: [],
    provider: 'Platform/Google',
    providerName: 'google',
    scopes: ['calendar.readonly'],
    limits: [
      { limit: 'tokens of "https://acme"', enforcedBy: 'IAM' as never, how: 'conditions' },
      { limit: 'users whose "groups" contains "sales"', enforcedBy: 'application' as never, how: 'the code asks' },
    ],
    reason: 'Finds free slots',
    statements: ['ActAsUserMint'],
  }],
  remainingWildcards: [],
  leftToOthers: [],
};

const GATEWAY: GatewayAccess = {
  path: 'Platform/Tools',
  environment: ENVIRONMENT,
  name: 'tools',
  owner: { name: 'platform', contact: 'p@example.com' },
  protocol: 'MCP',
  inbound: { kind: 'CUSTOM_JWT', issuers: ['https://acme'], audiences: ['api://tools'], clients: [], scopes: [], claims: ['dept EQUALS sales'] },
  enforcement: { mode: 'ENFORCE' },
  role: 'Platform/Tools/Role',
  statements: [],
  remainingWildcards: [],
  leftToOthers: [],
  encryptionKey: 'Platform/Key',
  targets: [{
    name: 'crm',
    kind: 'Lambda',
    asWhom: 'the gateway\'s role',
    credentials: 'GATEWAY_IAM_ROLE',
    scopes: [],
    tools: [{ tool: 'read', effect: 'permit', who: 'everybody', reason: 'r', cedar: [] }, { tool: 'delete', effect: 'forbid', who: 'everybody', cedar: [] }],
  }],
  rateLimits: [],
};

/** An app as its report and its templates have it. */
export function twoAgents(): ChangeableApp {
  const other = { ...AGENT, path: 'Sales/Triage', identity: { name: 'triage', madeHere: true }, parts: [{ ...AGENT.parts[0], role: 'Sales/TriageFunction/ServiceRole' }] };
  const principal = (id: string, name: string) => ({
    id,
    aliases: [],
    foreignPolicies: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    statements: [
      readStatement({ Action: MINT, Resource: identityArn(name), Condition: { StringEquals: { [ISS]: 'https://acme' } } }),
      readStatement({ Effect: 'Deny', Action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', Resource: '*' }),
    ],
    trust: [readStatement({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } })],
  });
  const app: ComparedApp = {
    model: {
      $schema: '',
      version: '1.0',
      machineClients: [],
      agents: [AGENT, other],
      gateways: [GATEWAY],
      providers: [{
        path: 'Platform/Google',
        name: 'google',
        kind: 'OAuth2',
        vendor: 'GoogleOauth2',
        environment: ENVIRONMENT,
        madeHere: true,
        secret: { kept: 'secret Platform/GoogleClient', jsonKey: 'client_secret', protectedBy: 'customer key Platform/Key' },
        usedBy: [],
      }],
      tokenVaults: [{ path: 'Platform/TokenVault', environment: ENVIRONMENT, key: 'Platform/Key', formerKeys: [], setHere: true, requiredKeyPolicy: [] }],
    },
    policies: {
      principals: [principal('Sales/Function/ServiceRole', 'scheduler'), principal('Sales/TriageFunction/ServiceRole', 'triage'), principal('Sales/Cleaner/Role', 'cleaner')],
      resourcePolicies: [{ id: 'AWS::KMS::Key Platform/Key', comesWithResource: true, statements: [readStatement({ Action: 'kms:*', Resource: '*', Principal: { AWS: 'arn:aws:iam::111122223333:root' } })] }],
      cedarPolicies: [{ id: 'Platform/ReadPolicy', engine: 'engine', mode: 'ACTIVE', statement: 'permit (principal, action == AgentCore::Action::"crm___read", resource);' }],
      gateways: [],
      unread: [],
    },
  };
  return JSON.parse(JSON.stringify(app)) as ChangeableApp;
}
