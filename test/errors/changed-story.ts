import { Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { ExpectedProblem, expectLateProblems, lateCodes } from './refusal';
import { appOf } from './story';

/** What somebody does to a resource. */
export type Change = (l1: CfnResource) => unknown;

/** The resources of the app at these paths, by aspects that run after all policies are written. */
export function changeLate(stack: Stack, path: string, change: Change): void {
  const found: string[] = [];
  Aspects.of(appOf(stack)).add({
    visit: (node) => {
      if (CfnResource.isCfnResource(node) && node.node.path === path && !found.includes(path)) {
        found.push(path);
        change(node);
      }
    },
  }, { priority: 500 });
  stack.node.addValidation({ validate: () => (found.length > 0 ? [] : [`no resource at ${path}`]) });
}

/** The codes with which the app is refused after the change. */
export function codesAfter(stack: Stack, path: string, change: Change): string[] {
  changeLate(stack, path, change);
  return lateCodes(appOf(stack));
}

/** Expects that the app is refused after the change, with exactly this. */
export function expectRefusedAfter(stack: Stack, path: string, change: Change, problem: ExpectedProblem): void {
  changeLate(stack, path, change);
  expectLateProblems(appOf(stack), problem);
}

/** By an override of one property. */
export const override = (property: string, value: unknown): Change => (l1) => l1.addPropertyOverride(property, value);

/** By assignment to the L1. */
export const assign = (property: string, value: unknown): Change => (l1) => ((l1 as unknown as Record<string, unknown>)[property] = value);

/** Out of the app. */
export const removed: Change = (l1) => l1.node.scope!.node.tryRemoveChild(l1.node.id);
