import { aws_iam as iam, Stack, Token } from 'aws-cdk-lib';
import { isAudited } from './audited-place';
import type { IdentityAudit } from './identity-audit';
import type { Agent } from '../agent/agent';
import { resolveAgent } from '../agent/resolution';
import { roleArnFor } from '../agent/role-arn';
import { l1Role } from '../agent/role-key';
import { environmentOf } from '../declaration/environment';
import { Ledger } from '../declaration/ledger';
import { MINT_FOR_USER_ID } from '../permission/identity-action';

/** With which AWS mints for runtimes. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/service-linked-roles.html */
const RUNTIME_ROLE = 'role/aws-service-role/runtime-identity.bedrock-agentcore.amazonaws.com/AWSServiceRoleForBedrockAgentCoreRuntimeIdentity';

/** Who mints for user ids because the app declares it. */
export interface ExpectedMinters {
  readonly roleArns: readonly string[];
  /** Identities of agents whose role cannot be named in the audit's stack. */
  readonly workloads: readonly string[];
  /** Paths of agents of which neither is known there. */
  readonly unknown: readonly string[];
}

/** Only what can be named without a reference to another stack: that stack may need the audit's, and would be deployed first. */
export function expectedMinters(audit: IdentityAudit): ExpectedMinters {
  const agents = Ledger.of(audit).agents.filter((agent) => agent.suspendedReason === undefined && isAudited(audit, agent, agent._identity.scope));
  const minting = agents.flatMap((agent) => mintingRoles(agent).map((role) => ({ agent, arn: knownArn(audit.stack, role) })));
  const byIdentity = minting.filter(({ arn }) => arn === undefined).map(({ agent }) => agent);
  const isNamed = ({ _identity: { name } }: Agent) => !Token.isUnresolved(name);
  const namesUsers = agents.some(({ frontEnds }) => frontEnds.some(({ userIds }) => userIds !== undefined));
  const { partition, account } = environmentOf(audit);
  return {
    roleArns: once([...minting.flatMap(({ arn }) => arn ?? []), ...namesUsers ? [`arn:${partition}:iam::${account}:${RUNTIME_ROLE}`] : []]),
    workloads: once(byIdentity.filter(isNamed).map(({ _identity: { name } }) => name)),
    unknown: once(byIdentity.filter((agent) => !isNamed(agent)).map(({ node }) => node.path)),
  };
}

function mintingRoles(agent: Agent): iam.IRoleRef[] {
  return resolveAgent(agent).parts
    .filter(({ statements }) => statements.some(({ effect, actions }) => effect === 'Allow' && actions.includes(MINT_FOR_USER_ID)))
    .map(({ part }) => part.host.iamRole);
}

function knownArn(stack: Stack, role: iam.IRoleRef): string | undefined {
  const arn = roleArnFor(stack, role);
  const fromElsewhere = l1Role(role) === undefined && Stack.of(role) !== stack;
  return fromElsewhere && Token.isUnresolved(arn) ? undefined : arn;
}

function once(values: readonly string[]): string[] {
  return [...new Set(values)];
}
