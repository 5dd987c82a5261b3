import { Arn, ArnFormat, aws_bedrockagentcore as agentcore, IResource, Resource, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GatewayInbound } from './gateway-inbound';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { expectWebAddress } from '../declaration/web-address';

/** A gateway whose tools agents may call: one of this app, or an import. */
export interface IToolGateway extends IResource, agentcore.IGatewayRef {
  /** Id of the gateway. */
  readonly gatewayId: string;

  /** ARN of the gateway. */
  readonly gatewayArn: string;

  /** Where callers find the gateway. */
  readonly gatewayUrl: string;

  /** Who gets in. */
  readonly inbound: GatewayInbound;

  /**
   * Why the gateway is suspended.
   *
   * @default - it is not, as far as this app knows
   */
  readonly suspendedReason?: string;
}

/** What is known of a gateway of another app. */
export interface ToolGatewayAttributes {
  /** ARN of the gateway: `arn:aws:bedrock-agentcore:<region>:<account>:gateway/<id>`. */
  readonly gatewayArn: string;

  /** Where callers find the gateway: its https address in full, with the path. */
  readonly gatewayUrl: string;

  /** How its owner lets callers in: what `GetGateway` answers as `authorizerType` and `authorizerConfiguration`. */
  readonly inbound: GatewayInbound;
}

/** `gateway/` and the id: a name in lower case, a hyphen and ten characters. */
const ARN = /^arn:[a-z-]+:bedrock-agentcore:[a-z0-9-]+:\d{12}:gateway\/([0-9a-z]-?){1,100}-[0-9a-z]{10}$/;

/** A gateway that another app owns, and its rules with it. */
export class ImportedGateway extends Resource implements IToolGateway {
  public readonly gatewayId: string;
  public readonly gatewayArn: string;
  public readonly gatewayUrl: string;
  public readonly inbound: GatewayInbound;

  constructor(scope: Construct, id: string, attributes: ToolGatewayAttributes) {
    const problems = new Problems(`${scope.node.path}/${id}`);
    expectKnownFields(problems, attributes, ['gatewayArn', 'gatewayUrl', 'inbound'], 'An imported gateway', 'ToolGateway/UnknownField');
    problems.expectText(attributes?.gatewayArn, {
      name: 'gatewayArn', code: 'ToolGateway/Arn', maximum: 2048, pattern: ARN, allowed: 'arn:aws:bedrock-agentcore:<region>:<account>:gateway/<id>', fix: 'Copy the ARN of the gateway.',
    });
    expectWebAddress(problems, attributes?.gatewayUrl, { name: 'gatewayUrl', code: 'ToolGateway/Url', fix: 'Copy the address of the gateway, with its path.' });
    problems.expect(attributes?.inbound instanceof GatewayInbound, {
      code: 'ToolGateway/Inbound', what: 'it is not said who gets in', received: attributes?.inbound, fix: 'Write inbound: GatewayInbound.iam() or GatewayInbound.jwt({ issuer, audiences }), as its owner did.',
    });
    problems.raise();
    super(scope, id, Token.isUnresolved(attributes.gatewayArn) ? {} : { environmentFromArn: attributes.gatewayArn });
    this.gatewayArn = attributes.gatewayArn;
    this.gatewayUrl = attributes.gatewayUrl;
    this.inbound = attributes.inbound;
    this.gatewayId = Arn.split(this.gatewayArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
  }

  public get gatewayRef(): agentcore.GatewayReference {
    return { gatewayIdentifier: this.gatewayId, gatewayArn: this.gatewayArn };
  }
}
