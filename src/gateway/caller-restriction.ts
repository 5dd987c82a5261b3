import { aws_bedrockagentcore as agentcore, aws_iam as iam, DefaultStackSynthesizer, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { expectCallerRole, GatewayCaller, isNameableIn, roleArnOf } from './gateway-caller';
import { GatewayInboundKind } from './gateway-inbound';
import type { ToolGateway } from './tool-gateway';
import { expectedLengthIn } from '../agent/expected-length';
import { declareResource } from '../declaration/declared-properties';
import { expectInTime } from '../declaration/in-time';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { rivalPolicies } from '../declaration/rival-policies';
import { patternInTokens } from '../declaration/token-pattern';
import { gatewayPolicyJson } from '../permission/gateway-policy';
import { LONGEST_RESOURCE_POLICY } from '../permission/resource-policy-length';

/** Whom a gateway's resource policy lets through. */
export interface RestrictCallersOptions {
  /** The callers: at least one. Everybody else is denied, whatever other policies say. */
  readonly callers: GatewayCaller[];

  /**
   * The role that deploys the app. It is not denied, nor allowed anything: AWS asks whether it may invoke the gateway when it writes
   * the rules of tools.
   *
   * @default - the role with which CloudFormation works for a bootstrapped environment, as the stack's synthesizer tells
   */
  readonly deployedBy?: iam.IRoleRef;
}

/** Beneath the gateway, its resource policy. */
export const CALLER_POLICY = 'CallerPolicy';

/** What the gateway's policy says, with values that only synthesis fills in. */
const DOCUMENTS = new WeakMap<ToolGateway, object>();

/** Attaches the resource policy to the gateway. */
export function restrictCallers(gateway: ToolGateway, options: RestrictCallersOptions): void {
  const problems = new Problems(gateway.node.path);
  expectInTime(problems, gateway, 'restrictCallers()', 'ToolGateway/TooLate');
  expectKnownFields(problems, options, ['callers', 'deployedBy'], 'restrictCallers', 'GatewayCaller/UnknownField');
  const callers = Array.isArray(options?.callers) ? options.callers : [];
  const good = problems.expect(callers.length > 0 && callers.every((caller) => caller instanceof GatewayCaller), {
    code: 'GatewayCaller/Callers', what: 'callers takes callers, at least one', received: options?.callers, fix: 'Write callers: [GatewayCaller.role(role)].',
  });
  problems.expect(gateway.node.tryFindChild(CALLER_POLICY) === undefined, {
    code: 'GatewayCaller/Twice', what: 'the callers of the gateway are restricted twice, and it carries one policy', fix: 'Name all callers in one call.',
  });
  if (good) {
    problems.expect(gateway.inbound.kind !== GatewayInboundKind.AUTHENTICATE_ONLY, {
      code: 'GatewayCaller/NotEnforced',
      what: 'the gateway lets in every valid signature, whatever IAM says of its principal, and AWS does not say that it asks the resource policy',
      received: gateway.inbound.kind,
      fix: 'Let callers in by GatewayInbound.iam(), or restrict them on the tools: ToolAccess.iamRole(role).',
    });
    const byToken = gateway.inbound.kind === GatewayInboundKind.JWT;
    const misplaced = callers.filter((caller) => (caller._vpcEndpoint !== undefined) !== byToken);
    const unnamed = callers.filter(({ _role }) => _role !== undefined && !isNameableIn(gateway.stack, _role));
    problems.expect(unnamed.length === 0, {
      code: 'GatewayCaller/RoleName',
      what: 'the gateway\'s resource policy has to name a role of another stack, whose name is known only at deployment',
      received: unnamed.map(({ description }) => description),
      fix: 'Give the role a roleName, or put it into the stack of the gateway: references in both directions would be a circle.',
    });
    problems.expect(gateway.inbound.kind !== GatewayInboundKind.NONE && misplaced.length === 0, {
      code: 'GatewayCaller/OtherCallers',
      what: byToken ? 'callers of this gateway come with a token, and are nobody to IAM' : `callers of this gateway come by ${gateway.inbound.kind}`,
      received: misplaced.map(({ description }) => description),
      allowed: byToken ? 'GatewayCaller.vpcEndpoint(id)' : gateway.inbound.kind === GatewayInboundKind.NONE ? 'nothing: a policy for everybody would be public' : 'GatewayCaller.role(role), GatewayCaller.organization(id, { reason })',
      fix: 'Restrict them by what is known of them.',
    });
  }
  if (options?.deployedBy !== undefined) {
    expectCallerRole(options.deployedBy, 'deployedBy is');
  }
  const deployer = deployerOf(gateway, options?.deployedBy);
  problems.expect(deployer !== undefined, {
    code: 'GatewayCaller/DeployedBy', what: 'it is not known which role deploys the gateway, and without it the rules of tools could not be written', fix: 'Write deployedBy: the role with which CloudFormation works.',
  });
  problems.raise();
  const document = gatewayPolicyJson({
    gatewayArn: gateway.gatewayArn,
    account: gateway.env.account,
    roles: callers.flatMap(({ _role }) => (_role === undefined ? [] : [roleArnOf(_role)])),
    organizations: callers.flatMap(({ _organization }) => _organization ?? []),
    vpcEndpoints: callers.flatMap(({ _vpcEndpoint }) => _vpcEndpoint ?? []),
    deployedBy: deployer!,
  });
  const length = expectedLengthIn(gateway.stack, document);
  problems.expect(length <= LONGEST_RESOURCE_POLICY, {
    code: 'GatewayCaller/PolicyTooLarge', what: 'the resource policy of the gateway is too long', received: length, allowed: `${LONGEST_RESOURCE_POLICY} characters (AWS's limit)`, fix: 'Name fewer callers, or their organization.',
  });
  problems.raise();
  DOCUMENTS.set(gateway, document);
  // A suspended gateway lets none of them in.
  const nobody = gatewayPolicyJson({
    gatewayArn: gateway.gatewayArn, account: gateway.env.account, roles: [], organizations: [], vpcEndpoints: [], deployedBy: deployer!,
  });
  const policy = {
    resourceArn: gateway.gatewayArn,
    policy: Lazy.string({ produce: () => gateway.stack.toJsonString(gateway.suspendedReason === undefined ? document : nobody) }),
  };
  declareResource(gateway, new agentcore.CfnResourcePolicy(gateway, CALLER_POLICY, policy), policy);
}

/** Another policy of this app on the gateway: AWS keeps the one that happens to be written last. */
export function callerPolicyRules(problems: Problems, gateway: ToolGateway): void {
  problems.addAll(patternInTokens(gateway.stack, DOCUMENTS.get(gateway)));
  const own = gateway.node.tryFindChild(CALLER_POLICY);
  const others = own === undefined ? [] : rivalPolicies([{ scope: gateway, arn: gateway.gatewayArn }], [own]);
  problems.expect(others.length === 0, {
    code: 'GatewayCaller/OtherPolicy',
    what: 'the gateway, whose callers are restricted, has another resource policy in this app, and AWS keeps the one that happens to be written last',
    received: others,
    fix: 'Take that policy away, and name whom it lets in as callers: restrictCallers({ callers: [...] }).',
  });
}

/** The role that deploys, if it is known. CDK writes its name for `Fn::Sub`. */
export function deployerOf(gateway: ToolGateway, role?: iam.IRoleRef): string | undefined {
  if (role !== undefined) {
    return roleArnOf(role).roleArn;
  }
  const { synthesizer } = Stack.of(gateway);
  if (!(synthesizer instanceof DefaultStackSynthesizer)) {
    return undefined;
  }
  const arn = synthesizer.cloudFormationExecutionRoleArn;
  return arn.includes('${AWS::') ? Fn.sub(arn) : arn;
}
