import { type AppDescription, partName } from './description';
import { ACCOUNT } from './name';
import { deployerOf, outsidersOf, ownDeployerOf, PARTNER } from './outsider';
import type { Question } from './request';

/*
 * Who may invoke a gateway. A principal of the gateway's account needs a right of its own and may not be denied; one of another
 * account has to be let in by the gateway's policy, too. Callers with tokens are nobody to IAM: the way on which they come lets them in.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function mayInvokeGateway(app: AppDescription, role: string, { gateway, organization, vpcEndpoint }: Extract<Question, { ask: 'invoke gateway' }>, ownRight: boolean): boolean {
  const arn = outsidersOf(app).get(role);
  const hasRight = ownRight || arn !== undefined;
  const isHere = arn === undefined || arn.includes(`::${ACCOUNT}:`);
  const place = app.gateways.findIndex((_gateway, index) => gateway === `gateway ${index}`);
  const { only, stack, suspended, inbound } = app.gateways[place] ?? {};
  const deployer = () => (only?.deployer === undefined ? deployerOf(app.stacks[stack].region) : ownDeployerOf(place));
  // Where AWS asks the policy of a suspended gateway, it lets in nobody but who deploys.
  if (suspended && (inbound === 'JWT' || inbound === 'IAM')) return hasRight && isHere && role === deployer();
  if (only === undefined) return hasRight && isHere;
  if (vpcEndpoint !== undefined && only.vpcEndpoints.includes(vpcEndpoint)) return true;
  const letIn = isNamed(app, role, place) || (organization !== undefined && only.organizations.includes(organization));
  return hasRight && (letIn || (isHere && role === deployer()));
}

/** The partner, or a role with which an agent calls the gateway. */
function isNamed({ agents, gateways }: AppDescription, role: string, gateway: number): boolean {
  const { roles, partner } = gateways[gateway].only!;
  const calling = agents.flatMap((agent, index) => (agent.toolCalls.some((call) => call.gateway === gateway)
    ? agent.parts.flatMap(({ work }, part) => (work === 'act' || work === 'vend' ? [`agent ${index} ${partName(agent, part)}`] : [])) : []));
  return (roles && calling.includes(role)) || (partner && role === PARTNER);
}
