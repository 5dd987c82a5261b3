/** Who judges. */
export type Judge = 'CloudFormation validator' | 'cdk-nag' | 'cfn-lint' | 'checkov';

/** Something that a judge holds against a resource. */
export interface Finding {
  readonly judge: Judge;
  readonly rule: string;
  /** The example's folder, and the construct path within its app. */
  readonly resource: string;
  readonly message: string;
}

/** Two judges may have rules of the same name, and one rule may find several things on one resource. */
export function findingKey({ judge, rule, resource }: Omit<Finding, 'message'>): string {
  return `${judge} ${rule} ${resource}`;
}
