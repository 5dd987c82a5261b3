import { App, aws_lambda as lambda, CfnParameter, Stack } from 'aws-cdk-lib';
import { HOSTS } from './flows-hosts-imports/hosts';
import { AtDeployment, EMPLOYEES, ENV, gatewayArn, identityArn, ISSUER, OWNER, REASON } from './flows-hosts-imports/names';
import { requestsOf } from './flows-hosts-imports/requests';
import {
  Agent, AgentIdentity, Capability, GatewayInbound, GatewayTarget, IToolGateway, TargetCredentials, Tool, ToolAccess, ToolCallAuthority, ToolGateway, ToolSchema, Users,
} from '../../src';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { RequestTemplate, sweep } from '../simulation/sweep';

/*
 * An agent that calls tools, on every host, with each form in which the gateway may be known. With its role it needs the gateway and
 * nothing else; with the user's token it needs nothing of IAM. Neither gives it a token, a key or a secret.
 */
const TOOL = 'Calendar___list_events';
const ID = 'tools-a1b2c3d4e5';
const URL = `https://${ID}.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp`;

interface Flow { readonly inbound: GatewayInbound; readonly authority: ToolCallAuthority; readonly rule: boolean; readonly needed: string[] }
const FLOWS: Record<string, Flow> = {
  'with its role': { inbound: GatewayInbound.iam(), authority: ToolCallAuthority.agentRole(), rule: false, needed: ['invoke the gateway'] },
  'with the user\'s token': {
    inbound: GatewayInbound.jwt({ issuer: ISSUER, audiences: ['api://agents'] }), authority: ToolCallAuthority.userToken({ users: Users.anyOfTheIssuer(REASON) }), rule: true, needed: [],
  },
};

const FORMS: Record<string, (stack: Stack, flow: Flow) => IToolGateway> = {
  'owned': (stack, { inbound, rule }) => {
    const gateway = new ToolGateway(stack, 'Gateway', { owner: OWNER, inbound });
    const tools = gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(lambda.Function.fromFunctionName(stack, 'Tools', 'calendar'), ToolSchema.inline(Tool.named('list_events', { description: 'Lists' }))), {
      credentials: TargetCredentials.gatewayRole(),
    });
    if (rule) {
      tools.tool('list_events').requires(ToolAccess.allScopes('calendar:read'));
    }
    return gateway;
  },
  'by ARN': (stack, { inbound }) => ToolGateway.fromGatewayAttributes(stack, 'Gateway', { gatewayArn: gatewayArn(ID), gatewayUrl: URL, inbound }),
  'by an ARN in a parameter': (stack, { inbound }) => ToolGateway.fromGatewayAttributes(stack, 'Gateway', {
    gatewayArn: new CfnParameter(stack, 'GatewayArn', { default: gatewayArn(ID) }).valueAsString, gatewayUrl: URL, inbound,
  }),
};

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

interface Cell { readonly role: AtDeployment; readonly identity: AtDeployment | string; readonly gateway: AtDeployment }

function cellsOf(flow: Flow, app: App): Map<string, Cell> {
  return new Map(Object.entries(FORMS).flatMap(([form, gatewayIn]) => {
    const stack = new Stack(app, `Gateway-${slug(form)}`, { env: ENV });
    const gateway = gatewayIn(stack, flow);
    return Object.entries(HOSTS).map(([host, { awsMints, make }]): [string, Cell] => {
      const name = `${slug(host).slice(0, 30)}-${awsMints ? 'aws' : 'own'}`;
      const { host: agentHost, runtimeId } = make(stack, `a-${name}`);
      new Agent(stack, name, { owner: OWNER, host: agentHost, callers: [EMPLOYEES], ...(awsMints ? {} : { identity: AgentIdentity.named(`${slug(form)}-${name}`) }) })
        .may(Capability.callTools(gateway, { tools: [TOOL], authority: flow.authority, ...REASON }));
      return [`${host}, ${form}`, {
        role: { stack, value: agentHost.iamRole.roleRef.roleArn },
        identity: awsMints ? { stack, value: runtimeId! } : identityArn(`${slug(form)}-${name}`),
        gateway: { stack, value: gateway.gatewayArn },
      }];
    });
  }));
}

describe.each(Object.entries(FLOWS))('calls tools %s', (_flowName, flow) => {
  const app = new App({ stackTraces: false, treeMetadata: false });
  const cells = cellsOf(flow, app);
  let account: FakeAccount;
  beforeAll(() => { account = deploy(app); });
  const valueOf = ({ stack, value }: AtDeployment) => account.valueOf(stack, stack.resolve(value)) as string;
  const invoke = (line: string, arn: string): RequestTemplate => ({ line, action: 'bedrock-agentcore:InvokeGateway', resources: [arn] });

  test.each(Object.keys(FORMS).flatMap((form) => Object.keys(HOSTS).map((host) => [host, form] as const)))('on %s, gateway known: %s', async (host, form) => {
    const { role, identity, gateway } = cells.get(`${host}, ${form}`)!;
    const arn = valueOf(gateway);
    const requests = [
      invoke('invoke the gateway', arn),
      invoke('invoke another gateway', gatewayArn('payroll-a1b2c3d4e5')),
      invoke('invoke one whose name goes on', arn.replace(/-([0-9a-z]{10})$/, '-2-$1')),
      ...requestsOf(typeof identity === 'string' ? identity : identityArn(valueOf(identity)), 'calendar', 'OAuth2'),
    ];
    expect((await sweep(account, { agent: valueOf(role) }, requests)).map((line) => line.replace('agent | ', ''))).toEqual(flow.needed);
  });
});
