import { aws_bedrockagentcore as agentcore, CfnResource, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { nameInGatewayId } from './gateway-name';
import type { ToolGateway } from './tool-gateway';
import { isOwnResource } from '../declaration/declared-properties';
import { Problems } from '../declaration/problems';
import { mentions, readableProperty } from '../declaration/resource-place';
import { knownToDiffer } from '../declaration/same-value';

/** What AWS makes of a name to get an id: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreatePolicyEngine.html */
const ID_END = '-[a-z0-9_]{10}';

/**
 * Cedar policies on the gateway's engine, and targets of the gateway, that others in the app have made. What no rule permits nobody may: a
 * rule that the gateway does not know would make that untrue. One that only forbids is refused as well, since the report does not have it.
 */
export function expectNoOthers(problems: Problems, gateway: ToolGateway): void {
  const { _engine: engine } = gateway;
  const others = OthersInApp.askedBy(gateway);
  const policies = others.policies.filter((policy) => isOf(policy, ['policyEngineId', 'PolicyEngineId'], engine, engine.name));
  problems.expect(policies.length === 0, {
    code: 'ToolGateway/OtherPolicy',
    what: 'the gateway\'s policy engine has Cedar policies in this app that are not said on the gateway, so that others than the report names may call tools, or fewer',
    received: policies.map(({ node }) => node.path),
    fix: 'Take them away, and say on the tool who may call it: target.tool(name).requires(...), .forbids(...) or .forbidsUnless(...), for all tools target.everyTool({ reason }). '
      + 'Rules that cannot be said so need a gateway and a policy engine of their own, as L1s.',
  });
  const targets = others.targets.filter((target) => isOfGateway(target, gateway));
  problems.expect(targets.length === 0, {
    code: 'ToolGateway/OtherTarget',
    what: 'the gateway has targets in this app that were not added to it, which it calls with its role or its providers and which no report names',
    received: targets.map(({ node }) => node.path),
    fix: 'Add them with gateway.addTarget(name, GatewayTarget..., { credentials }), and say who may call them. A target that cannot be said so needs a gateway of its own, as an L1.',
  });
}

/** Whether a target, or a routing rule, is one of the gateway. */
export function isOfGateway(other: CfnResource, gateway: ToolGateway): boolean {
  return isOf(other, ['gatewayIdentifier', 'GatewayIdentifier'], gateway._resource, nameInGatewayId(gateway.gatewayName));
}

/** By a reference, or by an id as it is written after the first deployment. */
function isOf(other: CfnResource, [name, inTemplate]: [string, string], resource: CfnResource, resourceName: string): boolean {
  const id = readableProperty(other, name, inTemplate);
  if (typeof id === 'string' && !Token.isUnresolved(resourceName) && new RegExp(`(^|/)${resourceName}${ID_END}$`).test(id)) {
    const [theirs, ours] = [other.stack, resource.stack];
    return !knownToDiffer(theirs.account, ours.account) && !knownToDiffer(theirs.region, ours.region);
  }
  return mentions(other.stack, id, resource);
}

/** Whatever of these types this library has not made. Looked for once for all gateways of a stage, each time that they ask. */
class OthersInApp {
  public static askedBy(gateway: ToolGateway): OthersInApp {
    const stage = Stage.of(gateway) ?? gateway.node.root;
    const known = OTHERS.get(stage);
    const found = known === undefined || known.asked.has(gateway) ? new OthersInApp(gateway.node.root) : known;
    found.asked.add(gateway);
    OTHERS.set(stage, found);
    return found;
  }

  public readonly policies: readonly CfnResource[];
  public readonly targets: readonly CfnResource[];
  private readonly asked = new Set<ToolGateway>();

  private constructor(root: IConstruct) {
    const others = root.node.findAll()
      .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && TYPES.includes(node.cfnResourceType) && !isOwnResource(node))
      .sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
    [this.policies, this.targets] = TYPES.map((type) => others.filter(({ cfnResourceType }) => cfnResourceType === type));
  }
}

const OTHERS = new WeakMap<IConstruct, OthersInApp>();
const TYPES = [agentcore.CfnPolicy.CFN_RESOURCE_TYPE_NAME, agentcore.CfnGatewayTarget.CFN_RESOURCE_TYPE_NAME];
