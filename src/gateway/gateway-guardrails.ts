import { aws_iam as iam } from 'aws-cdk-lib';
import { TargetCredentialsKind } from './target-credentials';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** What a platform team allows on gateways of its accounts. */
export interface GatewayGuardrailOptions {
  /**
   * Addresses of the metadata of the issuers that gateways may trust, each in full.
   *
   * @default - any
   */
  readonly discoveryUrls?: string[];

  /**
   * ARNs of the policy engines that gateways may have. Patterns are allowed: an engine's ARN ends in its name and ten characters,
   * `arn:aws:bedrock-agentcore:*:111111111111:policy-engine/acme-*`. Without it, a gateway may be given any engine in ENFORCE mode, also
   * one whose policies permit everything.
   *
   * @default - any
   */
  readonly policyEngines?: string[];

  /**
   * Scopes that targets may ask for. A target with an OAuth2 provider then has to name its scopes: without any, the authorization
   * server would choose them.
   *
   * @default - any
   */
  readonly targetScopes?: string[];

  /**
   * Ways in which targets may be called.
   *
   * @default - all but without credentials
   */
  readonly targetCredentials?: TargetCredentialsKind[];

  /**
   * ARNs of the roles that may make, change and delete Cedar policies, which decide who may call which tool: also the one that
   * CloudFormation deploys with. Patterns are allowed. An empty list: nobody may.
   *
   * @default - whoever IAM allows it
   */
  readonly cedarPolicyPrincipals?: string[];

  /**
   * ARNs of the roles that may write and delete the resource policies of gateways and runtimes, which limit who may call them: also the
   * one that CloudFormation deploys with. Patterns are allowed. An empty list: nobody may.
   *
   * @default - whoever IAM allows it
   */
  readonly resourcePolicyPrincipals?: string[];

  /**
   * ARNs of the roles that may make, change and delete gateway rules, which route calls to other targets: also the one that
   * CloudFormation deploys with. Patterns are allowed. An empty list: nobody may.
   *
   * @default - whoever IAM allows it
   */
  readonly routingRulePrincipals?: string[];

  /**
   * ARNs of roles to which none of this applies, such as that of the team that mends things at night. Patterns are allowed.
   *
   * @default - none
   */
  readonly exemptPrincipals?: string[];
}

const CREATE_OR_UPDATE_GATEWAY = ['bedrock-agentcore:CreateGateway', 'bedrock-agentcore:UpdateGateway'];
const CREATE_OR_UPDATE_TARGET = ['bedrock-agentcore:CreateGatewayTarget', 'bedrock-agentcore:UpdateGatewayTarget'];

/** What only the roles that are named for it may write. */
const WRITERS: readonly { readonly option: 'cedarPolicyPrincipals' | 'resourcePolicyPrincipals' | 'routingRulePrincipals'; readonly sid: string; readonly actions: string[] }[] = [
  {
    option: 'cedarPolicyPrincipals',
    sid: 'CedarPoliciesHaveWriters',
    actions: ['bedrock-agentcore:CreatePolicy', 'bedrock-agentcore:UpdatePolicy', 'bedrock-agentcore:DeletePolicy'],
  },
  {
    option: 'resourcePolicyPrincipals',
    sid: 'ResourcePoliciesHaveWriters',
    actions: ['bedrock-agentcore:PutResourcePolicy', 'bedrock-agentcore:DeleteResourcePolicy'],
  },
  {
    option: 'routingRulePrincipals',
    sid: 'RoutingRulesHaveWriters',
    actions: ['bedrock-agentcore:CreateGatewayRule', 'bedrock-agentcore:UpdateGatewayRule', 'bedrock-agentcore:DeleteGatewayRule'],
  },
];

/**
 * A service control policy, or permissions boundary, about how gateways and their targets are made and changed, with this library or
 * without. It holds what `document` lists, and nothing else. It does not hold:
 *
 * - what Cedar policies and resource policies say, but who may write them, where that is told;
 * - which of the allowed engines a gateway has, and that a gateway keeps its rate limits, its interceptors and its role;
 * - that gateways, targets and engines stay: deleting them is not denied.
 *
 * VERIFY IT IN A TEST ACCOUNT FIRST: AWS's developer guide describes the condition keys that it stands on, its service reference does
 * not attach them to these actions. It denies where a key is missing, so a mistake shows as a refusal. Deny statements only: a
 * permissions boundary needs an Allow beside them.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/security-gateway-condition-keys.html
 */
export class GatewayGuardrails {
  /**
   * The document. It denies:
   *
   * - gateways without a policy engine in ENFORCE mode (`bedrock-agentcore:PolicyEngineMode`);
   * - gateways that let anybody in, known or not (`bedrock-agentcore:GatewayAuthorizerType`);
   * - target credentials other than those that are allowed (`bedrock-agentcore:CredentialProviderType`);
   * - policy engines, issuers and target scopes other than those that are allowed, where they are given
   *   (`bedrock-agentcore:PolicyEngineArn`, `DiscoveryUrl`, `CredentialProviderScope`);
   * - Cedar policies, resource policies and gateway rules written by others than those who are named, where they are. This stands on
   *   `aws:PrincipalArn`, which every request has.
   *
   * @throws [GatewayGuardrails/Values] when a list is empty, other than those of who may write something
   */
  public static document(options: GatewayGuardrailOptions = {}): iam.PolicyDocument {
    const problems = new Problems();
    const writers = WRITERS.map(({ option }): string => option);
    const fields = ['discoveryUrls', 'policyEngines', 'targetScopes', 'targetCredentials', ...writers, 'exemptPrincipals'];
    expectKnownFields(problems, options, fields, 'GatewayGuardrails.document', 'GatewayGuardrails/UnknownField');
    for (const [name, values] of Object.entries({ ...options }) as [string, string[] | undefined][]) {
      problems.expect(values === undefined || values.length > 0 || writers.includes(name), {
        code: 'GatewayGuardrails/Values', what: `${name} is empty`, received: values, fix: 'Name what is allowed, or leave the field out.',
      });
    }
    problems.raise();
    const credentials = options.targetCredentials
      ?? Object.values(TargetCredentialsKind).filter((kind) => kind !== TargetCredentialsKind.NONE);
    const unless = options.exemptPrincipals === undefined ? {} : { ArnNotLike: { 'aws:PrincipalArn': options.exemptPrincipals } };
    const deny = (sid: string, actions: string[], operator: string, key: string, values: string[], also: object = {}) => new iam.PolicyStatement({
      sid, effect: iam.Effect.DENY, actions, resources: ['*'], conditions: { ...unless, [operator]: { [`bedrock-agentcore:${key}`]: values }, ...also },
    });
    return new iam.PolicyDocument({
      minimize: false,
      statements: [
        deny('RulesOfToolsAreEnforced', CREATE_OR_UPDATE_GATEWAY, 'StringNotEquals', 'PolicyEngineMode', ['ENFORCE']),
        ...(options.policyEngines === undefined ? [] : [
          deny('PolicyEnginesAreKnown', CREATE_OR_UPDATE_GATEWAY, 'StringNotLike', 'PolicyEngineArn', options.policyEngines),
        ]),
        deny('CallersAreAuthorized', CREATE_OR_UPDATE_GATEWAY, 'StringNotEquals', 'GatewayAuthorizerType', ['AWS_IAM', 'CUSTOM_JWT']),
        ...(options.discoveryUrls === undefined ? [] : [
          deny('IssuersAreKnown', CREATE_OR_UPDATE_GATEWAY, 'StringNotEquals', 'DiscoveryUrl', options.discoveryUrls, {
            StringEquals: { 'bedrock-agentcore:GatewayAuthorizerType': ['CUSTOM_JWT'] },
          }),
        ]),
        deny('TargetCredentialsAreAllowed', CREATE_OR_UPDATE_TARGET, 'StringNotEquals', 'CredentialProviderType', credentials),
        ...(options.targetScopes === undefined ? [] : [
          deny('TargetScopesAreAllowed', CREATE_OR_UPDATE_TARGET, 'ForAnyValue:StringNotEquals', 'CredentialProviderScope', options.targetScopes),
          // The statement above says nothing where there is no scope. This one holds there, too: for all of none.
          deny('TargetScopesAreNamed', CREATE_OR_UPDATE_TARGET, 'ForAllValues:StringNotEquals', 'CredentialProviderScope', options.targetScopes, {
            StringEquals: { 'bedrock-agentcore:CredentialProviderType': [TargetCredentialsKind.OAUTH2] },
          }),
        ]),
        ...WRITERS.flatMap(({ option, sid, actions }) => {
          const named = options[option];
          return named === undefined ? [] : [onlyBy([...new Set([...named, ...options.exemptPrincipals ?? []])], sid, actions)];
        }),
      ],
    });
  }

  private constructor() {}
}

function onlyBy(writers: string[], sid: string, actions: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    actions,
    resources: ['*'],
    conditions: writers.length === 0 ? {} : { ArnNotLike: { 'aws:PrincipalArn': writers } },
  });
}
