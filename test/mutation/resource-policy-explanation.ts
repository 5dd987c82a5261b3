import type { ResourcePolicyMutant } from './resource-policy-mutant';
import { actionReference } from '../simulation/action-reference';
import { asList, type NamedPolicy } from '../simulation/policy-document';

/** Why a change of a resource's policy makes no difference to anybody. Each reason is checked, and not merely said. */
export type ResourcePolicyReason =
  /** KMS asks for the action on no key, so its policy is not read. */
  | 'the action works on something else'
  /** The statement's condition is about a key that no request for the action carries. */
  | 'the action has no such condition key'
  /** The other statements let the same in, with the changed one or without it. */
  | 'another statement lets them in already'
  /** Principals of the resource's account are let in by their own policies, whatever the Allows of this one say, and no other is touched. */
  | 'in the account its own IAM decides'
  /** Another statement denies it to everybody, also to those of the account who have everything. */
  | 'another Deny keeps everybody out';

/** `letIn` says which questions about some actions a policy lets in. */
export async function resourcePolicyReason(
  resource: string, { before, policy, actions }: ResourcePolicyMutant, letIn: (policy: NamedPolicy, actions: readonly string[], account?: string) => readonly string[],
): Promise<ResourcePolicyReason | undefined> {
  const references = await Promise.all(actions.map(async (action) => (await actionReference(action))!));
  if (references.every((reference) => !reference.resourceTypes.some((type) => type.matches(resource)))) return 'the action works on something else';
  const keys = Object.values(before.Condition ?? {}).flatMap((each) => Object.keys(each));
  if (references.every((reference) => keys.some((key) => !reference.supports(key)))) return 'the action has no such condition key';
  const others = { ...policy, document: { ...policy.document, Statement: asList(policy.document.Statement).filter(({ Sid }) => Sid !== before.Sid) } };
  const [without, withIt] = [others, policy].map((each) => letIn(each, actions));
  const account = resource.split(':')[4];
  const onlyDenies = { ...policy, document: { ...policy.document, Statement: asList(policy.document.Statement).filter(({ Effect }) => Effect === 'Deny') } };
  const [deniesOnly, all] = [onlyDenies, policy].map((each) => letIn(each, actions, account));
  if (without.length + withIt.length === 0 && asList(others.document.Statement).some(({ Effect }) => Effect === 'Deny')) return 'another Deny keeps everybody out';
  if (before.Effect === 'Allow' && all.length > 0 && JSON.stringify(deniesOnly) === JSON.stringify(all)) return 'in the account its own IAM decides';
  return without.length > 0 && JSON.stringify(without) === JSON.stringify(withIt) ? 'another statement lets them in already' : undefined;
}
