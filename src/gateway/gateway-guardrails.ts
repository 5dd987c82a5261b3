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
   * Scopes that targets may ask for.
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
const WRITE_RULES = ['bedrock-agentcore:CreateGatewayRule', 'bedrock-agentcore:UpdateGatewayRule', 'bedrock-agentcore:DeleteGatewayRule'];
const CREATE_OR_UPDATE_TARGET = ['bedrock-agentcore:CreateGatewayTarget', 'bedrock-agentcore:UpdateGatewayTarget'];

/**
 * A service control policy, or permissions boundary, that keeps gateways as `ToolGateway` makes them, whoever changes them.
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
   * - issuers, target scopes and target credentials other than those that are allowed, where they are given;
   * - gateway rules written by others than those who are named, where they are. This stands on `aws:PrincipalArn`, which every request has.
   *
   * @throws [GatewayGuardrails/Values] when a list is empty, other than that of who may write gateway rules
   */
  public static document(options: GatewayGuardrailOptions = {}): iam.PolicyDocument {
    const problems = new Problems();
    const fields = ['discoveryUrls', 'targetScopes', 'targetCredentials', 'routingRulePrincipals', 'exemptPrincipals'];
    expectKnownFields(problems, options, fields, 'GatewayGuardrails.document', 'GatewayGuardrails/UnknownField');
    for (const [name, values] of Object.entries({ ...options }) as [string, string[] | undefined][]) {
      problems.expect(values === undefined || values.length > 0 || name === 'routingRulePrincipals', {
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
        deny('CallersAreAuthorized', CREATE_OR_UPDATE_GATEWAY, 'StringNotEquals', 'GatewayAuthorizerType', ['AWS_IAM', 'CUSTOM_JWT']),
        ...(options.discoveryUrls === undefined ? [] : [
          deny('IssuersAreKnown', CREATE_OR_UPDATE_GATEWAY, 'StringNotEquals', 'DiscoveryUrl', options.discoveryUrls, {
            StringEquals: { 'bedrock-agentcore:GatewayAuthorizerType': ['CUSTOM_JWT'] },
          }),
        ]),
        deny('TargetCredentialsAreAllowed', CREATE_OR_UPDATE_TARGET, 'StringNotEquals', 'CredentialProviderType', credentials),
        ...(options.targetScopes === undefined ? [] : [
          deny('TargetScopesAreAllowed', CREATE_OR_UPDATE_TARGET, 'ForAnyValue:StringNotEquals', 'CredentialProviderScope', options.targetScopes),
        ]),
        ...(options.routingRulePrincipals === undefined ? [] : [
          routingRules([...new Set([...options.routingRulePrincipals, ...options.exemptPrincipals ?? []])]),
        ]),
      ],
    });
  }

  private constructor() {}
}

function routingRules(writers: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'RoutingRulesHaveWriters',
    effect: iam.Effect.DENY,
    actions: WRITE_RULES,
    resources: ['*'],
    conditions: writers.length === 0 ? {} : { ArnNotLike: { 'aws:PrincipalArn': writers } },
  });
}
