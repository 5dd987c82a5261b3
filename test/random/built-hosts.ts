import { aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { type BuiltHost, makeHost } from './built-host';
import { ENDPOINTS, type EndpointName, type HostDescription, isElsewhere, isImported, isRuntime } from './description';
import { roleArn, runtimeArn } from './name';
import type { AgentHost } from '../../src';

/** A value that only deployment knows, and the stack in which it is one. */
export interface DeployTime {
  readonly stack: Stack;
  readonly value: string;
}

/** A runtime, and the endpoints that it has beside DEFAULT. */
export interface BuiltRuntime {
  readonly arn: DeployTime;
  readonly id: DeployTime;
  readonly endpoints: ReadonlyMap<EndpointName, { readonly construct: agentcore.CfnRuntimeEndpoint; readonly arn: DeployTime }>;
}

/** The hosts of an app by their names, each made once, with their roles and runtimes. */
export class BuiltHosts {
  readonly roles = new Map<string, DeployTime>();
  readonly runtimes = new Map<string, BuiltRuntime>();
  private readonly made = new Map<string, AgentHost>();

  constructor(private readonly stacks: readonly Stack[]) {}

  /** The host; one that is there already needs no description. */
  host(name: string, description?: HostDescription): AgentHost {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const { kind, stack: place } = description!;
    const stack = this.stacks[place];
    const built = makeHost(stack, name, kind);
    this.made.set(name, built.host);
    if (!isElsewhere(description!)) this.roles.set(name, isImported(description!) ? { stack, value: roleArn(name) } : foundRole(built.host.iamRole));
    if (isRuntime(description!)) this.runtimes.set(name, runtimeOf(stack, name, built));
    return built.host;
  }

  endpoint(host: string, name: EndpointName): agentcore.CfnRuntimeEndpoint {
    return this.runtimes.get(host)!.endpoints.get(name)!.construct;
  }
}

/** Where a role is to be found after a deployment. */
export function foundRole(role: iam.IRoleRef): DeployTime {
  return { stack: Stack.of(role), value: role.roleRef.roleArn };
}

function runtimeOf(stack: Stack, name: string, { runtimeArn: arn, runtimeId }: BuiltHost): BuiltRuntime {
  const id = { stack, value: runtimeId! };
  if (arn === undefined) return { id, arn: { stack, value: runtimeArn('eu-west-1', name) }, endpoints: new Map() };
  return {
    id,
    arn: { stack, value: arn },
    endpoints: new Map(ENDPOINTS.map((endpoint) => {
      const construct = new agentcore.CfnRuntimeEndpoint(stack, `${name.replace(/ /g, '')}${endpoint}`, { agentRuntimeId: id.value, name: endpoint });
      return [endpoint, { construct, arn: { stack, value: construct.attrAgentRuntimeEndpointArn } }];
    })),
  };
}
