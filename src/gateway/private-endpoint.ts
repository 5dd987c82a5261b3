import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { refuse } from '../declaration/problems';

/** A connection that AgentCore makes and keeps in your VPC. */
export interface ManagedVpcEndpointOptions {
  /** The VPC. */
  readonly vpc: ec2.IVpc;
  /** The subnets in which AgentCore makes network interfaces: at least one. */
  readonly subnets: ec2.ISubnet[];
  /**
   * Security groups of the network interfaces.
   *
   * @default - those that AgentCore chooses
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * The domain under which the connection is routed, where it differs from that of the endpoint.
   *
   * @default - that of the endpoint
   */
  readonly routingDomain?: string;
}

/**
 * How AgentCore reaches an address that is not public.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-private-idp.html
 */
export class PrivateEndpoint {
  /**
   * A connection that AgentCore makes and keeps in your VPC, by IPv4.
   *
   * @throws [PrivateEndpoint/Subnets] when there is no subnet
   */
  public static managedVpc(options: ManagedVpcEndpointOptions): PrivateEndpoint {
    if (!Array.isArray(options.subnets) || options.subnets.length === 0) {
      refuse({ code: 'PrivateEndpoint/Subnets', what: 'no subnets are given', received: options.subnets, fix: 'Give the subnets from which the address can be reached.' });
    }
    return new PrivateEndpoint({
      managedVpcResource: {
        endpointIpAddressType: 'IPV4',
        vpcIdentifier: options.vpc.vpcId,
        subnetIds: options.subnets.map((subnet) => subnet.subnetId),
        securityGroupIds: options.securityGroups?.map((group) => group.securityGroupId),
        routingDomain: options.routingDomain,
      },
    });
  }

  /**
   * A resource configuration of VPC Lattice that you keep yourself.
   *
   * @param resourceConfiguration id or ARN of the resource configuration
   */
  public static latticeResource(resourceConfiguration: string): PrivateEndpoint {
    return new PrivateEndpoint({ selfManagedLatticeResource: { resourceConfigurationIdentifier: resourceConfiguration } });
  }

  private constructor(
    /** @internal */
    public readonly _configuration: {
      readonly managedVpcResource?: {
        readonly endpointIpAddressType: string;
        readonly vpcIdentifier: string;
        readonly subnetIds: string[];
        readonly securityGroupIds?: string[];
        readonly routingDomain?: string;
      };
      readonly selfManagedLatticeResource?: { readonly resourceConfigurationIdentifier: string };
    },
  ) {}
}
