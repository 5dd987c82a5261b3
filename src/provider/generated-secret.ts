import { aws_secretsmanager as secretsmanager, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { ProviderSecret } from './provider-secret';
import { warn } from '../declaration/acknowledgeable-warning';
import { hasOverrides, renderedProperties } from '../declaration/rendered-properties';

/** Warns of a secret that CloudFormation fills with a random value in which AgentCore would not find what the provider asks for. */
export function warnOfGeneratedSecret(provider: IConstruct, { secret, jsonKey }: ProviderSecret): void {
  const l1 = secret === undefined || secretsmanager.CfnSecret.isCfnSecret(secret) ? secret : secret.node.defaultChild;
  if (!secretsmanager.CfnSecret.isCfnSecret(l1) || jsonKey === undefined || Token.isUnresolved(jsonKey)) {
    return;
  }
  const generated = generatedBy(l1);
  if (generated !== undefined && (generated.key === undefined || (typeof generated.key === 'string' && generated.key !== jsonKey))) {
    warn(provider, 'cdk-agentcore-identity:generatedSecretWithoutMember', `NO TOKEN OR KEY UNTIL THE SECRET IS REPLACED: the generated value of ${secret!.node.path} has no member ${jsonKey}, which this provider asks for, `
      + `and AgentCore refuses calls until it has. Write generateSecretString: { secretStringTemplate: '{}', generateStringKey: '${jsonKey}' }, and put the real value there after deployment`);
  }
}

/** What is generated, and into which member: none is given for a text that is no JSON. Nothing: the value comes from elsewhere. */
function generatedBy(l1: secretsmanager.CfnSecret): { readonly key?: unknown } | undefined {
  if (!hasOverrides(l1)) {
    const assigned = Stack.of(l1).resolve(l1.generateSecretString);
    return assigned === undefined || l1.secretString !== undefined ? undefined : { key: assigned.generateStringKey };
  }
  const { SecretString: value, GenerateSecretString: generated } = renderedProperties(l1);
  return generated === undefined || value !== undefined ? undefined : { key: (generated as { GenerateStringKey?: unknown }).GenerateStringKey };
}
