import { aws_secretsmanager as secretsmanager, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { ProviderSecret } from './provider-secret';
import { l1Of } from './secret-access';
import { warn } from '../declaration/acknowledgeable-warning';
import { hasOverrides, renderedProperties } from '../declaration/rendered-properties';

/** Warns of a secret that CloudFormation fills with a random value in which AgentCore would not find what the provider asks for. */
export function warnOfGeneratedSecret(provider: IConstruct, { secret, jsonKey }: ProviderSecret): void {
  const l1 = secret === undefined ? undefined : l1Of(secret);
  if (l1 === undefined || jsonKey === undefined || Token.isUnresolved(jsonKey)) {
    return;
  }
  const { value, generated } = templateValue(l1);
  // A text that is no JSON has no member at all.
  if (value === undefined && generated !== undefined && (generated.key === undefined || (typeof generated.key === 'string' && generated.key !== jsonKey))) {
    warn(provider, 'cdk-agentcore-identity:generatedSecretWithoutMember', `NO TOKEN OR KEY UNTIL THE SECRET IS REPLACED: the generated value of ${secret!.node.path} has no member ${jsonKey}, which this provider asks for, `
      + `and AgentCore refuses calls until it has. Write generateSecretString: { secretStringTemplate: '{}', generateStringKey: '${jsonKey}' }, and put the real value there after deployment`);
  }
}

/** What the template says of a secret's value: what it is, or how it is generated. */
interface TemplateValue {
  readonly value?: unknown;
  readonly generated?: { readonly template?: unknown; readonly key?: unknown };
}

/** The same with overrides, which the construct does not tell. */
export function templateValue(l1: secretsmanager.CfnSecret): TemplateValue {
  if (!hasOverrides(l1)) {
    const assigned = Stack.of(l1).resolve(l1.generateSecretString);
    return { value: l1.secretString, generated: assigned && { template: assigned.secretStringTemplate, key: assigned.generateStringKey } };
  }
  const { SecretString: value, GenerateSecretString: rendered } = renderedProperties(l1);
  const made = rendered as { SecretStringTemplate?: unknown; GenerateStringKey?: unknown } | undefined;
  return { value, generated: made && { template: made.SecretStringTemplate, key: made.GenerateStringKey } };
}
