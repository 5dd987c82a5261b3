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
};

/** The statements of a policy that is not of the app. Of one that is not known: it may allow anything, always the same. */
export function foreignStatements(arn: string): PolicyStatement[] {
  const known = ACTIONS[arn.split(':iam::aws:policy/')[1] ?? ''];
  return [{
    effect: 'Allow',
    actions: known ?? ['*'],
    resources: ['*'],
    conditions: known !== undefined ? [] : [{ operator: 'what is allowed by', key: arn, values: [] }],
  }];
}
