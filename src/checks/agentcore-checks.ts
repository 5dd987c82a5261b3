import { existsSync, readFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ACKNOWLEDGEMENT_RULES, Acknowledgements } from './acknowledgements';
import { CheckSeverity } from './check-severity';
import { Finding } from './finding';
import { RULES } from './rules';
import { runChecks } from './run-checks';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { assemblyTemplates } from '../synthesized/read-synthesized-app';
import { synthesizedApp } from '../synthesized/synthesized-app';

/** What the checks expect of an app. */
export interface AgentCoreChecksProps {
  /**
   * Whether the token vault, the secrets behind providers, gateways, policy engines and memories must be under customer-managed keys. Each
   * that is not is a warning.
   *
   * @default false
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-data-encryption.html
   */
  readonly requireCustomerKeys?: boolean;
}

const NAME = 'AgentCoreChecks';
const ACCESS_REPORT = 'agentcore-access.json';

/**
 * Looks at the templates of an app for what makes agents dangerous: tokens for every identity, secrets that stand in templates, gateways that
 * let anybody in, grants that never match. Works on any app with AgentCore resources, made with this library, with the official L2s or
 * with L1s. Nothing lands in the templates.
 *
 * Add it with `Validations.of(app).addPlugins(new AgentCoreChecks())`. An error stops the synthesis; warnings and notes are printed. Each finding has an id that holds the rule, the construct path and exactly what
 * was found. `Validations.of(scope).acknowledge({ id: 'AgentCoreChecks::<id>', reason })` accepts that one, and stands in CDK's
 * validation report. An acknowledgement that matches nothing, or has no reason, is an error as well.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html
 */
export class AgentCoreChecks implements IPolicyValidationPlugin {
  /** What stands in CDK's report, and in front of the ids in acknowledgements: `AgentCoreChecks`. */
  public readonly name: string = NAME;

  /** The ids of all rules. */
  public readonly ruleIds?: string[] = [...RULES.map(({ id }) => id), ...ACKNOWLEDGEMENT_RULES];

  private readonly requireCustomerKeys: boolean;

  /**
   * @throws [AgentCoreChecks/...] when a property is not known, or not valid
   */
  constructor(props: AgentCoreChecksProps = {}) {
    const problems = new Problems();
    expectKnownFields(problems, props, ['requireCustomerKeys'], 'AgentCoreChecks', 'AgentCoreChecks/UnknownField');
    const given: unknown = props?.requireCustomerKeys;
    problems.expect(given === undefined || typeof given === 'boolean', {
      code: 'AgentCoreChecks/RequireCustomerKeys', what: 'requireCustomerKeys takes true or false', received: given, fix: 'Write true, or leave it out.',
    });
    problems.raise();
    this.requireCustomerKeys = props?.requireCustomerKeys ?? false;
  }

  /**
   * Called by CDK once the templates are written.
   *
   * @throws [Synthesized/NotFound] when the templates are not where CDK says
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const wanted = new Set(context.stackTemplates.map(({ templatePath }) => resolve(templatePath)));
    const folders = [...new Set([...wanted].map((path) => dirname(path)))];
    const templates = new Map(folders.flatMap((folder) => assemblyTemplates(folder)).map((template) => [resolve(template.templateFile!), template] as const));
    const app = synthesizedApp([...templates].filter(([path]) => wanted.has(path)).map(([, template]) => template), accessReport(context.appConstruct));
    const findings = runChecks(app, { requireCustomerKeys: this.requireCustomerKeys });
    const acknowledgements = new Acknowledgements(context.appConstruct, NAME, RULES.map(({ id }) => id));
    const violations = [
      ...findings.map(violationOf),
      ...acknowledgements.problems(findings.map(({ id }) => id), context.stackTemplates),
    ];
    return { success: violations.every(({ severity }) => severity !== CheckSeverity.ERROR), violations };
  }
}

/** The report that this library writes beside the templates. */
function accessReport(root: IConstruct): unknown {
  const file = Stage.isStage(root) ? join(root.outdir, ACCESS_REPORT) : '';
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function violationOf({ rule, id, resource, location, detail }: Finding): PolicyViolation {
  return {
    ruleName: id,
    description: `${rule.title}: ${detail}. ${rule.why}`,
    fix: `${rule.fix} See ${rule.see}`,
    severity: rule.severity,
    ruleMetadata: { rule: rule.id, constructPath: resource.path, logicalId: resource.logicalId, found: detail },
    violatingResources: [resource.stack.templateFile === undefined
      ? { constructPath: resource.path, locations: [location] }
      : { resourceLogicalId: resource.logicalId, templatePath: resource.stack.templateFile, locations: [location] }],
  };
}
