import { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { ReadSecretInCodeOptions } from './capability-options';
import { expectReason } from './capability-prop-rules';
import { expectKnownFields } from '../declaration/known-fields';
import { holdsPattern, knownText } from '../declaration/known-text';
import { Problems } from '../declaration/problems';
import { isSecret } from '../provider/provider-secret';
import { l1Of } from '../provider/secret-access';

/** What the names of secrets begin with that AgentCore keeps. */
const KEPT_BY_AGENTCORE = /(^|:secret:)bedrock-agentcore-identity!/;

/** What can be said at once about a secret that code is to read. A text is not shown: it may be the secret itself. */
export function expectReadableSecret(problems: Problems, secret: secretsmanager.ISecretRef, options: ReadSecretInCodeOptions): void {
  expectKnownFields(problems, options ?? {}, ['reason', 'encryptionKey', 'parts'], 'Capability.readSecretInCode', 'Capability/UnknownField');
  expectReason(problems, options?.reason);
  expectKey(problems, options?.encryptionKey);
  expectPartNames(problems, options?.parts);
  const known = problems.expect(isSecret(secret), {
    code: 'Capability/Secret',
    what: 'it is not a secret of Secrets Manager',
    ...(typeof secret === 'object' && secret !== null && !('unsafeUnwrap' in secret) ? { received: secret } : {}),
    allowed: 'a Secret, an import of one, or the L1; never a value',
    fix: 'Write Capability.readSecretInCode(secret, { reason }) with secretsmanager.Secret.fromSecretCompleteArn(…) or a secret of this app.',
  });
  if (known && l1Of(secret) === undefined) {
    expectImport(problems, secret);
  }
}

function expectImport(problems: Problems, secret: secretsmanager.ISecretRef): void {
  const id = secret.secretRef.secretId;
  problems.expect(!KEPT_BY_AGENTCORE.test(knownText(id)), {
    code: 'Capability/Secret',
    what: 'AgentCore keeps this secret for a provider, whose limits hold because the agent\'s code cannot read it',
    received: id,
    fix: 'Let the agent use the provider: Capability.useApiKey(…) or another of its forms.',
  });
  problems.expect(!holdsPattern(id), { code: 'Capability/Secret', what: 'the name or ARN of the secret holds a wildcard', received: id, fix: 'Name one secret.' });
  problems.expect(knownText(id) === '' || id.startsWith('arn:') || id !== knownText(id), {
    code: 'Capability/Secret',
    what: 'the secret is referenced by its name, which IAM cannot grant',
    received: id,
    fix: 'Import it with Secret.fromSecretCompleteArn(…) or Secret.fromSecretNameV2(…).',
  });
}

function expectKey(problems: Problems, key: unknown): void {
  problems.expect(key === undefined || (typeof key === 'object' && key !== null && 'keyRef' in key), {
    code: 'Capability/SecretKey',
    what: 'encryptionKey is not a KMS key',
    ...(typeof key === 'string' ? {} : { received: key }),
    fix: 'Pass a Key, or an import such as Key.fromKeyArn(this, \'Key\', arn).',
  });
}

function expectPartNames(problems: Problems, parts: unknown): void {
  problems.expect(parts === undefined || (Array.isArray(parts) && parts.length > 0 && parts.every((name) => typeof name === 'string') && new Set(parts).size === parts.length), {
    code: 'Capability/SecretParts',
    what: 'parts are not valid',
    received: parts,
    allowed: 'names of parts of the agent, each once',
    fix: 'Name the parts whose code reads the secret, or leave parts out: then the part given as host does.',
  });
}
