import { ToolTarget } from './tool-target';
import { deployAfter } from '../declaration/deployment-order';

/** How many changes of targets a gateway takes at the same time. */
const CONCURRENT_TARGETS = 5;

/** Lets a target be made after its provider, and after so many others that the gateway takes the change. */
export function orderTarget(added: ToolTarget, others: readonly ToolTarget[]): void {
  const before = others[others.length - CONCURRENT_TARGETS];
  if (before !== undefined) {
    added._resource.node.addDependency(before._resource);
  }
  const provider = added.credentials.provider ?? added.credentials.apiKeyProvider;
  if (provider !== undefined) {
    deployAfter(added._resource, provider);
  }
}
