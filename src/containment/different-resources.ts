import { isPseudoParameter, Pattern, Token } from './pattern';

/**
 * Types of which each resource has a name or id of its own, where CloudFormation makes it up, with the characters that never stand in it.
 * The words are those of what only deployment knows: `<type> <path>.<attribute>`.
 */
const NOT_IN_NAME: Readonly<Record<string, string>> = {
  'AWS::SecretsManager::Secret': ':',
  'AWS::KMS::Key': '/:',
  'AWS::IAM::Role': '/:',
  'AWS::IAM::User': '/:',
  'AWS::Lambda::Function': '/:',
  'AWS::S3::Bucket': '/:',
  'AWS::DynamoDB::Table': '/:',
  'AWS::SQS::Queue': '/:',
  'AWS::SNS::Topic': '/:',
  'AWS::ECR::Repository': ':',
  'AWS::Logs::LogGroup': ':',
  'AWS::Cognito::UserPool': '/:',
  'AWS::BedrockAgentCore::Gateway': '/:',
  'AWS::BedrockAgentCore::Runtime': '/:',
  'AWS::BedrockAgentCore::PolicyEngine': '/:',
  'AWS::BedrockAgentCore::Memory': '/:',
};

/**
 * Whether two patterns of ARNs are about different resources of one app, so that no ARN matches both: the same up to the name, which is
 * that of another resource of the same type. Both have to be in the app: else one may be the other under a new path.
 */
export function areOfDifferentResources(one: Pattern, other: Pattern, resources: ReadonlySet<string>): boolean {
  if (one.unsure !== undefined || other.unsure !== undefined) {
    return false;
  }
  const at = one.tokens.findIndex((token, index) => !isSame(token, other.tokens[index]));
  const [mine, theirs] = [nameAt(one.tokens, at, resources), nameAt(other.tokens, at, resources)];
  return mine !== undefined && theirs !== undefined && mine.type === theirs.type && mine.attribute === theirs.attribute && mine.resource !== theirs.resource
    && resources.has(mine.resource) && resources.has(theirs.resource);
}

/** In front of the name there must be nothing that could be several texts. */
function isSame(one: Token, other: Token | undefined): boolean {
  return other !== undefined && ((one.kind === 'text' && other.kind === 'text' && one.char === other.char)
    || (one.kind === 'unknown' && other.kind === 'unknown' && one.name === other.name && isPseudoParameter(one.name)));
}

interface DeployedName {
  readonly type: string;
  readonly resource: string;
  readonly attribute: string;
}

/** A name that is known at deployment, with an end that shows where it stops. */
function nameAt(tokens: readonly Token[], at: number, resources: ReadonlySet<string>): DeployedName | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.kind !== 'unknown') {
    return undefined;
  }
  const [type] = token.name.split(' ');
  // A secret has its suffix and no attribute; a path may have a dot.
  const resource = resources.has(token.name) ? token.name : token.name.replace(/\.\w+$/, '');
  const attribute = token.name.slice(resource.length);
  const ends = next === undefined || (next.kind === 'text' && NOT_IN_NAME[type]?.includes(next.char) === true);
  return type in NOT_IN_NAME && ends ? { type, resource, attribute } : undefined;
}
