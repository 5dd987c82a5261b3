import {
  aws_iam as iam, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization,
} from 'aws-cdk-lib';
import type { Agent } from './agent';
import { AgentPart } from './agent-part';
import { AgentVerb } from './agent-verb';
import { expectIdentityAsDeclared } from './identity-resource';
import { noticeRenamedRoles, pagesWithRole, partsWithRole, serviceWithRole } from './role-index';
import { expectRoleOfHost } from './role-of-host';
import { actsForUsers } from '../capability/user-token';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { environmentKey } from '../provider/provider-key';

/** Rules about roles and identities, which only show when all agents are declared. */
export function partRules(problems: Problems, agent: Agent, ledger: Ledger): void {
  noticeRenamedRoles(ledger, agent);
  expectOwnIdentity(problems, agent, ledger);
  expectSomebodyVends(problems, agent);
  expectIdentityAsDeclared(problems, agent);
  for (const part of agent.parts) {
    expectOwnRole(problems, part, ledger);
    expectSameAccount(problems, agent, part);
    expectMintingAsDeclared(problems, agent, part);
    expectRoleOfHost(problems, part);
  }
}

/** An identity that is made here has all its parts here: capabilities that no part can use are a mistake. */
function expectSomebodyVends(problems: Problems, agent: Agent): void {
  const uses = agent.capabilities.some(({ secret }) => secret === undefined);
  problems.expect(!agent.identityMadeHere || !uses || agent.parts.some(({ verbs }) => verbs.includes(AgentVerb.VEND)), {
    code: 'Agent/NobodyVends',
    what: 'the agent has capabilities, but no part that uses them',
    received: agent.parts.map(({ name }) => name),
    fix: 'Give it a host, or a part AgentPart.acting(…) or AgentPart.vending(…).',
  });
}

/** Two agents with one identity would share every user's consent. */
function expectOwnIdentity(problems: Problems, agent: Agent, ledger: Ledger): void {
  const byName = ledger.remember('identities', () => {
    const found = new Map<string, Agent[]>();
    ledger.agents.forEach((each) => found.set(identityText(each), [...found.get(identityText(each)) ?? [], each]));
    return found;
  });
  const other = byName.get(identityText(agent))?.find((candidate) => candidate !== agent && identityPlace(candidate) === identityPlace(agent));
  if (other !== undefined) {
    problems.add({
      code: 'Agent/IdentityShared',
      what: `the agent has the same workload identity as ${other.node.path}, so each could use what users consented to for the other`,
      received: agent.identityName,
      fix: 'Give each agent an identity of its own; several roles of one agent are its parts.',
    });
  }
}

/** Also of deploy-time values: the same expression about the same resources gives the same text. Logical ids alone do not tell two stacks apart. */
function identityText(agent: Agent): string {
  const name = agent.identityName;
  return Token.isUnresolved(name) ? JSON.stringify([Stack.of(agent).resolve(name), referencedResources(agent, name)]) : name;
}

function referencedResources(scope: Agent, value: string): string[] {
  const found: string[] = [];
  class Noting extends DefaultTokenResolver {
    public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
      if (Reference.isReference(token) && CfnResource.isCfnResource(token.target)) {
        found.push(token.target.node.path);
      }
      return super.resolveToken(token, context, postProcessor);
    }
  }
  Tokenization.resolve(value, { scope, resolver: new Noting(new StringConcat()), preparing: false });
  return found;
}

function identityPlace(agent: Agent): string {
  const { account, region } = agent._identity.scope;
  return environmentKey(agent, { account, region });
}

/** Inside one role IAM cannot pair an identity with a provider, so two agents in one role would have each other's rights. */
function expectOwnRole(problems: Problems, part: AgentPart, ledger: Ledger): void {
  const others = partsWithRole(ledger, part.host.iamRole)
    .filter(({ part: other }) => other !== part && !bothSayShared(part, other))
    .map(({ agent: candidate, part: other }) => `${candidate.node.path} (part ${other.name})`)
    .sort();
  const service = serviceWithRole(ledger, part.host.iamRole) ?? pagesWithRole(ledger, part.host.iamRole)[0];
  problems.expect(service === undefined, {
    code: 'Agent/RoleShared',
    what: `part ${part.name} has the role of ${service}: IAM cannot keep their rights apart inside one role`,
    received: part.host.iamRole.node.path,
    fix: 'Give the agent a role of its own; what a gateway does at its targets needs no agent.',
  });
  if (others.length > 0) {
    problems.add({
      code: 'Agent/RoleShared',
      what: `part ${part.name} has the same role as ${others.join(', ')}: IAM cannot keep their rights apart inside one role`,
      received: part.host.iamRole.node.path,
      fix: 'Give each agent, and each part of it, a role of its own. Only return pages may share one: AgentPart.sharedReturnPage(name, host, { reason }) on each agent.',
    });
  }
}

function bothSayShared(a: AgentPart, b: AgentPart): boolean {
  return a.sharedReason !== undefined && b.sharedReason !== undefined;
}

function expectSameAccount(problems: Problems, agent: Agent, part: AgentPart): void {
  const role = part.host.iamRole;
  if (knownToDiffer(role.env.account, agent._identity.scope.account)) {
    problems.add({
      code: 'Agent/RoleInOtherAccount',
      what: `the role of part ${part.name} is in account ${role.env.account}, the identity in ${agent._identity.scope.account}; AgentCore identities have no resource policy that would let another account in`,
      received: part.host.iamRole.roleRef.roleArn,
      fix: 'Use a role of the identity\'s account, which code in the other account may assume.',
    });
  }
}

/**
 * The official L2 Runtime lets a role that takes policies mint for every identity and every user. The standing Denies leave it
 * the agent's own identity, so the conditions on whose tokens are minted would not hold.
 */
function expectMintingAsDeclared(problems: Problems, agent: Agent, { name, host, verbs }: AgentPart): void {
  const ownRole = (host.runtime as { readonly role?: unknown } | undefined)?.role;
  const forUsers = agent.capabilities.some(actsForUsers);
  problems.expect(!(forUsers && verbs.includes(AgentVerb.MINT) && agent._identityOfRuntime === undefined && iam.Role.isRole(ownRole)), {
    code: 'AgentHost/RuntimeMintsForAnybody',
    what: `the role of part ${name} may mint for users of any issuer: the official Runtime construct has given it that right, and the agent mints under an identity of its own`,
    received: host.runtime?.node.path,
    fix: 'Give the runtime a role that takes no policies, executionRole: role.withoutPolicyUpdates(), and the host the role itself; or leave identity out, so that AWS mints.',
  });
}
