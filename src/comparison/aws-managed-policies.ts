import { PolicyStatement } from '../containment/policy-statement';

/**
 * Policies of AWS that CDK attaches by itself, from https://docs.aws.amazon.com/aws-managed-policy/latest/reference/. What any other
 * one allows is taken as unknown.
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
  ],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    'ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage', 'logs:CreateLogStream', 'logs:PutLogEvents',
  ],
  'AdministratorAccess': ['*'],
};

/** What a policy that denies nothing allows at least, on every resource. The rest of what it allows is taken as unknown. */
const AT_LEAST: Readonly<Record<string, readonly string[]>> = {
  BedrockAgentCoreFullAccess: ['bedrock-agentcore:*'],
};

const UNKNOWN_DENIAL = 'what is denied by';

/** The statements of a policy that is not of the app. Of one that is not known: it may allow anything and deny anything, always the same. */
export function foreignStatements(arn: string): PolicyStatement[] {
  const known = knownActions(arn);
  const least = AT_LEAST[nameOf(arn)];
  const others: PolicyStatement = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [{ operator: 'what is allowed by', key: arn, values: [] }] };
  if (least !== undefined) {
    return [{ effect: 'Allow', actions: least, resources: ['*'], conditions: [] }, others];
  }
  return known !== undefined ? [{ effect: 'Allow', actions: known, resources: ['*'], conditions: [] }] : [
    others,
    { effect: 'Deny', actions: ['*'], resources: ['*'], conditions: [{ operator: UNKNOWN_DENIAL, key: arn, values: [] }] },
  ];
}

/** Whether it is not known what a statement denies, so that nothing can be said about it as a guard. */
export function isUnknownDenial({ conditions }: PolicyStatement): boolean {
  return conditions.some(({ operator }) => operator === UNKNOWN_DENIAL);
}

/** What a policy of AWS allows, all of it on every resource; `undefined`: that is not known here. */
export function knownActions(arn: string): readonly string[] | undefined {
  return ACTIONS[nameOf(arn)];
}

/** The name of a policy of AWS, with its path. */
function nameOf(arn: string): string {
  return arn.split(':iam::aws:policy/')[1] ?? '';
}
