import { AwsSolutionsChecks } from 'cdk-nag';
import { Finding } from './finding';
import { JudgedApp } from './judged-app';

/** The AWS Solutions rules of cdk-nag, with which many platform teams hold up a deployment. */
export function cdkNagFindings({ name, app }: JudgedApp): Finding[] {
  const { violations } = new AwsSolutionsChecks(app, { verbose: true }).validateScope(app);
  return violations.flatMap(({ ruleName, description, violatingResources }) => violatingResources.map(({ constructPath }): Finding => ({
    judge: 'cdk-nag',
    rule: ruleName,
    resource: `${name}/${constructPath}`,
    message: description,
  })));
}
