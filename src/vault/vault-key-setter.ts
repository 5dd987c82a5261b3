import { aws_iam as iam, aws_kms as kms, CfnResource, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { vaultViaService } from './vault-key-policy';
import { VaultKeyRemoval } from './vault-key-removal';
import { handlerFunction } from '../custom-resource/handler-function';
import { declareResource } from '../declaration/declared-properties';
import { environmentOf } from '../declaration/environment';
import { tokenVaultArn } from '../permission/resource-arn';
import { keyResource } from '../provider/key-arn';

export interface VaultKeySetterProps {
  readonly key: kms.IKeyRef;
  readonly formerKeys: readonly kms.IKeyRef[];
  readonly onRemoval: VaultKeyRemoval;
  /** Who checks that nothing of it is changed elsewhere. */
  readonly owner: IConstruct;
}

/** The custom resource that sets the vault's key, with its function, role and log group. */
export class VaultKeySetter extends Construct {
  constructor(scope: Construct, id: string, props: VaultKeySetterProps) {
    super(scope, id);
    const keyArn = keyResource(Stack.of(this), props.key).arn;
    const formerKeyArns = props.formerKeys.map((former) => keyResource(Stack.of(this), former).arn);
    const fn = handlerFunction(this, {
      handler: 'token-vault-encryption',
      of: 'the token vault',
      code: 'TokenVaultEncryption/HandlerMissing',
      description: 'Sets the KMS key of the AgentCore token vault',
      roleDescription: 'May set the KMS key of the AgentCore token vault',
      policyName: 'SetTokenVaultKey',
      statements: this.statements(keyArn, formerKeyArns),
      owner: props.owner,
    });
    const properties = { TokenVaultId: 'default', KeyArn: keyArn, OnRemoval: props.onRemoval };
    const resource = new CustomResource(this, 'VaultKey', {
      resourceType: 'Custom::AgentCoreTokenVaultKey',
      serviceToken: fn.functionArn,
      serviceTimeout: Duration.minutes(15),
      properties,
    });
    declareResource(props.owner, resource.node.defaultChild as CfnResource, { ServiceToken: fn.functionArn, ...properties });
  }

  private statements(keyArn: string, formerKeyArns: string[]): iam.PolicyStatement[] {
    const environment = environmentOf(this);
    const throughAgentCore = { StringEquals: { 'kms:ViaService': vaultViaService(environment.region) } };
    return [
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
    ];
  }
}
