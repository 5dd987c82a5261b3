import { CloudFormationValidatePlugin } from 'aws-cdk-lib-current';
import type { FakeAccount } from './fake-account';

/** Starting the validator takes seconds, a template milliseconds: one is enough for a test file. */
let validator: CloudFormationValidatePlugin | undefined;

/**
 * Holds the templates of a deployment against CloudFormation's resource schemas, with the validator that aws-cdk-lib
 * brings along. Returns errors only; it works when synthesis itself runs with CDK_VALIDATION=false. The newest release's
 * validator is used, whatever release synthesized: the schemas of AgentCore in the oldest supported one have errors.
 */
export function templateSchemaErrors(account: FakeAccount): string[] {
  validator ??= new CloudFormationValidatePlugin();
  const stackTemplates = account.stacks.map(({ placement }) => ({
    stackConstructPath: placement.constructPath,
    templatePath: placement.templateFile,
    accountId: placement.accountId,
    region: placement.region,
  }));
  const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
  const { violations } = validator.validate({ stackTemplates, templatePaths, appConstruct: account.app });
  return violations.filter(({ severity }) => severity === 'error' || severity === 'fatal').flatMap(violation =>
    violation.violatingResources.map(({ resourceLogicalId, constructPath }) =>
      `${resourceLogicalId ?? constructPath}: ${violation.description} [${violation.ruleName}]`));
}
