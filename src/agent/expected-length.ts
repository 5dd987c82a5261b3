import {
  aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable,
  IResolveContext, Reference, Stack, StringConcat, Token, Tokenization,
} from 'aws-cdk-lib';
import { estimatedLength } from './estimated-length';
import { environmentOf } from '../declaration/environment';

/** What AWS appends to names: ten characters to those of runtimes, up to thirteen to those that CloudFormation makes up, six to those of secrets. */
const RUNTIME_SUFFIX = 11;
const MADE_UP_SUFFIX = 14;
const SECRET_SUFFIX = 7;

const LONGEST_RUNTIME_NAME = 48;
const LONGEST_ENDPOINT_NAME = 48;
const LONGEST_ROLE_NAME = 64;
const LONGEST_ROLE_PATH = 512;
const UUID = 36;

/** The length of `estimatedLength`, closer: of the resources that policies name most, it is known how long their ARNs become. Takes longer. */
export function expectedLengthIn(stack: Stack, value: unknown): number {
  return estimatedLength(Tokenization.resolve(value, { scope: stack, resolver: new Filling(), preparing: false }));
}

class Filling extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const length = Reference.isReference(token) && CfnElement.isCfnElement(token.target) ? lengthOfArn(token.target, token.displayName) : undefined;
    if (length !== undefined) {
      return 'x'.repeat(length);
    }
    const resolved: unknown = super.resolveToken(token, context, postProcessor);
    // As text, since pieces of a text are joined as text here.
    return typeof resolved === 'object' && resolved !== null && !Array.isArray(resolved) ? 'x'.repeat(estimatedLength(resolved) - 2) : resolved;
  }
}

function lengthOfArn(target: CfnElement, attribute: string): number | undefined {
  if (agentcore.CfnRuntime.isCfnRuntime(target) && attribute === 'AgentRuntimeArn') {
    return prefix(target, 'bedrock-agentcore') + 'runtime/'.length + known(target.agentRuntimeName, LONGEST_RUNTIME_NAME) + RUNTIME_SUFFIX;
  }
  if (agentcore.CfnRuntimeEndpoint.isCfnRuntimeEndpoint(target) && attribute === 'AgentRuntimeEndpointArn') {
    return prefix(target, 'bedrock-agentcore') + 'runtime/'.length + LONGEST_RUNTIME_NAME + RUNTIME_SUFFIX + '/runtime-endpoint/'.length + known(target.name, LONGEST_ENDPOINT_NAME);
  }
  if (iam.CfnRole.isCfnRole(target) && attribute === 'Arn') {
    const { partition, account } = environmentOf(target);
    const name = target.roleName === undefined ? LONGEST_ROLE_NAME : known(target.roleName, LONGEST_ROLE_NAME);
    return 'arn:'.length + known(partition, 10) + ':iam::'.length + known(account, 12) + ':role'.length + known(target.path ?? '/', LONGEST_ROLE_PATH) + name;
  }
  if (secretsmanager.CfnSecret.isCfnSecret(target) && attribute === 'Ref') {
    const name = target.name === undefined ? known(target.stack.resolve(target.logicalId), 255) + MADE_UP_SUFFIX : known(target.name, 512);
    return prefix(target, 'secretsmanager') + 'secret:'.length + name + SECRET_SUFFIX;
  }
  if (kms.CfnKey.isCfnKey(target) && attribute === 'Arn') {
    return prefix(target, 'kms') + 'key/'.length + UUID;
  }
  return undefined;
}

/** `arn:<partition>:<service>:<region>:<account>:` */
function prefix(target: CfnElement, service: string): number {
  const { partition, region, account } = environmentOf(target);
  return 'arn:'.length + known(partition, 10) + 1 + service.length + 1 + known(region, 14) + 1 + known(account, 12) + 1;
}

function known(text: string, longest: number): number {
  return Token.isUnresolved(text) ? longest : text.length;
}
