import { aws_cognito as cognito, aws_iam as iam, aws_secretsmanager as secretsmanager, CfnResource, CustomResource, Duration } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { secretsManagerIn } from './client-secret-key';
import { handlerFunction } from '../custom-resource/handler-function';
import { declareResource } from '../declaration/declared-properties';
import { environmentOf } from '../declaration/environment';

export interface ClientSecretMoverProps {
  readonly userPool: cognito.CfnUserPool;
  readonly client: cognito.CfnUserPoolClient;
  readonly secret: secretsmanager.CfnSecret;
  /** ARN of the customer-managed key, if there is one. */
  readonly keyArn?: string;
  /** Who checks that nothing of it is changed elsewhere. */
  readonly owner: IConstruct;
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
    const { userPool, client, secret } = props;
    const fn = handlerFunction(this, {
      handler: 'machine-client-secret',
      of: 'machine clients',
      code: 'MachineClients/HandlerMissing',
      description: 'Keeps the secret of one machine client in Secrets Manager',
      roleDescription: 'May put the secret of one machine client into Secrets Manager',
      policyName: 'KeepClientSecret',
      statements: this.statements(props),
      owner: props.owner,
      environment: { USER_POOL_ID: userPool.ref, CLIENT_ID: client.ref, SECRET_ARN: secret.ref },
    });
    const properties = { UserPoolId: userPool.ref, ClientId: client.ref, SecretArn: secret.ref };
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::AgentCoreMachineClientSecret',
      serviceToken: fn.functionArn,
      serviceTimeout: Duration.minutes(15),
      properties,
    });
    declareResource(props.owner, resource.node.defaultChild as CfnResource, { ServiceToken: fn.functionArn, ...properties });
  }

  /** No value can be read. */
  private statements({ userPool, secret, keyArn }: ClientSecretMoverProps): iam.PolicyStatement[] {
    return [
      new iam.PolicyStatement({ sid: 'DescribeClient', actions: ['cognito-idp:DescribeUserPoolClient'], resources: [userPool.attrArn] }),
      new iam.PolicyStatement({ sid: 'WriteSecret', actions: ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'], resources: [secret.ref] }),
      ...(keyArn === undefined ? [] : [new iam.PolicyStatement({
        sid: 'EncryptThroughSecretsManager',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [keyArn],
        conditions: { StringEquals: { 'kms:ViaService': secretsManagerIn(environmentOf(this).region), 'kms:EncryptionContext:SecretARN': secret.ref } },
      })]),
    ];
  }
}
