import { type Mutant } from './mutant';
import type { Noticing } from './noticing';
import { actionReference } from '../simulation/action-reference';
import { asList, type NamedPolicy, type PolicyStatement } from '../simulation/policy-document';

/** Why a change makes no difference to anybody. Each reason is checked, and not merely said. */
export type Reason =
  /** The added action needs a resource of another kind, which nothing in the role's policies allows it on. */
  | 'AWS asks for another resource as well'
  /** The statement's condition is about a key that no request for the added action carries. */
  | 'the action has no such condition key'
  /** Without the role's Denies it would be noticed: they hold although the Allow is wrong. */
  | 'a Deny of the role holds it'
  /** If the key's policy left everything to IAM, it would be noticed. */
  | 'the policy of the key holds it'
  /** The role may do the same with the statement as it was, or without it. */
  | 'another statement of the role gives it already'
  /** The statement allows the added resource before, by one of its patterns. */
  | 'a pattern of the statement covers it already'
  /** Nothing in the account has another ARN that the pattern covers and the actions work on. */
  | 'an account has one token vault'
  /** All ids of KMS keys are of one length, so that none is the beginning of another. */
  | 'no key has a longer ARN';

/** What remains of a mutant that nothing notices. Undefined if there is no good reason for it. */
export async function explanationOf(mutant: Mutant, role: string, noticing: Noticing, withOpenKeys: Noticing): Promise<Reason | undefined> {
  const { before, after, addedAction } = mutant;
  if (before.Effect !== 'Allow' || mutant.effect !== 'widens' || after === undefined) return undefined;
  if (addedAction !== undefined && !await workable(addedAction, after)) return 'AWS asks for another resource as well';
  if (addedAction !== undefined && !await conditionsKnown(addedAction, after)) return 'the action has no such condition key';
  const withoutDenies = { ...mutant, policies: mutant.policies.map(onlyAllows) };
  if (await noticing.firstChange(role, withoutDenies) !== undefined) return 'a Deny of the role holds it';
  const added = asList(after.Resource).filter((resource) => !asList(before.Resource).includes(resource));
  if (added.length > 0 && added.every((resource) => asList(before.Resource).some((pattern) => covers(pattern, resource)))) return 'a pattern of the statement covers it already';
  if (added.length === 1 && /:kms:.*:key\/[0-9a-f-]{36}\*$/.test(added[0])) return 'no key has a longer ARN';
  if (await withOpenKeys.firstChange(role, mutant) !== undefined) return 'the policy of the key holds it';
  if (addedAction !== undefined && givenAlready(mutant, addedAction, role, noticing)) return 'another statement of the role gives it already';
  if (added.length === 1 && /:token-vault\/(default)?\*$/.test(added[0]) && asList(after.Action).every((action) => VAULT_ACTIONS.includes(action))) return 'an account has one token vault';
  return undefined;
}

/** Actions that work on vaults, and on nothing in them. */
const VAULT_ACTIONS = ['bedrock-agentcore:GetTokenVault', 'bedrock-agentcore:SetTokenVaultCMK'];

/** Whether every kind of resource that the action needs is among those of the statement. */
async function workable(action: string, statement: PolicyStatement): Promise<boolean> {
  const reference = (await actionReference(action))!;
  const resources = asList(statement.Resource);
  return resources.includes('*') || reference.resourceTypes.every((type) => !type.required || resources.some((resource) => type.matches(resource)));
}

async function conditionsKnown(action: string, { Condition = {} }: PolicyStatement): Promise<boolean> {
  const reference = (await actionReference(action))!;
  return Object.values(Condition).flatMap((keys) => Object.keys(keys)).every((key) => reference.supports(key));
}

/** Whether the role may do what the added action is for without the changed statement, and nothing more of it with the statement. */
function givenAlready({ policies, before, after }: Mutant, action: string, role: string, noticing: Noticing): boolean {
  const others = policies.map((policy) => ({
    ...policy, document: { ...policy.document, Statement: asList(policy.document.Statement).filter((statement) => statement !== after && statement !== before) },
  }));
  const [without, withIt] = [others, policies].map((each) => noticing.allowedWith(each, role, [action]));
  return without.length > 0 && JSON.stringify(without) === JSON.stringify(withIt);
}

function covers(pattern: string, resource: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(resource);
}

function onlyAllows(policy: NamedPolicy): NamedPolicy {
  return { ...policy, document: { ...policy.document, Statement: asList(policy.document.Statement).filter(({ Effect }) => Effect === 'Allow') } };
}
