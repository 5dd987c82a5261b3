import { existsSync } from 'fs';
import { join } from 'path';
import { aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_logs as logs, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { vaultViaService } from './vault-key-policy';
import { VaultKeyRemoval } from './vault-key-removal';
import { environmentOf } from '../declaration/environment';
import { refuse } from '../declaration/problems';
import { tokenVaultArn } from '../permission/resource-arn';
import { keyResource } from '../provider/key-arn';

/** Bundled when the library is built, so that users need neither docker nor a bundler. */
const HANDLER = join(__dirname, '..', '..', 'assets', 'handlers', 'token-vault-encryption', 'index');

export interface VaultKeySetterProps {
  readonly key: kms.IKeyRef;
  readonly formerKeys: readonly kms.IKeyRef[];
  readonly onRemoval: VaultKeyRemoval;
}

/** The custom resource that sets the vault's key, with its function, role and log group. */
export class VaultKeySetter extends Construct {
  constructor(scope: Construct, id: string, props: VaultKeySetterProps) {
    super(scope, id);
    if (!existsSync(HANDLER)) {
      refuse({
        code: 'TokenVaultEncryption/HandlerMissing',
        what: 'the Lambda handler of the token vault is not in the package',
        fix: 'In a checkout of the library, run "npx projen bundle"; in an installed package, install it again.',
      }, this.node.path);
    }
    const keyArn = keyResource(Stack.of(this), props.key).arn;
    const formerKeyArns = props.formerKeys.map((former) => keyResource(Stack.of(this), former).arn);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY });
    const fn = new lambda.Function(this, 'Function', {
      description: 'Sets the KMS key of the AgentCore token vault',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(HANDLER),
      role: this.role(keyArn, formerKeyArns, logGroup),
      logGroup,
      timeout: Duration.minutes(2),
      maxEventAge: Duration.minutes(15),
      retryAttempts: 2,
      memorySize: 256,
    });
    new CustomResource(this, 'VaultKey', {
      resourceType: 'Custom::AgentCoreTokenVaultKey',
      serviceToken: fn.functionArn,
      serviceTimeout: Duration.minutes(15),
      properties: { TokenVaultId: 'default', KeyArn: keyArn, OnRemoval: props.onRemoval },
    });
  }

  /** Exactly what the function does, and in the role itself, so that it is there before the function runs. */
  private role(keyArn: string, formerKeyArns: string[], logGroup: logs.LogGroup): iam.Role {
    const environment = environmentOf(this);
    const throughAgentCore = { StringEquals: { 'kms:ViaService': vaultViaService(environment.region) } };
    return new iam.Role(this, 'Role', {
      description: 'May set the KMS key of the AgentCore token vault',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        SetTokenVaultKey: new iam.PolicyDocument({
          minimize: false,
          statements: [
            new iam.PolicyStatement({
              sid: 'SetVaultKey',
              actions: ['bedrock-agentcore:GetTokenVault', 'bedrock-agentcore:SetTokenVaultCMK'],
              resources: [tokenVaultArn(environment)],
            }),
            new iam.PolicyStatement({ sid: 'CheckKey', actions: ['kms:DescribeKey'], resources: [keyArn] }),
            new iam.PolicyStatement({
              sid: 'UseKeyThroughAgentCore',
              actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
              resources: [keyArn],
              conditions: throughAgentCore,
            }),
            // A change of key has AgentCore decrypt with the old one, with the permissions of whoever asked for the change.
            ...(formerKeyArns.length === 0 ? [] : [
              new iam.PolicyStatement({ sid: 'DecryptWithFormerKeysThroughAgentCore', actions: ['kms:Decrypt'], resources: formerKeyArns, conditions: throughAgentCore }),
            ]),
            new iam.PolicyStatement({ sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
          ],
        }),
      },
    });
  }
}
