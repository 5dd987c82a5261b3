/**
 * IAM policy documents as plain data, after every CloudFormation intrinsic in them has been resolved.
 */

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: PolicyStatement | PolicyStatement[];
}

/** A policy with the name by which findings and explanations mention it. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** IAM lets most elements be one value or a list of them; this reads both as a list. */
export function asList<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Reads a resolved template value as a policy document; some resource types carry it as JSON text. */
export function policyDocument(value: unknown, path: string): PolicyDocument {
  const document = typeof value === 'string' ? JSON.parse(value) : value;
  if (typeof document !== 'object' || document === null || !('Statement' in document)) {
    throw new Error(`${path}: expected a policy document with statements, got ${JSON.stringify(value)}`);
  }
  return document as PolicyDocument;
}

/** How a statement is called in findings: `policy/Sid`, or its position where it has no Sid. */
export function statementName(policy: NamedPolicy, statement: PolicyStatement): string {
  const position = asList(policy.document.Statement).indexOf(statement) + 1;
  return `${policy.name}/${statement.Sid ?? `#${position}`}`;
}
