import { agentCoreResources, attributeTexts } from '../../synthesized/agentcore-resources';
import { resolvedProperties } from '../../synthesized/resolved-properties';
import { resourcesOfType } from '../../synthesized/synthesized-app';
import { CheckInput } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { isKeptByAgentCore, referencedSecrets } from '../provider-secret-source';
import { Found, Rule } from '../rule';

export const SECRET_WITHOUT_CUSTOMER_KEY: Rule = {
  id: 'secret-without-customer-key',
  severity: CheckSeverity.WARNING,
  title: 'The secret of a provider is not under a key of yours',
  why: 'Every role with the secret\'s ARN can read it; under a key of yours its use is in CloudTrail, and disabling the key cuts it off.',
  fix: 'Give `encryptionKey` to the `Secret` and `ClientSecret.fromSecretsManager(secret, ...)` or `ApiKey.fromSecretsManager(...)` to the provider.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-data-encryption.html',
  trigger: 'a provider with `clientSecret` or `apiKey` as a value, or with a `Secret` without `encryptionKey` (only with `requireCustomerKeys`)',
  find: (input) => (input.options.requireCustomerKeys ? [...ownSecrets(input), ...keptSecrets(input)] : []),
};

function ownSecrets({ app }: CheckInput): Found[] {
  const used = providers(app).flatMap(({ forms }) => forms.flatMap(({ value }) => referencedSecrets(value)));
  return resourcesOfType(app, 'AWS::SecretsManager::Secret')
    .filter((secret) => attributeTexts(app, secret, 'Id').some((id) => used.includes(id))
      && resolvedProperties(app, secret).some(({ value: { KmsKeyId: key } }) => key === undefined || key === 'alias/aws/secretsmanager'))
    .map((resource) => ({ resource, location: 'Properties.KmsKeyId', detail: 'no key' }));
}

function keptSecrets({ app }: CheckInput): Found[] {
  return providers(app).filter(({ forms }) => forms.some(({ value }) => isKeptByAgentCore(value)))
    .map(({ resource }) => ({ resource, location: 'Properties', detail: 'AgentCore keeps the secret under the key of Secrets Manager' }));
}

function providers(app: CheckInput['app']) {
  return agentCoreResources(app).filter(({ kind }) => kind.endsWith('CredentialProvider'));
}
