import { aws_iam as iam, Stack, Token } from 'aws-cdk-lib';
import { AgentPart } from './agent-part';
import { roleLabel } from './role-arn';
import { ArnTarget, arnTarget, finalName, isLiteralName, roleKey } from './role-key';
import { l1Runtime } from './runtime-id';
import { Problems } from '../declaration/problems';
import { finalProperty } from '../declaration/rendered-properties';
import { knownToDiffer } from '../declaration/same-value';

/** So much of a stack's name is at the beginning of the names that CloudFormation makes up in it, at least. */
const STACK_NAME_IN_NAMES = 20;

/** The code runs with the role that the runtime has in the template: rights on another one would be worth nothing, or somebody else's. */
export function expectRoleOfRuntime(problems: Problems, { name, host }: Pick<AgentPart, 'name' | 'host'>): void {
  const runtime = host.runtime === undefined ? undefined : l1Runtime(host.runtime);
  if (runtime === undefined) {
    return;
  }
  const arn = finalProperty(runtime, runtime.roleArn, 'RoleArn');
  const target = arnTarget(runtime, arn);
  problems.expect(!isKnownToBeAnother(arn, target, host.iamRole), {
    code: 'AgentHost/RuntimeRole',
    what: `the runtime ${runtime.node.path} of part ${name} runs with another role than the one that was declared, which would get the agent's rights`,
    received: target.l1?.node.path ?? target.name,
    allowed: roleLabel(host.iamRole),
    fix: 'Write roleArn: role.roleArn on the runtime, and AgentHost.agentRuntime(runtime, { role }) with the same role; no override of RoleArn.',
  });
}

/** What only deployment knows may be the declared role. */
export function isKnownToBeAnother(arn: unknown, target: ArnTarget, declared: iam.IRoleRef): boolean {
  const { home, name } = roleKey(declared);
  if (target.l1 !== undefined) {
    return home !== target.l1 && (iam.CfnRole.isCfnRole(home) || (isLiteralName(name) && isNotNamed(target.l1, name)));
  }
  if (target.name === name) {
    return name !== undefined && isOfOtherAccount(arn, declared);
  }
  return isLiteralName(target.name) && (isLiteralName(name) || (iam.CfnRole.isCfnRole(home) && isNotNamed(home, target.name)));
}

/** Whether a role that is made here has another name. One that CloudFormation makes up begins with the stack's. */
function isNotNamed(l1: iam.CfnRole, name: string): boolean {
  const given = finalName(l1);
  if (given !== undefined) {
    return isLiteralName(given) && given !== name;
  }
  const { stackName } = Stack.of(l1);
  return !Token.isUnresolved(stackName) && !name.startsWith(stackName.slice(0, STACK_NAME_IN_NAMES));
}

function isOfOtherAccount(arn: unknown, { env }: iam.IRoleRef): boolean {
  const account = typeof arn === 'string' && arn.startsWith('arn:') ? arn.split(':')[4] : undefined;
  return account !== undefined && knownToDiffer(account, env.account);
}
