import type { IPolicyValidationContext, PolicyViolation } from 'aws-cdk-lib-current';
import type { FakeAccount } from './fake-account';

declare global {
  /** Given by template-validator-environment.cjs: what the newest aws-cdk-lib's validator says, whatever release synthesized. */
  function validateTemplates(context: IPolicyValidationContext): PolicyViolation[];
}

/**
 * Holds the templates of a deployment against CloudFormation's resource schemas, with the validator that aws-cdk-lib
 * brings along. Returns errors only; it works when synthesis itself runs with CDK_VALIDATION=false. The newest release's
 * validator is used: the schemas of AgentCore in the oldest supported one have errors.
 */
export function templateSchemaErrors(account: FakeAccount): string[] {
  const stackTemplates = account.stacks.map(({ placement }) => ({
    stackConstructPath: placement.constructPath,
    templatePath: placement.templateFile,
    accountId: placement.accountId,
    region: placement.region,
  }));
  const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
  const violations = validateTemplates({ stackTemplates, templatePaths, appConstruct: account.app });
  return violations.filter(({ severity }) => severity === 'error' || severity === 'fatal').flatMap(violation =>
    violation.violatingResources.filter(({ templatePath }) => templatePath !== undefined && templatePaths.includes(templatePath))
      .map(({ resourceLogicalId, constructPath }) => `${resourceLogicalId ?? constructPath}: ${violation.description} [${violation.ruleName}]`));
}
