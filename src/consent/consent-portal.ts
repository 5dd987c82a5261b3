import { AspectPriority, Aspects, aws_iam as iam, CfnOutput, CfnResource, IAspect, Resource } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { portalStatements } from './portal-rights';
import { expectPortalProps, portalProblems } from './portal-rules';
import { AgentOwner, CONTACT_TAG, OWNER_TAG } from '../agent/agent-owner';
import { declareRole } from '../declaration/declared-policy';
import { declareResource } from '../declaration/declared-properties';
import { deployAfter } from '../declaration/deployment-order';
import { derivedName } from '../declaration/derived-name';
import { environmentOf } from '../declaration/environment';
import { attachStatements } from '../gateway/role-statements';
import type { ToolGateway } from '../gateway/tool-gateway';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';

/** The longest name of a portal. */
const LONGEST_NAME = 50;

/** The type, which the lowest aws-cdk-lib that this library works with has no class for. */
const TYPE = 'AWS::BedrockAgentCore::ConsentPortal';

/** A page for consent: for which gateway, and who its users are. */
export interface ConsentPortalProps {
  /** Who answers for the portal. */
  readonly owner: AgentOwner;

  /** The gateway for whose targets users consent: in the same stack, with callers by JWT. */
  readonly gateway: ToolGateway;

  /**
   * Where users sign in to the portal: the issuer whose tokens they bring to the gateway, since consents are kept by issuer and
   * subject. Its client registers `callbackUrl`.
   */
  readonly signIn: IOAuth2Provider;

  /** The scopes that the portal asks for when a user signs in. `openid` always is one. */
  readonly scopes: OAuth2Scope[];

  /**
   * The audience that the portal asks for when a user signs in. The role then gets tokens for it only.
   *
   * @default - the issuer's own; the role gets tokens for any audience of the gateway's issuer
   */
  readonly audience?: string;

  /**
   * Name of the portal: 1 to 50 small letters, digits and hyphens.
   *
   * @default - derived from the stack's name and the construct's path, in lower case
   */
  readonly portalName?: string;

  /**
   * What users read of the portal.
   *
   * @default - nothing
   */
  readonly description?: string;
}

/**
 * A page hosted by AWS on which users see, give and take back their consent to what a gateway's targets do in their name.
 *
 * In the template: the portal, and its execution role. The role is trusted for portals of this name in this account only. It may
 * read this gateway, mint under the gateway's own identity for users of its issuer, and get and complete tokens with exactly the
 * providers of its targets with user consent and the one for signing in; their secrets through AgentCore only. An output tells the
 * address to register at the authorization server.
 *
 * Give targets their return address from it: `defaultReturnUrl: portal.connectUrl`. Synthesis fails where one has another.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-create-consent-portal.html
 */
export class ConsentPortal extends Resource {
  /** Who answers for the portal. */
  public readonly owner: AgentOwner;

  /** The gateway. */
  public readonly gateway: ToolGateway;

  /** Name of the portal. */
  public readonly portalName: string;

  /** Where users find the portal. Known after deployment. */
  public readonly portalUrl: string;

  /** Address that the client for signing in registers at its authorization server. Known after deployment. */
  public readonly callbackUrl: string;

  /** Return address for the gateway's targets with user consent. Known after deployment. */
  public readonly connectUrl: string;

  /** The portal's execution role. */
  public readonly role: iam.Role;

  /** @internal */
  public readonly _props: ConsentPortalProps;

  /** @internal */
  public readonly _resource: CfnResource;

  /**
   * @throws [ConsentPortal/...] for each of the properties that is missing or not valid
   * @throws [ConsentPortal/ChangedElsewhere] at synthesis, when an override, an assignment or an aspect changes the portal, its role or its policy
   */
  constructor(scope: Construct, id: string, props: ConsentPortalProps) {
    super(scope, id);
    expectPortalProps(this, props);
    this._props = props;
    this.owner = props.owner;
    this.gateway = props.gateway;
    this.portalName = props.portalName ?? derivedName(this, LONGEST_NAME).toLowerCase();
    const { partition, region, account } = environmentOf(this);
    this.role = new iam.Role(this, 'Role', {
      description: `Execution role of consent portal ${this.node.path}`.slice(0, 1000),
      assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:bedrock-agentcore:${region}:${account}:consent-portal/${this.portalName}-??????????` },
        },
      }),
    });
    const access = {
      ExecutionRoleArn: this.role.roleArn,
      IdpConfig: {
        CredentialProviderArn: props.signIn.providerArn,
        Scopes: [...new Set(['openid', ...props.scopes.map(({ value }) => value)])],
        Audience: props.audience,
      },
      Sources: [{ Type: 'agentcore-gateway', Identifier: this.gateway.gatewayArn }],
    };
    this._resource = new CfnResource(this, 'Resource', {
      type: TYPE,
      properties: {
        Name: this.portalName,
        Description: props.description,
        ...access,
        Tags: [{ Key: CONTACT_TAG, Value: this.owner.contact }, { Key: OWNER_TAG, Value: this.owner.name }],
      },
    });
    declareRole(this, this.role);
    declareResource(this, this._resource, { Name: this.portalName, ...access });
    deployAfter(this._resource, props.signIn);
    this.portalUrl = this._resource.getAtt('PortalUrl').toString();
    this.callbackUrl = `${this.portalUrl}/callback`;
    this.connectUrl = `${this.portalUrl}/connect/callback`;
    new CfnOutput(this, 'CallbackUrl', {
      value: this.callbackUrl,
      description: `Register this address at the authorization server, for the client of ${props.signIn.node.path}, without a slash at the end`.slice(0, 1024),
    });
    this.gateway._portal = this;
    Aspects.of(this).add(new PolicyAtSynthesis(this), { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => portalProblems(this).messages() });
  }
}

/** Writes the role's policy when all targets are declared, before the portal is made. */
class PolicyAtSynthesis implements IAspect {
  private done = false;

  constructor(private readonly portal: ConsentPortal) {}

  public visit(node: IConstruct): void {
    if (node !== this.portal || this.done || portalProblems(this.portal).any) {
      return;
    }
    this.done = true;
    const access = attachStatements(this.portal, {
      role: this.portal.role,
      what: 'consent portal',
      code: 'ConsentPortal/PolicyTooLarge',
      fix: 'Divide the targets with user consent among gateways, each with a portal of its own.',
    }, portalStatements(this.portal));
    this.portal._resource.node.addDependency(...access);
  }
}
