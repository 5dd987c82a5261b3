import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct, IDependable } from 'constructs';
import { estimatedLengthIn } from '../agent/estimated-length';
import { RolePolicy } from '../agent/role-policy';
import { writtenDocument } from '../agent/written-document';
import { declarePolicy } from '../declaration/declared-policy';
import { refuse } from '../declaration/problems';
import { policyDocuments } from '../permission/policy-documents';
import { Statement, statementJson } from '../permission/statement';

/** Managed policies that a role may carry by default (IAM quota), less two for the user's own. */
const MOST_MANAGED_POLICIES = 8;

/** Whose role gets the statements. */
export interface RoleOwner {
  readonly role: iam.Role;
  /** What it is, in words: `gateway`. */
  readonly what: string;
  /** The error if they are too many. */
  readonly code: string;
  readonly fix: string;
}

/** Writes statements onto a role that was made with its construct, beneath the construct: an inline policy, and managed ones for the rest. */
export function attachStatements(scope: Construct, { role, what, code, fix }: RoleOwner, statements: readonly Statement[]): IDependable[] {
  const stack = Stack.of(scope);
  const documents = policyDocuments(statements, (statement) => estimatedLengthIn(stack, statementJson(statement)));
  const [inline, ...more] = documents.map((document) => writtenDocument(stack, document));
  if (more.length > MOST_MANAGED_POLICIES) {
    refuse({
      code,
      what: `the role of the ${what} needs ${more.length} managed policies beside the inline ones`,
      received: more.length,
      allowed: `at most ${MOST_MANAGED_POLICIES}; a role carries 10`,
      fix,
    }, scope.node.path);
  }
  const first = new RolePolicy(scope, 'Access', { document: inline });
  first.attachToRole(role);
  const policies = [first, ...more.map((document, index) => new iam.ManagedPolicy(scope, `Access${index + 2}`, {
    document, roles: [role], description: `Access of ${what} ${scope.node.path}, continued`,
  }))];
  policies.forEach((policy) => declarePolicy(scope, policy));
  return policies;
}
