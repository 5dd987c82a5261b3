import type { PolicyCondition, PolicyStatement } from '../../src/containment/policy-statement';

/** The same numbers for the same seed (Lehmer's generator). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 69_621 + 1) % 2_147_483_647;
    Array.from({ length: 5 }, () => this.number(2));
  }

  public number(below: number): number {
    this.state = (this.state * 48_271) % 2_147_483_647;
    return Math.floor((this.state / 2_147_483_647) * below);
  }

  public one<T>(values: readonly T[]): T {
    return values[this.number(values.length)];
  }

  public some<T>(values: readonly T[], most: number): T[] {
    return [...new Set(Array.from({ length: 1 + this.number(most) }, () => this.one(values)))];
  }

  public chance(percent: number): boolean {
    return this.number(100) < percent;
  }
}

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const identity = (name: string) => `${AC}:workload-identity-directory/default/workload-identity/${name}`;

export const ACTIONS = [
  'bedrock-agentcore:GetWorkloadAccessTokenForJWT', 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', 'bedrock-agentcore:GetResourceOauth2Token',
  'bedrock-agentcore:GetResourceApiKey', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue',
];
const ACTION_PATTERNS = [
  ...ACTIONS, 'bedrock-agentcore:*', 'bedrock-agentcore:Get*', 'bedrock-agentcore:*ForJWT', 'bedrock-agentcore:getworkloadaccesstokenfor*', 'bedrock-agentcore:GetResource*',
  'bedrock-agentcore:GetResource?????h2Token', 'secretsmanager:*', 'secretsmanager:?etSecretValue', '*',
];

const RESOURCE_PATTERNS = [
  ...['a', 'ab', 'a-b', 'b', 'a*', 'a-*', '*', '?', 'a?', '*b', '*-*', '**', '*?', 'a*b'].map(identity),
  `${AC}:workload-identity-directory/default`, `${AC}:token-vault/default/oauth2credentialprovider/g`, `${AC}:token-vault/default/*`, `${AC}:*`,
  'arn:aws:bedrock-agentcore:*:111122223333:token-vault/default/oauth2credentialprovider/g', 'arn:*:bedrock-agentcore:eu-west-1:*:*',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-??????',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-*', '*',
];

/** What only deployment fills in. */
const UNKNOWN_RESOURCES = [
  identity('${Stack Name}'), identity('${Stack Name}*'), identity('a${Stack Name}'), 'arn:aws:bedrock-agentcore:${AWS::Region}:${AWS::AccountId}:workload-identity-directory/default/workload-identity/a',
  'arn:${AWS::Partition}:bedrock-agentcore:${AWS::Region}:111122223333:*', '${AWS::SecretsManager::Secret Stack/S.Ref}', '${AWS::SecretsManager::Secret Stack/S.Ref}*',
];

/** Values that deployment could fill in. */
export const DEPLOYMENTS: readonly Readonly<Record<string, string>>[] = [
  { 'Stack Name': 'a', 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111122223333', 'AWS::Partition': 'aws', 'AWS::SecretsManager::Secret Stack/S.Ref': 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf' },
  { 'Stack Name': 'b', 'AWS::Region': 'us-east-1', 'AWS::AccountId': '444455556666', 'AWS::Partition': 'aws-cn', 'AWS::SecretsManager::Secret Stack/S.Ref': 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf' },
];

const ISS = 'bedrock-agentcore:InboundJwtClaim/iss';
const AUD = 'bedrock-agentcore:InboundJwtClaim/aud';
const USER = 'bedrock-agentcore:userid';
const VIA = 'aws:ViaAWSService';
const ARN = 'aws:SourceArn';
const texts = (operator: string, key: string, values: readonly string[]) => ({ operator, key, values });

const CONDITIONS: readonly { readonly operator: string; readonly key: string; readonly values: readonly string[] }[] = [
  ...['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'stringequals', 'StringEqualsIgnoreCase', 'StringNotEqualsIfExists'].map((operator) => texts(operator, ISS, ['https://a', 'https://b', 'HTTPS://A'])),
  ...['StringLike', 'StringNotLike', 'StringLikeIfExists'].map((operator) => texts(operator, USER, ['t-*', 't-1', '*1', '?-1', '*'])),
  ...['ForAnyValue:StringEquals', 'ForAllValues:StringEquals', 'ForAnyValue:StringNotEquals', 'ForAllValues:StringNotEquals', 'ForAnyValue:StringLike', 'ForAllValues:StringLike'].map((operator) => texts(operator, AUD, ['x', 'y', 'x*'])),
  ...[ISS, AUD, VIA, USER].map((key) => texts('Null', key, ['true', 'false'])),
  texts('Bool', VIA, ['true', 'false']),
  texts('BoolIfExists', VIA, ['true', 'false']),
  ...['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnLikeIfExists'].map((operator) => texts(operator, ARN, ['arn:aws:s3:::b', 'arn:aws:s3:::*', 'arn:aws:*:*:*:b', 'arn:aws:s3:*:1:x'])),
  texts('IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '192.0.2.0/24']),
  texts('NumericLessThan', 'aws:MultiFactorAuthAge', ['300', '3600']),
];

/** Everything that a request could say of the keys above, one or none at a time for each. */
export const CONTEXT_VALUES: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  [ISS]: ['https://a', 'https://b', 'HTTPS://A', 'https://c'],
  [USER]: ['t-1', 't-2', 'z1', 'q-1', 'z'],
  [AUD]: [['x'], ['y'], ['x', 'y'], ['x', 'z'], ['xx'], ['z']],
  [VIA]: ['true', 'false'],
  [ARN]: ['arn:aws:s3:::b', 'arn:aws:s3:::c', 'arn:aws:sqs:r:1:b', 'arn:aws:s3:q:1:x'],
  'aws:SourceIp': ['10.1.2.3', '192.0.2.1', '8.8.8.8'],
  'aws:MultiFactorAuthAge': ['10', '1000', '9999'],
};

/** Policies in the way of this library, with what others write between them. */
export function randomPolicy(dice: Dice, withUnknown: boolean): PolicyStatement[] {
  return Array.from({ length: 1 + dice.number(4) }, () => randomStatement(dice, withUnknown));
}

function randomStatement(dice: Dice, withUnknown: boolean): PolicyStatement {
  const actions = dice.some(ACTION_PATTERNS, 3);
  const resources = dice.some(withUnknown ? [...RESOURCE_PATTERNS, ...UNKNOWN_RESOURCES, ...UNKNOWN_RESOURCES] : RESOURCE_PATTERNS, 3);
  return {
    effect: dice.chance(70) ? 'Allow' : 'Deny',
    ...(dice.chance(85) ? { actions } : { notActions: actions }),
    ...(dice.chance(85) ? { resources } : { notResources: resources }),
    conditions: randomConditions(dice),
  };
}

function randomConditions(dice: Dice): PolicyCondition[] {
  const found = dice.chance(55)
    ? dice.some(CONDITIONS, 2).map(({ operator, key, values }) => ({ operator, key: dice.chance(10) ? key.toUpperCase() : key, values: dice.some(values, 2) })) : [];
  // One operator has a key once.
  return found.filter(({ operator, key }, index) => found.findIndex((other) => other.operator === operator && other.key.toLowerCase() === key.toLowerCase()) === index);
}

/** A change as people make them, in one statement. */
export function changed(dice: Dice, statements: readonly PolicyStatement[], withUnknown: boolean): PolicyStatement[] {
  const index = dice.number(statements.length);
  const statement = statements[index];
  const put = (...instead: PolicyStatement[]) => statements.flatMap((each, at) => (at === index ? instead : [each]));
  const { actions, resources, conditions } = statement;
  switch (dice.number(9)) {
    case 0: return put();
    case 1: return put(statement, randomStatement(dice, withUnknown));
    case 2: return put({ ...statement, conditions: conditions.slice(1) });
    case 3: return put({
      ...statement, conditions: conditions.length > 0 ? conditions.map((condition) => ({ ...condition, values: condition.values.slice(0, 1) })) : randomConditions(dice),
    });
    case 4: return actions === undefined || actions.length < 2 ? [...statements].reverse()
      : put({ ...statement, actions: actions.slice(1) }, { ...statement, actions: actions.slice(0, 1) });
    case 5: return resources === undefined || resources.length < 2 ? [...statements].reverse()
      : put({ ...statement, resources: resources.slice(1) }, { ...statement, resources: resources.slice(0, 1) });
    case 6: return put({ ...statement, ...(resources !== undefined ? { resources: [...resources, dice.one(RESOURCE_PATTERNS)] } : {}) });
    case 7: return put({
      ...statement, ...(actions !== undefined ? { actions: actions.map((action) => (dice.chance(50) ? action.toLowerCase() : dice.one(ACTION_PATTERNS))) } : {}),
    });
    default: return put({ ...statement, ...(resources !== undefined ? { resources: [...resources.slice(1), dice.one(RESOURCE_PATTERNS)] } : {}) });
  }
}
