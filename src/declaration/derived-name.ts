import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { outermostStack } from './outermost-stack';

const HASH_LENGTH = 8;

/**
 * Derives a physical name from the stack's name and the construct's place in it: `<stack>-<path>-<8 hex digits>`.
 *
 * Stacks of one account and Region have different names, so two stages, two stacks or two apps cannot derive the same name there.
 * The digits keep `a-b` + `c` apart from `a` + `b-c`, and the same stack in two Regions apart, where the Region is known. The
 * readable part is cut in front of the digits where the whole would be too long. Only letters, digits and hyphens are used, which
 * every AgentCore Identity name allows.
 */
export function derivedName(construct: IConstruct, longest: number): string {
  const stack = outermostStack(Stack.of(construct));
  const stackName = Token.isUnresolved(stack.stackName) ? stack.node.path : stack.stackName;
  const pathInStack = construct.node.path.slice(stack.node.path.length).split('/').filter((id) => id !== '' && id !== 'Resource');
  const region = Token.isUnresolved(stack.region) ? [] : [stack.region];
  const hash = createHash('sha256').update(JSON.stringify([stackName, pathInStack, ...region])).digest('hex').slice(0, HASH_LENGTH);
  const readable = [stackName, ...pathInStack]
    .join('-')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .slice(0, longest - HASH_LENGTH - 1)
    .replace(/^-|-$/g, '');
  return `${readable}-${hash}`;
}
