import { Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { ToolGateway } from './tool-gateway';
import { derivedName } from '../declaration/derived-name';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { environmentKey } from '../provider/provider-key';

/** The longest name of a gateway, of its policy engine and of a policy. */
const LONGEST_NAME = 48;

/** A name that is the same in the gateway's id: letters in lower case, digits and single hyphens. */
export function derivedGatewayName(scope: IConstruct): string {
  return derivedName(scope, LONGEST_NAME).toLowerCase();
}

/** A name for the policy engine: letters, digits and underscores, a letter first. */
export function derivedEngineName(scope: IConstruct): string {
  const name = derivedName(scope, LONGEST_NAME - 2).replace(/-/g, '_');
  return /^[A-Za-z]/.test(name) ? name : `e_${name}`;
}

/** Expects a name that AgentCore accepts for a gateway. One that only deployment knows passes. */
export function expectGatewayName(problems: Problems, name: string): void {
  problems.expectText(name, {
    name: 'gateway name',
    code: 'ToolGateway/Name',
    maximum: LONGEST_NAME,
    pattern: /^(?:[0-9a-zA-Z]-?)+$/,
    allowed: '1 to 48 letters and digits with single hyphens between them',
    fix: 'Change the name, or leave it out to have one derived from stack and construct.',
  });
}

/** Expects a name that AgentCore accepts for a target, known at synthesis, since it becomes part of Cedar actions. */
export function expectTargetName(problems: Problems, name: unknown): void {
  problems.expect(typeof name === 'string' && !Token.isUnresolved(name) && /^(?:[0-9a-zA-Z]-?){1,100}$/.test(name) && name.length <= 100, {
    code: 'GatewayTarget/Name',
    what: 'target name is not valid',
    received: name,
    allowed: '1 to 100 letters and digits with single hyphens between them, known at synthesis',
    fix: 'Change the name; callers see it in front of each tool.',
  });
}

/**
 * Expects a name that no other gateway of the account and region has in its id: the role of each is trusted for gateways of its name.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateGateway.html
 */
export function expectOwnGatewayName(problems: Problems, gateway: ToolGateway): void {
  const place = (of: ToolGateway) => environmentKey(of, of.env);
  const twin = Token.isUnresolved(gateway.gatewayName) ? undefined : Ledger.of(gateway).gateways.find((other) => (
    other !== gateway && other.gatewayName.toLowerCase() === gateway.gatewayName.toLowerCase() && place(other) === place(gateway)));
  if (twin !== undefined) {
    problems.add({
      code: 'ToolGateway/NameTwice',
      what: `${twin.node.path} is a gateway of the same name in the same account and region, so that the role of each would be trusted for the other`,
      received: gateway.gatewayName,
      allowed: 'names that differ in more than small and capital letters',
      fix: 'Change one, or leave it out to have one derived.',
    });
  }
}

/**
 * The name as it stands in the gateway's id. Of a name that only deployment knows the literal parts are lowered; the rest must be
 * in lower case already, as regions, accounts and partitions are. If it is not, the role's policies do not match and the gateway
 * is not made.
 */
export function nameInGatewayId(name: string): string {
  if (!Token.isUnresolved(name)) {
    return name.toLowerCase();
  }
  return Tokenization.reverseString(name).join({ join: (left: string | undefined, right: string | undefined) => `${lowered(left)}${lowered(right)}` });
}

/** A fragment is either a token or a literal; what was joined already has been lowered. */
function lowered(fragment: string | undefined): string {
  return fragment === undefined || Token.isUnresolved(fragment) ? fragment ?? '' : fragment.toLowerCase();
}
