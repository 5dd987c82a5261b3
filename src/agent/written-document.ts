import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { textForStack } from '../declaration/cross-stack-value';
import { expectNoPatternInTokens } from '../declaration/token-pattern';
import { Statement, statementJson } from '../permission/statement';

/** Statements as a policy document in a stack: in their order, as they are, and without an export of another stack. */
export function writtenDocument(stack: Stack, statements: readonly Statement[]): iam.PolicyDocument {
  expectNoPatternInTokens(stack, statements.map(statementJson), stack.node.path);
  return new iam.PolicyDocument({
    minimize: false,
    // Frozen: whoever has the document may add statements, which is noticed, but not change these.
    statements: statements.map((statement) => iam.PolicyStatement.fromJson(textsForStack(stack, statementJson(statement))).freeze()),
  });
}

function textsForStack(stack: Stack, value: unknown): unknown {
  if (typeof value === 'string') {
    return textForStack(stack, value);
  }
  if (Array.isArray(value)) {
    return value.map((each) => textsForStack(stack, each));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, textsForStack(stack, member)]))
    : value;
}
