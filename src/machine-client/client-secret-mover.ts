import { existsSync } from 'fs';
import { join } from 'path';
import { aws_cognito as cognito, aws_iam as iam, aws_lambda as lambda, aws_logs as logs, aws_secretsmanager as secretsmanager, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { secretsManagerIn } from './client-secret-key';
import { environmentOf } from '../declaration/environment';
import { refuse } from '../declaration/problems';

/** Bundled when the library is built, so that users need neither docker nor a bundler. */
const HANDLER = join(__dirname, '..', '..', 'assets', 'handlers', 'machine-client-secret', 'index');

export interface ClientSecretMoverProps {
  readonly userPool: cognito.CfnUserPool;
  readonly client: cognito.CfnUserPoolClient;
  readonly secret: secretsmanager.CfnSecret;
  /** ARN of the customer-managed key, if there is one. */
  readonly keyArn?: string;
}

/**
 * The custom resource that puts a client's secret where it is kept, with its function, role and log group.
 *
 * One function per client: its role can write that client's secret only, and its settings name that client only, so nobody who may
 * invoke it can have it mix up two clients.
 */
export class ClientSecretMover extends Construct {
  constructor(scope: Construct, id: string, props: ClientSecretMoverProps) {
    super(scope, id);
    if (!existsSync(HANDLER)) {
      refuse({
        code: 'MachineClients/HandlerMissing',
        what: 'the Lambda handler of machine clients is not in the package',
        fix: 'In a checkout of the library, run "npx projen bundle"; in an installed package, install it again.',
      }, this.node.path);
    }
    const { userPool, client, secret } = props;
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY });
    const fn = new lambda.Function(this, 'Function', {
      description: 'Keeps the secret of one machine client in Secrets Manager',
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(HANDLER),
      environment: { USER_POOL_ID: userPool.ref, CLIENT_ID: client.ref, SECRET_ARN: secret.ref },
      role: this.role(props, logGroup),
      logGroup,
      timeout: Duration.minutes(2),
      maxEventAge: Duration.minutes(15),
      retryAttempts: 2,
      memorySize: 256,
    });
    new CustomResource(this, 'Resource', {
      resourceType: 'Custom::AgentCoreMachineClientSecret',
      serviceToken: fn.functionArn,
      serviceTimeout: Duration.minutes(15),
      properties: { UserPoolId: userPool.ref, ClientId: client.ref, SecretArn: secret.ref },
    });
  }

  /** Exactly what the function does, and in the role itself, so that it is there before the function runs. No value can be read. */
  private role({ userPool, secret, keyArn }: ClientSecretMoverProps, logGroup: logs.LogGroup): iam.Role {
    return new iam.Role(this, 'Role', {
      description: 'May put the secret of one machine client into Secrets Manager',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        KeepClientSecret: new iam.PolicyDocument({
          minimize: false,
          statements: [
            new iam.PolicyStatement({ sid: 'DescribeClient', actions: ['cognito-idp:DescribeUserPoolClient'], resources: [userPool.attrArn] }),
            new iam.PolicyStatement({ sid: 'WriteSecret', actions: ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'], resources: [secret.ref] }),
            ...(keyArn === undefined ? [] : [new iam.PolicyStatement({
              sid: 'EncryptThroughSecretsManager',
              actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
              resources: [keyArn],
              conditions: { StringEquals: { 'kms:ViaService': secretsManagerIn(environmentOf(this).region), 'kms:EncryptionContext:SecretARN': secret.ref } },
            })]),
            new iam.PolicyStatement({ sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
          ],
        }),
      },
    });
  }
}
