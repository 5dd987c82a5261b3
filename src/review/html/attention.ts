import { MarkId } from './mark';
import { CapabilityKind } from '../../capability/capability-kind';
import { EnforcementLayer } from '../../capability/enforcement-layer';
import type { AccessModel, AgentAccess, CapabilityAccess, MachineClientAccess, ProviderAccess, TokenVaultAccess } from '../access-model';

/** One thing that a reviewer should look at, and why it is so. */
export interface Attention {
  readonly mark: MarkId;
  /** Construct path of what it is about. */
  readonly path: string;
  /** The place in it, in words; empty where it is about all of it. */
  readonly place: string;
  readonly why: string;
}

/** What the members that hold a reason say. A reason that is not listed here is one for a broad form. */
const REASONS: Record<string, MarkId | undefined> = {
  suspendedReason: 'suspended',
  logOnlyReason: 'log-only',
  anyClientReason: 'any-client',
  sharedReason: 'shared',
  managedElsewhereReason: 'elsewhere',
};

/** Everything that deserves attention, in the order of the model. */
export function attentionOf(model: AccessModel): Attention[] {
  return [
    ...model.agents.flatMap((agent) => [
      ...reasonsIn(agent.path, agent), ...agent.capabilities.flatMap((capability) => ofCapability(agent, capability)),
      ...ofFrontEnds(agent), ...ofOperators(agent), ...leftOver(agent),
    ]),
    ...model.gateways.flatMap((gateway) => [...reasonsIn(gateway.path, gateway), ...leftOver(gateway)]),
    ...model.providers.flatMap(ofProvider),
    ...model.machineClients.flatMap(ofMachineClient),
    ...ofVaults(model),
  ];
}

/** Every member of the model whose name ends with Reason or Because holds the reason for something that deserves attention. */
function reasonsIn(path: string, value: unknown, place = ''): Attention[] {
  if (Array.isArray(value)) {
    return value.flatMap((member) => reasonsIn(path, member, place));
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const here = [place, placeOf(value as Record<string, unknown>)].filter((each) => each !== '').join(', ');
  return Object.entries(value).flatMap(([name, member]) => (typeof member === 'string' && /(Reason|Because)$/.test(name)
    ? [{ mark: REASONS[name] ?? 'broad', path, place: [here, REASONS[name] === undefined ? wordsOf(name) : ''].filter((each) => each !== '').join(', '), why: member }]
    : reasonsIn(path, member, here)));
}

/** Words for the part of an agent or gateway that an object of the model is about. */
function placeOf(value: Record<string, unknown>): string {
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : undefined);
  if (text('path') !== undefined) {
    return '';
  }
  if (text('provider') !== undefined && text('delegation') !== undefined) {
    return `${text('kind')} with ${text('provider')}`;
  }
  if (text('tool') !== undefined) {
    return text('tool') === '*' ? 'EVERY TOOL' : `tool ${text('tool')}`;
  }
  return text('issuer') !== undefined ? `tokens of ${text('issuer')}` : text('name') ?? '';
}

/** `errorDetailsReason` is "error details". */
function wordsOf(member: string): string {
  return member.replace(/(Reason|Because)$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^broad$/, '').trim();
}

function ofCapability({ path }: AgentAccess, { kind, provider, asWhom, limits }: CapabilityAccess): Attention[] {
  const place = `${kind} with ${provider}`;
  return [
    ...(kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID ? [{ mark: 'unverified' as const, path, place, why: asWhom }] : []),
    ...(kind === CapabilityKind.ACT_ON_BEHALF_OF_USER ? [{ mark: 'no-consent' as const, path, place, why: asWhom }] : []),
    ...(kind === CapabilityKind.READ_SECRET_IN_CODE ? [{ mark: 'broad' as const, path, place, why: asWhom }] : []),
    ...limits.filter(({ enforcedBy }) => enforcedBy === EnforcementLayer.APPLICATION)
      .map(({ limit, how }) => ({ mark: 'application' as const, path, place, why: `${limit}: ${how}` })),
    ...limits.filter(({ how }) => how.includes('NOT CHECKED HERE')).map(({ limit, how }) => ({ mark: 'unchecked' as const, path, place, why: `${limit}: ${how}` })),
  ];
}

function ofFrontEnds({ path, frontEnds = [] }: AgentAccess): Attention[] {
  return frontEnds.flatMap(({ name, role, userIds, enforcedByApplication, attachedHere }) => {
    const place = `front end ${name}`;
    return [
      ...(userIds !== undefined ? [{ mark: 'unverified' as const, path, place, why: `It names the users: ${userIds.join(', ')}` }] : []),
      ...(enforcedByApplication !== undefined ? [{ mark: 'application' as const, path, place, why: enforcedByApplication }] : []),
      ...(attachedHere ? [] : [{ mark: 'elsewhere' as const, path, place, why: `The owner of role ${role} attaches its policy.` }]),
    ];
  });
}

function ofOperators({ path, operators = [] }: AgentAccess): Attention[] {
  return operators.flatMap(({ name, role, reason, attachedHere }) => {
    const place = `operator ${name}`;
    return [
      { mark: 'broad' as const, path, place: `${place}, who runs commands`, why: reason },
      ...(attachedHere ? [] : [{ mark: 'elsewhere' as const, path, place, why: `The owner of role ${role} attaches its policy.` }]),
    ];
  });
}

function ofMachineClient({ path, secret, awsManagedKeyReason, requiredKeyPolicy = [] }: MachineClientAccess): Attention[] {
  return [
    ...(awsManagedKeyReason !== undefined ? [{ mark: 'no-key' as const, path, place: secret.kept, why: awsManagedKeyReason }] : []),
    ...(requiredKeyPolicy.length > 0 ? [{ mark: 'others' as const, path, place: '', why: 'The owner of the secret\'s key adds a statement to its policy.' }] : []),
  ];
}

function leftOver({ path, remainingWildcards, leftToOthers }: Pick<AgentAccess, 'path' | 'remainingWildcards' | 'leftToOthers'>): Attention[] {
  return [
    ...remainingWildcards.map(({ resource, reason }) => ({ mark: 'wildcard' as const, path, place: resource, why: reason })),
    ...leftToOthers.map((why) => ({ mark: 'others' as const, path, place: '', why })),
  ];
}

function ofProvider({ path, broadBecause, requiredKeyPolicy, secret }: ProviderAccess): Attention[] {
  return [
    ...(broadBecause !== undefined ? [{ mark: 'broad' as const, path, place: '', why: broadBecause }] : []),
    ...(requiredKeyPolicy !== undefined && requiredKeyPolicy.length > 0 ? [{ mark: 'others' as const, path, place: '', why: 'The owner of the signing key adds a statement to its policy.' }] : []),
    ...(secret.protectedBy.startsWith('the AWS managed key') ? [{ mark: 'no-key' as const, path, place: secret.kept, why: `Protected by ${secret.protectedBy}` }] : []),
  ];
}

function ofVaults({ agents, tokenVaults }: AccessModel): Attention[] {
  const places = [...new Set(agents.map(({ environment: { account, region } }) => `account ${account}, region ${region}`))].sort();
  const keyed = new Set(tokenVaults.map(({ environment: { account, region } }) => `account ${account}, region ${region}`));
  return [
    ...places.filter((place) => !keyed.has(place)).map((place) => ({
      mark: 'no-key' as const, path: 'token vault', place, why: 'The users\' tokens are under a key that AWS owns, or under one that this app does not know.',
    })),
    ...tokenVaults.filter(({ requiredKeyPolicy }) => requiredKeyPolicy.length > 0).map(({ path }: TokenVaultAccess) => ({
      mark: 'others' as const, path, place: '', why: 'The owner of the key adds statements to its policy.',
    })),
  ];
}
