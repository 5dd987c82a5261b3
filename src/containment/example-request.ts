import { KeyValue } from './key-constraint';
import { isPolicyVariable, patternSet, readPattern } from './pattern';
import { PolicyStatement } from './policy-statement';
import { Literal, Side, solveSubject } from './region';
import type { Cube } from './region-search';
import { remembered } from './remembered';

/** A request as IAM sees one. What only deployment knows stands as `${...}`. */
export interface ExampleRequest {
  readonly action: string;
  readonly resource: string;
  /** In trust and resource policies: `AWS:<ARN>`, `Service:<name>`. */
  readonly principal?: string;
  /** Where it matters whether the principal's own policies allow the request too. */
  readonly allowedByOwnPolicy?: boolean;
  /** Keys in small letters. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that the request must not have. */
  readonly without: readonly string[];
}

/** Actions that say more to a reader than an invented name, the worst ones first. */
const WELL_KNOWN = [
  'bedrock-agentcore:GetWorkloadAccessTokenForUserId', 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', 'bedrock-agentcore:GetWorkloadAccessToken',
  'bedrock-agentcore:GetResourceOauth2Token', 'bedrock-agentcore:GetResourceApiKey', 'bedrock-agentcore:CompleteResourceTokenAuth', 'bedrock-agentcore:GetResourcePaymentToken',
  'bedrock-agentcore:InvokeGateway', 'bedrock-agentcore:InvokeAgentRuntime', 'bedrock-agentcore:UpdateGateway', 'bedrock-agentcore:SetTokenVaultCMK',
  'bedrock-agentcore:DeleteWorkloadIdentity', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'kms:Decrypt', 'kms:Encrypt', 'kms:ScheduleKeyDeletion',
  'sts:AssumeRole', 'sts:GetWebIdentityToken', 'iam:PassRole', 'lambda:InvokeFunction', 's3:GetObject', 's3:PutObject', 'dynamodb:GetItem',
];

/** Resources by service, and one for any other. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  'bedrock-agentcore': [
    'arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/another-agent',
    'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/another-provider',
  ],
  'secretsmanager': ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:another-secret-AbCdEf'],
  'kms': ['arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-4333-8444-555555555555'],
  's3': ['arn:aws:s3:::another-bucket/object'],
  'sts': ['arn:aws:iam::111122223333:role/another-role'],
  'iam': ['arn:aws:iam::111122223333:role/another-role'],
};

const PRINCIPALS = ['AWS:arn:aws:iam::444455556666:role/another-role', 'Service:another-service.amazonaws.com'];

/** A request out of a cube; `undefined` where it would need a value that its own keys rule out. */
export function exampleRequest(cube: Cube, statements: readonly PolicyStatement[]): ExampleRequest | undefined {
  const values = new Map([...cube].map(([about, literals]) => [about, literals] as const));
  const mentioned = statements.flatMap(({ actions = [], notActions = [] }) => [...actions, ...notActions]).filter((action) => /^[\w-]+:\w+$/.test(action));
  const action = sideValue(values.get('action'), 'action', [...WELL_KNOWN, ...mentioned]) ?? 'sts:GetCallerIdentity';
  const named = namedAction(action, mentioned);
  const [service] = action.split(':');
  const resource = sideValue(values.get('resource'), 'resource', RESOURCES[service] ?? [`arn:aws:${service}:eu-west-1:111122223333:another`]) ?? '*';
  const principal = sideValue(values.get('principal'), 'principal', PRINCIPALS);
  const own = sideValue(values.get('own policy'), 'own policy', []);
  const keys = [...values].filter(([about]) => about.startsWith('key ')).map(([about, literals]): [string, KeyValue] => [about.slice('key '.length), keyValue(literals)]);
  const example: ExampleRequest = {
    action: named,
    resource,
    ...(principal !== undefined ? { principal } : {}),
    ...(own !== undefined ? { allowedByOwnPolicy: own === '1' } : {}),
    context: Object.fromEntries(keys.filter(([, value]) => value !== undefined).sort(byName)) as ExampleRequest['context'],
    without: keys.filter(([, value]) => value === undefined).map(([key]) => key).sort(),
  };
  return isPossible(example) ? example : undefined;
}

/** The example in words, for one line. */
export function exampleText({ action, resource, principal, allowedByOwnPolicy, context, without }: ExampleRequest): string {
  const keys = Object.entries(context).map(([key, value]) => `${key} = ${[value].flat().join(', ')}`);
  const own = allowedByOwnPolicy === false ? ', whose own policies do not allow it' : '';
  return `${principal !== undefined ? `${principal.replace(':', ' ')}${own} may ` : ''}${action} on ${resource}`
    + `${keys.length > 0 ? ` with ${keys.join(' and ')}` : ''}${without.length > 0 ? ` ${keys.length > 0 ? 'and ' : ''}without ${without.join(' and ')}` : ''}`;
}

const exactText = remembered((value) => patternSet([readPattern(value, { wildcards: false })]));
const foldedText = remembered((value) => patternSet([readPattern(value, { wildcards: false, folded: true })]));

/** The first of some known values that meets the literals, else the one that was found. */
function sideValue(literals: readonly Literal[] | undefined, side: Side, known: readonly string[]): string | undefined {
  if (literals === undefined) {
    return undefined;
  }
  const given = (value: string): Literal => ({ side, set: side === 'action' ? foldedText(value) : exactText(value), holds: true });
  const nice = known.find((value) => typeof solveSubject([...literals, given(value)]) === 'object');
  return nice ?? textOf(solveSubject(literals));
}

function keyValue(literals: readonly Literal[]): KeyValue {
  const answer = solveSubject(literals);
  return typeof answer === 'object' ? answer.value : undefined;
}

function textOf(answer: ReturnType<typeof solveSubject>): string {
  return typeof answer === 'object' ? String(answer.value) : '';
}

/** As it is written somewhere: IAM does not tell the case of letters. */
function namedAction(action: string, mentioned: readonly string[]): string {
  return [...WELL_KNOWN, ...mentioned].find((known) => known.toLowerCase() === action.toLowerCase()) ?? action;
}

/** A variable in the example stands for a key that the request has; what else is asked of that key was not looked at. */
function isPossible({ resource, context, without }: ExampleRequest): boolean {
  const texts = [resource, ...Object.values(context).flat()];
  const variables = texts.flatMap((text) => [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name)).filter(isPolicyVariable);
  return !variables.some((name) => {
    const key = name.split(',')[0].trim().toLowerCase();
    return key in context || without.includes(key);
  });
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
