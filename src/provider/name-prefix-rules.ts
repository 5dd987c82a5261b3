import { aws_bedrockagentcore as agentcore, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { IApiKeyProvider } from './api-key-provider';
import { knownBeginning } from './name-prefix';
import type { IOAuth2Provider } from './oauth2-provider';
import { mayBeInSameEnvironment, Placed } from './provider-key';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';

type AnyProvider = IOAuth2Provider | IApiKeyProvider;

/** A provider of the app with a name of its own: declared with this library, or another construct. */
interface NamedProvider {
  readonly construct: Placed;
  readonly name: string;
  readonly keptByAgentCore: boolean;
}

/** What a prefix must not cover, which only shows when the whole app is declared. Returns messages for CDK's validation. */
export function namePrefixProblems(group: AnyProvider): string[] {
  const problems = new Problems(group.node.path);
  const beginning = knownBeginning(group.namePrefix!);
  for (const { name, construct, keptByAgentCore } of namedProviders(group)) {
    const { node } = construct;
    // Names first: most pairs of an app differ by them, and looking up stages takes long.
    if (knownBeginning(name).startsWith(beginning) && mayBeInSameEnvironment(construct, group)) {
      problems.add({
        code: 'Provider/PrefixCovers',
        what: `the prefix covers provider ${node.path}, which this app declares: its name begins with ${beginning}, so whoever may use the prefix may use it`,
        received: group.namePrefix,
        fix: 'Choose another prefix, one that no name of this app begins with, or name the provider otherwise.',
      });
    } else if (keptByAgentCore && !Token.isUnresolved(name) && sharesSecretNames(name, beginning) && mayBeInSameEnvironment(construct, group)) {
      problems.add({
        code: 'Provider/SecretNameCovered',
        what: `the secrets of the prefix and that of provider ${node.path} are kept by AgentCore under names that a grant cannot tell apart: it puts a hyphen and more characters behind ${name}`,
        received: group.namePrefix,
        fix: 'Choose another prefix, or let the provider reference a secret of your own.',
      });
    }
  }
  expectOwnPrefix(problems, group, beginning);
  expectOneAgent(problems, group);
  return problems.messages();
}

/** The providers of the app whose names only deployment knows, so that they may be covered. */
export function perhapsCovered(group: AnyProvider): string[] {
  const beginning = knownBeginning(group.namePrefix!);
  const mayBegin = (name: string) => Token.isUnresolved(name) && beginning.startsWith(knownBeginning(name)) && knownBeginning(name) !== beginning;
  return namedProviders(group)
    .filter(({ construct, name }) => mayBegin(name) && mayBeInSameEnvironment(construct, group))
    .map(({ construct }) => construct.node.path)
    .sort();
}

/**
 * AgentCore keeps the secret of `okta` as `okta-AbCdEf` or `okta-1a2b3c4d-AbCdEf`, and a grant names the random characters by `?`. A
 * prefix that begins among these covers them, or is covered.
 */
function sharesSecretNames(name: string, beginning: string): boolean {
  return beginning.startsWith(`${name}-`) && beginning.length <= `${name}-????????-`.length;
}

function expectOwnPrefix(problems: Problems, group: AnyProvider, beginning: string): void {
  const overlapping = (other: AnyProvider) => {
    const theirs = knownBeginning(other.namePrefix!);
    return theirs.startsWith(beginning) || beginning.startsWith(theirs);
  };
  const twin = family(group).find((other) => other !== group && other.namePrefix !== undefined && overlapping(other) && mayBeInSameEnvironment(other, group));
  problems.expect(twin === undefined, {
    code: 'Provider/PrefixOverlaps',
    what: `${twin?.node.path} has a prefix that covers some of the same names`,
    received: group.namePrefix,
    fix: 'Give each a prefix that does not begin with the other; one that is meant twice is declared once.',
  });
}

/** Administrators would give two agents at once whatever they make, and see it of one. */
function expectOneAgent(problems: Problems, group: AnyProvider): void {
  const agents = Ledger.of(group).agents.filter(({ capabilities }) => capabilities.some(({ provider, apiKeyProvider }) => (provider ?? apiKeyProvider) === group));
  problems.expect(agents.length <= 1, {
    code: 'Provider/PrefixShared',
    what: `the prefix is used by ${agents.map(({ node }) => node.path).join(' and ')}, so each could use what administrators make for the other`,
    received: group.namePrefix,
    fix: 'Give each agent a prefix of its own.',
  });
}

function family(group: AnyProvider): readonly AnyProvider[] {
  const ledger = Ledger.of(group);
  return ('oAuth2CredentialProviderRef' in group ? ledger.oauth2Providers : ledger.apiKeyProviders).map(({ provider }) => provider);
}

/** Those that are declared here, imports included, and those that other constructs make. */
function namedProviders(group: AnyProvider): NamedProvider[] {
  const declared = family(group).filter(({ namePrefix }) => namePrefix === undefined).map((provider) => ({
    construct: provider as Placed, name: provider.providerName, keptByAgentCore: secretOf(provider).isManagedByAgentCore,
  }));
  const constructs = new Set<IConstruct | undefined>(declared.map(({ construct }) => construct));
  const made = group.node.root.node.findAll().filter(isOfFamily(group)).filter(({ node }) => !constructs.has(node.scope)).map((l1): NamedProvider => {
    const name: unknown = Stack.of(l1).resolve(l1.name);
    return { construct: l1, name: typeof name === 'string' ? name : l1.name, keptByAgentCore: true };
  });
  // An import of a construct is the same provider.
  return [...declared, ...made.filter(({ name }) => !declared.some((other) => other.name === name))];
}

function secretOf(provider: AnyProvider) {
  return 'clientSecret' in provider ? provider.clientSecret : provider.apiKey;
}

type ProviderL1 = agentcore.CfnOAuth2CredentialProvider | agentcore.CfnApiKeyCredentialProvider;

function isOfFamily(group: AnyProvider): (construct: IConstruct) => construct is ProviderL1 {
  return 'oAuth2CredentialProviderRef' in group
    ? (construct) => agentcore.CfnOAuth2CredentialProvider.isCfnOAuth2CredentialProvider(construct)
    : (construct) => agentcore.CfnApiKeyCredentialProvider.isCfnApiKeyCredentialProvider(construct);
}
