import { aws_bedrockagentcore as agentcore, aws_kms as kms, aws_secretsmanager as secretsmanager, Reference, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { Agent } from './agent';
import { HOST_PART, readingParts } from './secret-in-code';
import { Capability } from '../capability/capability';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { referenceOrText } from '../declaration/reference-text';
import { knownToDiffer } from '../declaration/same-value';
import { templateValue } from '../provider/generated-secret';
import { keyBehind, keyProblems } from '../provider/key-arn';
import { l1Of } from '../provider/secret-access';

/** What stands before the name in an ARN, whose partition may be known only at deployment. */
const SECRET = ':secret:';

/** Rules about a secret that the agent's code reads, which only show when the whole app is declared. */
export function secretInCodeRules(problems: Problems, agent: Agent, capability: Capability, ledger: Ledger): void {
  const secret = capability.secret!;
  const { secretKey } = capability._secretOptions;
  expectParts(problems, agent, capability);
  expectOfNoProvider(problems, secret, ledger);
  expectValueOutsideTemplate(problems, secret);
  problems.addAll(secretKey === undefined ? [] : keyProblems(secretKey, `the encryption key of secret ${secret.node.path}`, 'Capability/SecretKey'));
  expectReadableElsewhere(problems, agent, secret, secretKey);
}

function expectParts(problems: Problems, agent: Agent, capability: Capability): void {
  const { node: { path } } = capability.secret!;
  const named = capability._secretOptions.readingParts ?? [HOST_PART];
  const unknown = named.filter((name) => !agent.parts.some((part) => part.name === name));
  problems.expect(unknown.length === 0, {
    code: 'Capability/SecretParts',
    what: capability._secretOptions.readingParts === undefined
      ? `it is not said which part's code reads secret ${path}, and the agent has no part given as host`
      : `secret ${path} is to be read by parts that the agent does not have`,
    ...(capability._secretOptions.readingParts === undefined ? {} : { received: unknown }),
    allowed: agent.parts.map(({ name }) => name).join(', '),
    fix: 'Write parts: [\'…\'] with the names of the parts whose code reads the secret.',
  });
  const shared = readingParts(agent, capability).filter(({ sharedReason }) => sharedReason !== undefined);
  problems.expect(shared.length === 0, {
    code: 'Capability/SecretParts',
    what: `secret ${path} is to be read by a return page that other agents share`,
    received: shared.map(({ name }) => name),
    fix: 'Let a part read it that acts for this agent only.',
  });
}

/** The limits of a provider hold because code gets its tokens, and never what they are got with. */
function expectOfNoProvider(problems: Problems, secret: secretsmanager.ISecretRef, ledger: Ledger): void {
  problems.expect(!isKeptByAgentCore(secret), {
    code: 'Capability/Secret',
    what: 'AgentCore keeps this secret for a provider, whose limits hold because the agent\'s code cannot read it',
    received: secret.node.path,
    fix: 'Let the agent use the provider: Capability.useApiKey(…) or another of its forms.',
  });
  const kept: { readonly owner: IConstruct; readonly of?: secretsmanager.ISecretRef; readonly what: string }[] = [
    ...ledger.oauth2Providers.map(({ provider }) => ({ owner: provider, of: provider.clientSecret.secret, what: 'the client secret of provider' })),
    ...ledger.apiKeyProviders.map(({ provider }) => ({ owner: provider, of: provider.apiKey.secret, what: 'the key of provider' })),
    ...ledger.machineClients.map((client) => ({ owner: client, of: client.clientSecret.secret, what: 'the secret of machine client' })),
  ];
  const found = kept.find(({ of }) => of !== undefined && mayBeSameSecret(of, secret));
  problems.expect(found === undefined, {
    code: 'Capability/SecretOfProvider',
    what: `secret ${secret.node.path} is ${found?.what} ${found?.owner.node.path}, so the agent's code could pass for the client, without any limit of what it may do`,
    received: secret.node.path,
    fix: 'Let the agent use the provider, with Capability.useApiKey(…) or another of its forms; or give the code a secret of its own.',
  });
}

function expectValueOutsideTemplate(problems: Problems, secret: secretsmanager.ISecretRef): void {
  const l1 = l1Of(secret);
  problems.expect(l1 === undefined || templateValue(l1).value === undefined, {
    code: 'Capability/SecretInTemplate',
    what: `secret ${secret.node.path} gets its value from the template`,
    allowed: 'a generated value, or an imported secret',
    fix: 'Remove secretString / secretStringValue / secretObjectValue, or the override: everybody who can read the stack could read the value, which is not shown here.',
  });
}

/** Secrets Manager finds another account's secret by its complete ARN only, and never under the AWS managed key. */
function expectReadableElsewhere(problems: Problems, agent: Agent, secret: secretsmanager.ISecretRef, key: kms.IKeyRef | undefined): void {
  const { account } = agent._identity.scope;
  if (!knownToDiffer(secret.env.account, account)) {
    return;
  }
  const l1 = key === undefined ? undefined : keyBehind(key);
  problems.expect(l1Of(secret) === undefined && 'secretArn' in secret ? (secret as secretsmanager.ISecret).secretFullArn !== undefined : l1Of(secret) === undefined, {
    code: 'Capability/SecretOfOtherAccount',
    what: `the secret is in account ${secret.env.account}, the agent in ${account}, whose code finds it by its complete ARN only`,
    received: secret.node.path,
    fix: 'Import it by its complete ARN: Secret.fromSecretCompleteArn(…).',
  });
  problems.expect(l1 !== undefined && !(kms.CfnKey.isCfnKey(l1) || kms.CfnKey.isCfnKey(l1.node.defaultChild)), {
    code: 'Capability/SecretOfOtherAccount',
    what: `the secret is in account ${secret.env.account}, the agent in ${account}, but ${l1 === undefined ? 'its key is not told, and other accounts cannot use the AWS managed key' : 'the ARN of its key is not known before deployment'}`,
    received: secret.node.path,
    fix: 'Protect it with a customer-managed key and say so: { encryptionKey: Key.fromKeyArn(this, \'Key\', \'arn:…\') }.',
  });
}

/** Whether two references are to one secret, as far as is known. Complete ARNs count without their six characters, too: it may have been made anew. */
function mayBeSameSecret(a: secretsmanager.ISecretRef, b: secretsmanager.ISecretRef): boolean {
  const alike = namesOf(b);
  return a === b || (namesOf(a).some((name) => alike.includes(name)) && !knownToDiffer(a.env.account, b.env.account) && !knownToDiffer(a.env.region, b.env.region));
}

/** Every secret is compared with those of all providers. Whoever has the L1 may still rename it. */
const NAMES = new WeakMap<secretsmanager.ISecretRef, { readonly given?: string; readonly names: readonly string[] }>();

/** What a secret may be called: its name, also as an ARN tells it, and the same text for the same deploy-time value. */
function namesOf(secret: secretsmanager.ISecretRef): readonly string[] {
  const given = l1Of(secret)?.name;
  const known = NAMES.get(secret);
  if (known !== undefined && known.given === given) {
    return known.names;
  }
  const child = secret.node.defaultChild;
  const attached = secretsmanager.CfnSecretTargetAttachment.isCfnSecretTargetAttachment(child) ? child.secretId : undefined;
  const complete = !('secretArn' in secret) || (secret as secretsmanager.ISecret).secretFullArn !== undefined;
  const names = [given, l1Of(secret)?.ref, secret.secretRef.secretId, attached].flatMap((text) => {
    const read = text === undefined ? undefined : referenceOrText(secret, nameIn(text)).text;
    if (text === undefined || read === undefined) {
      return [];
    }
    const name = nameIn(read);
    return complete && [text, read].some((each) => each.startsWith('arn:')) ? [name, name.replace(/-[A-Za-z0-9]{6}$/, '')] : [name];
  });
  NAMES.set(secret, { given, names });
  return names;
}

function nameIn(text: string): string {
  return text.startsWith('arn:') && text.includes(SECRET) ? text.slice(text.indexOf(SECRET) + SECRET.length) : text;
}

/** By a name that only synthesis fills in, or as an attribute of the provider. */
function isKeptByAgentCore(secret: secretsmanager.ISecretRef): boolean {
  return namesOf(secret).some((name) => name.startsWith('bedrock-agentcore-identity!'))
    || Tokenization.reverseString(secret.secretRef.secretId).tokens.some((token) => Reference.isReference(token)
      && (agentcore.CfnOAuth2CredentialProvider.isCfnOAuth2CredentialProvider(token.target)
        || agentcore.CfnApiKeyCredentialProvider.isCfnApiKeyCredentialProvider(token.target)));
}
