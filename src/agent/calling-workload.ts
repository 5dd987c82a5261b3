import { aws_bedrockagentcore as agentcore, CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { valueForStack } from '../declaration/cross-stack-value';
import { holdsPattern } from '../declaration/known-text';
import { refuse } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { knownToDiffer } from '../declaration/same-value';

/** How the runtime's authorizer knows a workload: by the ARN of what hosts it, or by the name of its identity. */
interface WorkloadIdentification {
  readonly hostingEnvironmentArn?: string;
  readonly workloadIdentityName?: string;
}

/**
 * A workload that may pass calls on to an agent: a link in front of it in the chain of identities. Users' tokens are checked
 * beside it, not instead of it.
 *
 * AWS documents this for gateways in front of AgentCore runtimes. Workload identities are taken by the API as well; the access
 * report says that nothing of AWS's says more about them.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_AllowedWorkloadConfiguration.html
 */
export class CallingWorkload {
  /**
   * Calls that come through this gateway: a `ToolGateway`, the official L2, the L1, or an import of either.
   *
   * In the template: its ARN in `allowedWorkloadConfiguration.hostingEnvironments` of the runtime's JWT authorizer. The runtime
   * then is made after the gateway, and the gateway's target for it after both.
   *
   * @throws [CallingWorkload/Gateway] when it is not a gateway
   */
  public static gateway(gateway: agentcore.IGatewayRef): CallingWorkload {
    const arn = typeof gateway === 'object' && gateway !== null && 'gatewayRef' in gateway ? gateway.gatewayRef?.gatewayArn : undefined;
    if (typeof arn !== 'string' || holdsPattern(arn)) {
      refuse({
        code: 'CallingWorkload/Gateway',
        what: 'the calling workload is not one gateway',
        received: arn ?? gateway,
        fix: 'Pass a ToolGateway, a Gateway, a CfnGateway or an import of one.',
      });
    }
    const l1 = agentcore.CfnGateway.isCfnGateway(gateway) ? gateway : gateway.node.defaultChild;
    return new CallingWorkload(`gateway ${agentcore.CfnGateway.isCfnGateway(l1) ? gateway.node.path : readable(arn, gateway.node.path)}`, (consumer) => ({
      hostingEnvironmentArn: agentcore.CfnGateway.isCfnGateway(l1) ? valueForStack(consumer, l1, l1.attrGatewayArn) : arn,
    }));
  }

  /**
   * Calls that another agent makes under its workload identity.
   *
   * In the template: the identity's name in `allowedWorkloadConfiguration.workloadIdentities`.
   *
   * @throws [CallingWorkload/Identity] when it is not an agent
   */
  public static agent(agent: Agent): CallingWorkload {
    return CallingWorkload.ofIdentity(agent, `agent ${agent?.node?.path}`, 'Pass an Agent.');
  }

  /**
   * Calls under a workload identity that is no agent of this app: the official L2 `WorkloadIdentity`, the L1, or an import.
   *
   * In the template: the identity's name in `allowedWorkloadConfiguration.workloadIdentities`.
   *
   * @throws [CallingWorkload/Identity] when it is not a workload identity
   */
  public static identity(identity: agentcore.IWorkloadIdentityRef): CallingWorkload {
    return CallingWorkload.ofIdentity(identity, `workload identity ${identity?.node?.path}`, 'Pass a WorkloadIdentity, a CfnWorkloadIdentity or an import of one; for an agent write CallingWorkload.agent(agent).');
  }

  private static ofIdentity(identity: agentcore.IWorkloadIdentityRef, description: string, fix: string): CallingWorkload {
    const name = typeof identity === 'object' && identity !== null && 'workloadIdentityRef' in identity ? identity.workloadIdentityRef?.workloadIdentityName : undefined;
    if (typeof name !== 'string' || holdsPattern(name)) {
      refuse({ code: 'CallingWorkload/Identity', what: 'the calling workload is not one workload identity', received: name ?? identity, fix });
    }
    const owner = ownerOf(identity);
    return new CallingWorkload(description, (consumer) => ({
      workloadIdentityName: owner !== undefined && Token.isUnresolved(name) ? valueForStack(consumer, owner, name) : name,
    }), identity);
  }

  private constructor(
    /** The workload in words. */
    public readonly description: string,
    /** @internal */
    public readonly _identify: (consumer: Stack) => WorkloadIdentification,
    private readonly identity?: agentcore.IWorkloadIdentityRef,
  ) {}

  /**
   * Where the identity is, if that is another place than these: its name alone would mean another identity there.
   *
   * @internal
   */
  public _elsewhere(account: string, region: string): string | undefined {
    const env = this.identity?.env;
    const differs = env !== undefined && (knownToDiffer(env.account, account) || knownToDiffer(env.region, region));
    return differs ? `account ${readable(env.account, '(known at deployment)')}, region ${readable(env.region, '(known at deployment)')}` : undefined;
  }
}

/** The resource that a name known only at deployment is an attribute of. */
function ownerOf(identity: agentcore.IWorkloadIdentityRef): CfnResource | undefined {
  const runtime = (identity as Partial<Agent>)._identityOfRuntime;
  const candidates = runtime !== undefined ? [runtime, runtime.node.defaultChild] : [identity, identity.node.defaultChild];
  return candidates.find((candidate): candidate is CfnResource => CfnResource.isCfnResource(candidate as CfnResource));
}
