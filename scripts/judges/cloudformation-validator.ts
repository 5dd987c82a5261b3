import { CloudFormationValidatePlugin } from 'aws-cdk-lib-current';
import { Finding } from './finding';
import { JudgedApp } from './judged-app';

/** Starting the validator takes seconds, a template milliseconds. */
let validator: CloudFormationValidatePlugin | undefined;

/**
 * CloudFormation's own validator, as aws-cdk-lib brings it along. That of the newest release: the schemas of AgentCore in the
 * oldest supported one have errors.
 */
export function cloudFormationFindings(judged: JudgedApp): Finding[] {
  validator ??= new CloudFormationValidatePlugin();
  const { violations } = validator.validate({
    templatePaths: judged.templates.map(({ file }) => file),
    stackTemplates: judged.templates.map(({ file, constructPath, accountId, region }) => ({ stackConstructPath: constructPath, templatePath: file, accountId, region })),
    appConstruct: judged.app,
  });
  return violations.flatMap(({ ruleName, description, violatingResources }) => violatingResources.map(({ constructPath, resourceLogicalId, templatePath }): Finding => ({
    judge: 'CloudFormation validator',
    rule: ruleName,
    resource: resourceLogicalId !== undefined && templatePath !== undefined ? judged.resource(templatePath, resourceLogicalId) : `${judged.name}/${constructPath}`,
    message: description,
  })));
}
