import type { App, Stage } from 'aws-cdk-lib';
import { ExampleAccount } from './example-account';
import { gatewayFindings } from './judged-gateway';
import { remember, wasSeen } from './seen-cedar';
import { SynthesizedGateway, synthesizedGateways } from './synthesized-gateway';

/** What is wrong with the Cedar of an app, or of a stage, that was synthesized. Reads its templates. */
export function cedarFindings(stage: Stage): string[] {
  try {
    const { gateways, homeless } = synthesizedGateways(new ExampleAccount(stage as App, {}));
    return [...homeless.map(({ path, name }) => `${path} (${name}): it belongs to no gateway`), ...gateways.flatMap(findingsOnce)];
  } catch (error) {
    return [`the Cedar of ${stage.node.path || 'the app'} cannot be judged: ${error instanceof Error ? error.stack : String(error)}`];
  }
}

/** A gateway without findings is judged once in a run. */
function findingsOnce(gateway: SynthesizedGateway): string[] {
  const { arn, schema, policies } = gateway;
  const content = JSON.stringify([arn, schema, policies.map(({ name, description, statement }) => [name, description, statement])]);
  const findings = wasSeen('gateway', content) ? [] : gatewayFindings(gateway);
  if (findings.length === 0) remember('gateway', content);
  policies.forEach(({ statement }) => remember('policy', statement));
  return findings;
}
