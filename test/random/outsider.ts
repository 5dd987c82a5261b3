import { type AppDescription, isElsewhere } from './description';
import { ACCOUNT, outsiderArn, roleArn } from './name';
import type { PolicyDocument } from '../simulation/policy-document';

/*
 * Principals that are not the app's to limit: somebody else gave each every right to invoke. Only policies of gateways and of
 * runtimes keep them out, or let those of other accounts in.
 */
export const PARTNER = 'partner';

/** Their ARNs by name. Beside who may be let in stands one of nearly the same name, and one of the same name in another account. */
export function outsidersOf(app: AppDescription): Map<string, string> {
  const regions = [...new Set(app.stacks.map(({ region }) => region))];
  return new Map([
    ['operator', roleArn('Operator')],
    ...app.gateways.flatMap(({ only }, index): [string, string][] => (only?.deployer === undefined ? [] : [[ownDeployerOf(index), roleArn(ownDeployerOf(index))]])),
    ...regions.map((region): [string, string] => [deployerOf(region), roleArn(`cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${region}`)]),
    [PARTNER, outsiderArn(PARTNER)],
    ['neighbour of partner', outsiderArn(`${PARTNER}2`)],
    ['partner of a third account', outsiderArn(PARTNER, '333333333333')],
    ...app.agents.flatMap(({ frontEnds }, agent) => frontEnds.flatMap(({ host }, place): [string, string][] => {
      const name = `front end ${place} of agent ${agent}`;
      return isElsewhere(host) ? [[name, outsiderArn(name)]] : [];
    })),
    ...app.agents.flatMap(({ operators }, agent) => operators.flatMap((host, place): [string, string][] => {
      const name = `operator ${place} of agent ${agent}`;
      return isElsewhere(host) ? [[name, outsiderArn(name)]] : [];
    })),
  ]);
}

/** With this role CDK's bootstrapping lets CloudFormation work in a Region. */
export function deployerOf(region: string): string {
  return `deployer of ${region}`;
}

/** The role that is written down as the one that deploys a gateway. */
export function ownDeployerOf(gateway: number): string {
  return `deployer of gateway ${gateway}`;
}

/** Every right to invoke. */
export const INVOKING: PolicyDocument = {
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['bedrock-agentcore:InvokeAgentRuntime*', 'bedrock-agentcore:InvokeGateway'], Resource: '*' }],
};

/** Of those that are not made in the app. */
export function policiesOfOutsiders(app: AppDescription): Record<string, PolicyDocument> {
  const madeHere = app.gateways.flatMap(({ only }, index) => (only?.deployer === 'made here' ? [roleArn(ownDeployerOf(index))] : []));
  return Object.fromEntries([...outsidersOf(app).values()].filter((arn) => !madeHere.includes(arn)).map((arn) => [arn, INVOKING]));
}
