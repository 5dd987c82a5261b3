import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, CfnParameter, Stack } from 'aws-cdk-lib';
import { lateCodes } from './refusal';
import { Agent, AgentHost, AgentIdentity, AgentOwner, TokenIssuer } from '../../src';

/* Whether two agents have one identity, when its name is known only at deployment. */
const ENV = { account: '111111111111', region: 'eu-west-1' };
const props = { owner: AgentOwner.team('team', 'team@example.com'), callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })] };
const role = (stack: Stack, id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com') });

function runtime(stack: Stack, roleArn = 'arn:aws:iam::111111111111:role/execution'): agentcore.CfnRuntime {
  return new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'planner',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/planner:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn,
  });
}

function codesOf(declare: (one: Stack, other: Stack) => void): string[] {
  const app = new App();
  declare(new Stack(app, 'One', { env: ENV }), new Stack(app, 'Other', { env: ENV }));
  return lateCodes(app);
}

test('two stacks that are alike have two runtimes, and so two identities', () => {
  expect(codesOf((...stacks) => stacks.forEach((stack) => {
    const own = role(stack, 'Role');
    new Agent(stack, 'Agent', { ...props, host: AgentHost.agentRuntime(runtime(stack, own.roleArn), { role: own }) });
  }))).toEqual([]);
});

test('two stacks that are alike have two identities that are made with other constructs', () => {
  expect(codesOf((...stacks) => stacks.forEach((stack) => new Agent(stack, 'Agent', {
    ...props,
    host: AgentHost.role(role(stack, 'Role')),
    identity: AgentIdentity.fromRef(agentcore.WorkloadIdentity.fromWorkloadIdentityAttributes(stack, 'Identity', {
      workloadIdentityName: runtime(stack).attrAgentRuntimeId,
      workloadIdentityArn: `arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/${(stack.node.findChild('Runtime') as agentcore.CfnRuntime).attrAgentRuntimeId}`,
    })),
  })))).toEqual([]);
});

test('one runtime has one identity, whichever stack an agent is in', () => {
  expect(codesOf((one, other) => {
    const own = role(one, 'Role');
    const shared = runtime(one, own.roleArn);
    [own, role(other, 'Role')].forEach((each) => new Agent(each.stack, 'Agent', { ...props, host: AgentHost.agentRuntime(shared, { role: each }) }));
  })).toEqual(['Agent/IdentityShared at One/Agent', 'Agent/IdentityShared at Other/Agent', 'AgentHost/RuntimeRole at Other/Agent']);
});

test('two parameters of one name may have one value, and are taken to', () => {
  expect(codesOf((...stacks) => stacks.forEach((stack) => new Agent(stack, 'Agent', {
    ...props, host: AgentHost.role(role(stack, 'Role')), identity: AgentIdentity.fromName(new CfnParameter(stack, 'Identity').valueAsString),
  })))).toEqual(['Agent/IdentityShared at One/Agent', 'Agent/IdentityShared at Other/Agent']);
});
