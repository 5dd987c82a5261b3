import { aws_bedrockagentcore as agentcore, IResolvable, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ForwardedFields } from './forwarded-fields';
import { GatewayTarget } from './gateway-target';
import { GatewayTool } from './gateway-tool';
import { PrivateCaCertificate } from './private-ca-certificate';
import { PrivateEndpoint } from './private-endpoint';
import { expectReason } from './reason';
import { TargetCredentials, TargetCredentialsKind } from './target-credentials';
import { TargetKind, speaksHttp } from './target-kind';
import type { ToolGateway } from './tool-gateway';
import { expectToolName } from './tool-name';
import type { Agent } from '../agent/agent';
import { BroadLimitOptions } from '../capability/users';
import { targetActions, toolAction } from '../cedar/cedar-policy';
import { declareResource } from '../declaration/declared-properties';
import { refuseIfLate } from '../declaration/in-time';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';

/** How a target is called. */
export interface AddTargetOptions {
  /** With whose authority. Each kind of target takes only those that AWS supports. */
  readonly credentials: TargetCredentials;

  /**
   * What the target is for.
   *
   * @default - nothing
   */
  readonly description?: string;

  /**
   * Headers and query parameters that are handed on.
   *
   * @default - none
   */
  readonly forwards?: ForwardedFields;

  /**
   * How the gateway reaches a target without a public address.
   *
   * @default - through the internet, or within AWS
   */
  readonly privateEndpoint?: PrivateEndpoint;

  /**
   * Certificates of private authorities by which the gateway recognizes the target, beside publicly trusted ones. For MCP servers,
   * OpenAPI and HTTP passthrough, with a private endpoint. The gateway's role may read them.
   *
   * @default - publicly trusted certificates only
   */
  readonly privateCaCertificates?: PrivateCaCertificate[];
}

/**
 * A target of a gateway (`AWS::BedrockAgentCore::GatewayTarget`), made after the gateway's role has what the target needs, and after a
 * credential provider of this app (the stack of a provider is deployed before, where stacks permit it; else there is a warning).
 *
 * Who may call which of its tools is said here. A tool of which nothing is said is refused. Prompts and resources of an MCP server are
 * no tools: whoever gets into the gateway may read them, as far as the server lets it.
 */
export class ToolTarget extends Construct {
  /** @internal */
  public static _of(gateway: ToolGateway, targetName: string, target: GatewayTarget, options: AddTargetOptions): ToolTarget {
    return new ToolTarget(gateway, targetName, target, options);
  }

  /** Name of the target. */
  public readonly targetName: string;

  /** What stands behind the gateway. */
  public readonly kind: TargetKind;

  /** With whose authority it is called. */
  public readonly credentials: TargetCredentials;

  /** @internal */
  public readonly _target: GatewayTarget;

  /** @internal */
  public readonly _resource: agentcore.CfnGatewayTarget;

  /** @internal */
  public readonly _forwards?: ForwardedFields;

  /** @internal */
  public readonly _privateCaCertificates: readonly PrivateCaCertificate[];

  /** The agent behind it, if it was put there as one. @internal */
  public _agent?: Agent;

  private readonly named = new Map<string, GatewayTool>();
  private whySuspended?: string;

  private constructor(gateway: ToolGateway, targetName: string, target: GatewayTarget, options: AddTargetOptions) {
    super(gateway, targetName);
    const { credentials, description, forwards, privateEndpoint, privateCaCertificates } = options;
    this.targetName = targetName;
    this.kind = target.kind;
    this.credentials = credentials;
    this._target = target;
    this._forwards = forwards;
    this._privateCaCertificates = privateCaCertificates ?? [];
    const access = {
      name: this.targetName,
      gatewayIdentifier: gateway.gatewayId,
      targetConfiguration: target._form.configuration(Stack.of(this)),
      credentialProviderConfigurations: credentialConfiguration(credentials),
      metadataConfiguration: forwards !== undefined ? {
        allowedRequestHeaders: forwards.requestHeaders,
        allowedResponseHeaders: forwards.responseHeaders,
        allowedQueryParameters: forwards.queryParameters,
      } : undefined,
      privateEndpoint: privateEndpoint?._configuration,
    };
    this._resource = new agentcore.CfnGatewayTarget(this, 'Resource', { ...access, description });
    const certificates = privateCaCertificates?.map((each) => each._configuration(Stack.of(this)));
    if (certificates !== undefined) {
      // An override, since only newer L1s know the property: the template is the same with each.
      this._resource.addPropertyOverride('CertificateConfigurations', certificates);
    }
    declareResource(gateway, this._resource, access, { byOverride: certificates === undefined ? undefined : { CertificateConfigurations: certificates } });
  }

  /**
   * One tool of the target, to say who may call it. The same tool each time it is asked for.
   *
   * @throws [Tool/Name] when the name is not valid
   * @throws [ToolTarget/UnknownTool] when the tools are known, and it is not one of them
   * @throws [ToolTarget/NotATool] on a target that speaks HTTP
   */
  public tool(name: string): GatewayTool {
    const problems = new Problems(this.node.path);
    expectToolName(problems, name);
    const { toolNames } = this._target._form;
    problems.expect(toolNames === undefined || toolNames.includes(name), {
      code: 'ToolTarget/UnknownTool', what: 'the target has no such tool', received: name, allowed: (toolNames ?? []).join(', '), fix: 'Correct the name, or add the tool to the schema.',
    });
    problems.expect(!speaksHttp(this.kind), {
      code: 'ToolTarget/NotATool', what: `a target of kind ${this.kind} has no tools`, received: name, fix: 'Write operation(method, path).',
    });
    problems.raise();
    return this.once(name, () => GatewayTool._of(name, toolAction(this.targetName, name), this.node.path, undefined, this));
  }

  /**
   * One HTTP operation of a target that speaks HTTP, to say who may call it. A runtime has `POST /invocations`.
   *
   * @throws [ToolTarget/Operation] when method or path is not valid
   * @throws [ToolTarget/NotAnOperation] on a target that speaks MCP
   */
  public operation(method: string, path: string): GatewayTool {
    const problems = new Problems(this.node.path);
    problems.expect(['GET', 'POST', 'DELETE'].includes(method) && typeof path === 'string' && /^(?!.*(\/\/|\/\.{1,2}(\/|$)))\/[A-Za-z0-9._~:@!$&'()+,;=/{}-]*$/.test(path), {
      code: 'ToolTarget/Operation', what: 'operation is not valid', received: [method, path], allowed: 'GET, POST or DELETE, and a path that begins with /, without // and dots between slashes', fix: 'Write operation(\'POST\', \'/invocations\').',
    });
    problems.expect(speaksHttp(this.kind), {
      code: 'ToolTarget/NotAnOperation', what: `a target of kind ${this.kind} has tools, not operations`, received: [method, path], fix: 'Write tool(name).',
    });
    problems.raise();
    const name = `${method}:${path}`;
    return this.once(name, () => GatewayTool._of(name, toolAction(this.targetName, name), this.node.path, undefined, this));
  }

  /**
   * ALL tools of the target, also those that it gets later. The longer word, with a reason.
   *
   * @throws [ToolTarget/Reason] when the reason is missing
   */
  public everyTool(options: BroadLimitOptions): GatewayTool {
    const problems = new Problems(this.node.path);
    expectReason(problems, options?.reason, 'ToolTarget/Reason', 'Say why one rule is right for every tool of the target, also for those to come.');
    problems.raise();
    return this.once('*', () => GatewayTool._of('*', targetActions(this.targetName), this.node.path, options.reason, this));
  }

  /**
   * Cuts the target off with the next deployment: a Cedar rule forbids everybody all of its tools, and the gateway's role loses
   * what it could do at the target, and is denied the target's provider where no other target uses it. Prompts and resources of an
   * MCP server are held by the latter only: where it asks for no credentials, suspend the gateway. The target and the users'
   * consents stay; remove the call to lift it. Shown in the access report.
   *
   * @throws [Suspension/Reason] when the reason is missing
   * @throws [ToolGateway/TooLate] when the policies are written already
   */
  public suspend(options: SuspensionOptions): void {
    refuseIfLate(this, 'suspend()', 'ToolGateway/TooLate');
    this.whySuspended = suspensionReason(options, this.node.path);
  }

  /**
   * Why the target is suspended.
   *
   * @default - it is not
   */
  public get suspendedReason(): string | undefined {
    return this.whySuspended;
  }

  /** @internal sorted by name, so that declaring in another order changes nothing */
  public get _tools(): GatewayTool[] {
    return [...this.named.keys()].sort().map((name) => this.named.get(name)!);
  }

  private once(name: string, make: () => GatewayTool): GatewayTool {
    const tool = this.named.get(name) ?? make();
    this.named.set(name, tool);
    return tool;
  }
}

type CredentialConfiguration = agentcore.CfnGatewayTarget.CredentialProviderConfigurationProperty;

function credentialConfiguration(credentials: TargetCredentials): (CredentialConfiguration | IResolvable)[] | undefined {
  const { kind } = credentials;
  return kind === TargetCredentialsKind.NONE ? undefined : [{ credentialProviderType: kind, credentialProvider: credentialProvider(credentials) }];
}

function credentialProvider(credentials: TargetCredentials): CredentialConfiguration['credentialProvider'] {
  const { provider, apiKeyProvider, _oauth2: oauth2, _location: location, _role: role } = credentials;
  if (provider !== undefined && oauth2 !== undefined) {
    return {
      oauthCredentialProvider: {
        providerArn: provider.providerArn,
        scopes: credentials.scopes.map(({ value }) => value),
        grantType: oauth2.grantType,
        defaultReturnUrl: oauth2.defaultReturnUrl,
        customParameters: oauth2.customParameters,
      },
    };
  }
  if (apiKeyProvider !== undefined && location !== undefined) {
    return {
      apiKeyCredentialProvider: {
        providerArn: apiKeyProvider.providerArn,
        credentialLocation: location.location,
        credentialParameterName: location.name,
        credentialPrefix: location.prefix,
      },
    };
  }
  return role.service !== undefined ? { iamCredentialProvider: { service: role.service, region: role.region } } : undefined;
}
