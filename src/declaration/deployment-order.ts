import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { warn } from './acknowledgeable-warning';
import { outermostStack } from './outermost-stack';

const CIRCLE = 'cdk-agentcore-identity:deploymentOrder';

/**
 * Lets a resource be made after what it names by a literal ARN, which makes no edge of its own in a template. What a construct of
 * another stack of the same stage makes comes first by the order of the stacks; where that would close a circle, a warning says so. With
 * `skipValidation`, stacks are not ordered.
 */
export function deployAfter(resource: CfnResource, named: Construct): void {
  if (outermostStack(resource.stack) === outermostStack(Stack.of(named))) {
    resource.node.addDependency(named);
    return;
  }
  // References between stacks are known only after all constructs and aspects, and so is whether there is a circle.
  resource.node.addValidation({
    validate: () => {
      orderStacks(resource, named);
      return [];
    },
  });
}

function orderStacks(resource: CfnResource, named: Construct): void {
  const [later, earlier] = [resource, named].map((each) => outermostStack(Stack.of(each)));
  const made = named.node.findAll().some((each) => CfnResource.isCfnResource(each));
  if (!made || Stage.of(later) !== Stage.of(earlier)) {
    return;
  }
  if (needs(earlier, later)) {
    warn(resource, CIRCLE, `THE FIRST DEPLOYMENT MAY FAIL: this resource needs ${named.node.path} of stack ${earlier.node.path}, which itself is deployed after stack ${later.node.path}. `
      + 'Put the provider into a stack that needs neither.');
  } else {
    later.addStackDependency(earlier, `${resource.node.path} names ${named.node.path}`);
  }
}

function needs(stack: Stack, other: Stack, seen = new Set<Stack>()): boolean {
  return stack.dependencies.some((each) => each === other || (!seen.has(each) && needs(each, other, seen.add(each))));
}
