import { existsSync } from 'fs';
import { join } from 'path';
import { aws_iam as iam, aws_lambda as lambda, aws_logs as logs, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { declareRole } from '../declaration/declared-policy';
import { declareResource } from '../declaration/declared-properties';
import { refuse } from '../declaration/problems';

/** Bundled when the library is built, so that users need neither docker nor a bundler. */
const HANDLERS = join(__dirname, '..', '..', 'assets', 'handlers');

/** The function behind a custom resource. */
export interface HandlerFunctionProps {
  /** Folder of the handler. */
  readonly handler: string;
  /** What it is for, in words, and the error if it is not in the package. */
  readonly of: string;
  readonly code: string;
  readonly description: string;
  /** Exactly what the function does, beside writing its log. In the role itself, so that it is there before the function runs. */
  readonly statements: iam.PolicyStatement[];
  readonly policyName: string;
  readonly roleDescription: string;
  readonly environment?: { [name: string]: string };
  /** Who checks that function and role stay as they are. */
  readonly owner: IConstruct;
}

/** Makes the function of a custom resource, with its role and its log group. */
export function handlerFunction(scope: Construct, props: HandlerFunctionProps): lambda.Function {
  const path = join(HANDLERS, props.handler, 'index');
  if (!existsSync(path)) {
    refuse({
      code: props.code,
      what: `the Lambda handler of ${props.of} is not in the package`,
      fix: 'In a checkout of the library, run "npx projen bundle"; in an installed package, install it again.',
    }, scope.node.path);
  }
  const logGroup = new logs.LogGroup(scope, 'Logs', { retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(scope, 'Role', {
    description: props.roleDescription,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      [props.policyName]: new iam.PolicyDocument({
        minimize: false,
        statements: [
          ...props.statements,
          new iam.PolicyStatement({ sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
        ],
      }),
    },
  });
  const fn = new lambda.Function(scope, 'Function', {
    description: props.description,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(path),
    environment: props.environment,
    role,
    logGroup,
    timeout: Duration.minutes(2),
    maxEventAge: Duration.minutes(15),
    retryAttempts: 2,
    memorySize: 256,
  });
  declareRole(props.owner, role);
  const l1 = fn.node.defaultChild as lambda.CfnFunction;
  declareResource(props.owner, l1, { role: l1.role, code: l1.code, handler: l1.handler });
  return fn;
}
