import { ArnFormat, aws_ecr as ecr, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { declareRole } from '../declaration/declared-policy';
import { expectAsDeclared } from '../declaration/declared-properties';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { readable } from '../declaration/readable';
import type { WildcardAccess } from '../review/policy-access';

const TRACES = ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
const METRICS = 'bedrock-agentcore';
const BEFORE_RUNTIME = 'The role is made before the runtime, whose id ends in ten characters that only AWS knows';

/** What a runtime needs its role for. */
export interface AgentRuntimeRoleProps {
  /**
   * Name of the runtime (`AgentRuntimeName`): letters, digits and underscores, beginning with a letter, at most 48. Log groups
   * and the trust policy are narrowed to it.
   */
  readonly runtimeName: string;

  /**
   * Repository of the runtime's container image.
   *
   * @default - none: the runtime's code comes from elsewhere, and the role may pull no image
   */
  readonly repository?: ecr.IRepositoryRef;
}

/**
 * Execution role for an AgentCore Runtime that holds what the runtime itself needs, and nothing else: the pull of its image, its
 * own log groups, traces, and metrics in the namespace `bedrock-agentcore`. Identity rights follow from the agent's
 * capabilities, model access is yours to add.
 *
 * Trust is pinned to runtimes of this name in this account (`aws:SourceAccount`, `aws:SourceArn`), so that another runtime
 * cannot take the role. Left out, unlike in the role that the official L2 makes: the right to mint for every identity, other
 * agents' log groups. Pass it to the official L2 as `role.withoutPolicyUpdates()`, which otherwise adds these to any role.
 *
 * What remains wide, because AWS has no resource level for it: `ecr:GetAuthorizationToken`, the X-Ray actions and
 * `cloudwatch:PutMetricData`, the last limited by namespace. The access report lists these, and the patterns of names, with each agent
 * that runs with the role.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 */
export class AgentRuntimeRole extends iam.Role {
  /**
   * Every resource that could not be named exactly, for the access report.
   *
   * @internal
   */
  public readonly _remainingWildcards: readonly WildcardAccess[];

  /**
   * @throws [AgentRuntimeRole/RuntimeName] when the name is not one of a runtime
   * @throws [AgentRuntimeRole/UnknownField] for a property that does not exist
   * @throws [AgentRuntimeRole/ChangedElsewhere] at synthesis, when an override or an assignment changes whom it trusts or what stands in it
   */
  constructor(scope: Construct, id: string, props: AgentRuntimeRoleProps) {
    const problems = new Problems(`${scope.node.path}/${id}`);
    expectKnownFields(problems, props, ['runtimeName', 'repository'], 'The role of a runtime', 'AgentRuntimeRole/UnknownField');
    problems.expectText(props.runtimeName, {
      name: 'runtimeName',
      code: 'AgentRuntimeRole/RuntimeName',
      maximum: 48,
      pattern: /^[A-Za-z][A-Za-z0-9_]*$/,
      allowed: '1 to 48 letters, digits and underscores, beginning with a letter',
      fix: 'Use the AgentRuntimeName of the runtime.',
    });
    problems.raise();
    const stack = Stack.of(scope);
    const runtimeArn = stack.formatArn({ service: 'bedrock-agentcore', resource: 'runtime', resourceName: `${props.runtimeName}-??????????` });
    super(scope, id, {
      description: `Runs the AgentCore Runtime ${props.runtimeName}`,
      assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': runtimeArn } },
      }),
      inlinePolicies: {
        Runtime: new iam.PolicyDocument({
          minimize: false,
          statements: [...imageStatements(props.repository), ...logStatements(stack, props.runtimeName), ...telemetryStatements()],
        }),
      },
    });
    this._remainingWildcards = remainingWildcards(props);
    declareRole(this, this, { maybeExtended: true });
    this.node.addValidation({ validate: () => changesOf(this) });
  }
}

/** Whom the role trusts and what it does for its runtime stays as it was made. What is allowed to it besides is its owner's. */
function changesOf(role: AgentRuntimeRole): string[] {
  const problems = new Problems(role.node.path);
  expectAsDeclared(problems, role, {
    code: 'AgentRuntimeRole/ChangedElsewhere',
    fix: 'Allow more with role.addToPolicy(...), and trust others with role.assumeRolePolicy.addStatements(...). A role that has to differ is an iam.Role.',
  });
  return problems.messages();
}

function remainingWildcards({ runtimeName, repository }: AgentRuntimeRoleProps): WildcardAccess[] {
  const everything = (what: string): WildcardAccess => ({ resource: `* (${what})`, reason: 'A runtime needs this, and AWS has no resource level for it.' });
  const name = readable(runtimeName, '(known at deployment)');
  return [
    ...(repository === undefined ? [] : [everything('ecr:GetAuthorizationToken')]),
    everything(TRACES.join(', ')),
    everything(`cloudwatch:PutMetricData in namespace ${METRICS}`),
    { resource: `log-group:/aws/bedrock-agentcore/runtimes/${name}-??????????-*`, reason: `${BEFORE_RUNTIME}, followed by the name of an endpoint.` },
    { resource: `runtime/${name}-?????????? (trust)`, reason: `${BEFORE_RUNTIME}.` },
  ];
}

function imageStatements(repository: ecr.IRepositoryRef | undefined): iam.PolicyStatement[] {
  return repository === undefined ? [] : [
    new iam.PolicyStatement({ sid: 'PullImage', actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: [repository.repositoryRef.repositoryArn] }),
    new iam.PolicyStatement({ sid: 'LogInToRegistry', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
  ];
}

/** Log groups are named after the runtime's id, which is its name, a hyphen and ten characters, and its endpoint. */
function logStatements(stack: Stack, runtimeName: string): iam.PolicyStatement[] {
  const group = stack.formatArn({
    service: 'logs', resource: 'log-group', resourceName: `/aws/bedrock-agentcore/runtimes/${runtimeName}-??????????-*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [
    new iam.PolicyStatement({ sid: 'MakeOwnLogGroup', actions: ['logs:CreateLogGroup', 'logs:DescribeLogStreams'], resources: [group] }),
    new iam.PolicyStatement({ sid: 'WriteOwnLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${group}:log-stream:*`] }),
  ];
}

function telemetryStatements(): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ sid: 'WriteTraces', actions: TRACES, resources: ['*'] }),
    new iam.PolicyStatement({
      sid: 'WriteMetrics', actions: ['cloudwatch:PutMetricData'], resources: ['*'], conditions: { StringEquals: { 'cloudwatch:namespace': METRICS } },
    }),
  ];
}
