import { ArnScope } from './arn-scope';
import { Rights } from './rights';
import { allow, byLabel, Condition, NamedResource, Statement } from './statement';
import { statementsFor } from './statements';

/** What the role of a gateway may do at a target. */
export interface TargetRight {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly NamedResource[];
  readonly wildcards: readonly { readonly resource: string; readonly reason: string }[];
  /** Absent: none. */
  readonly conditions?: readonly Condition[];
}

/** What the role needs before the gateway is made: its rules, and its own key. */
export interface GatewayBirthRights {
  readonly policyEngine: NamedResource;
  /** The gateway by its name: its id is not known yet. */
  readonly gatewayPattern: NamedResource;
  readonly key?: NamedResource;
  readonly region: string;
}

/**
 * The statements that stand in the role from its first moment. CreateGateway assumes the role and tests them.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-encryption.html
 */
export function gatewayBirthStatements({ policyEngine, gatewayPattern, key, region }: GatewayBirthRights): Statement[] {
  const service: Condition = { operator: 'StringEquals', key: 'kms:ViaService', values: [`bedrock-agentcore.${region}.amazonaws.com`] };
  const context: Condition = { operator: 'ArnLike', key: 'kms:EncryptionContext:aws:bedrock-agentcore-gateway:arn', values: [gatewayPattern.arn] };
  return [
    allow('ReadPolicyEngine', ['bedrock-agentcore:GetPolicyEngine'], [policyEngine]),
    allow('AskPolicyEngine', ['bedrock-agentcore:AuthorizeAction', 'bedrock-agentcore:PartiallyAuthorizeActions'], [policyEngine, gatewayPattern]),
    ...(key !== undefined ? [
      allow('UseGatewayKey', ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'], [key], [service, context]),
      allow('DescribeGatewayKey', ['kms:DescribeKey'], [key], [service]),
    ] : []),
  ];
}

/**
 * The statements that follow once the gateway has its id: tokens under its own identity, secrets through AgentCore only, the
 * targets, and the Denies of every other token operation, in a stable order.
 */
export function gatewayAccessStatements(rights: Rights, targets: readonly TargetRight[]): Statement[] {
  const own = statementsFor(rights);
  return [
    ...own.filter(({ effect }) => effect === 'Allow'),
    ...targetStatements(targets),
    ...own.filter(({ effect }) => effect === 'Deny'),
  ];
}

/** Name of a gateway's id before it is known: the name in lower case, and ten characters. */
export function gatewayArnPattern(scope: ArnScope, lowerCaseName: string): string {
  return `arn:${scope.partition}:bedrock-agentcore:${scope.region}:${scope.account}:gateway/${lowerCaseName}-${'?'.repeat(10)}`;
}

/** One method and path of a stage. A path parameter is a wildcard to IAM. */
export function stageOperationArn(scope: ArnScope, restApi: string, stage: string, method: string, path: string): string {
  const resource = path.replace(/\{[^}]*\}/g, '*');
  return `arn:${scope.partition}:execute-api:${scope.region}:${scope.account}:${restApi}/${stage}/${method}${resource}`;
}

/** Joined only where Sid, actions and conditions are the same: two long names may be cut to one Sid. */
function targetStatements(targets: readonly TargetRight[]): Statement[] {
  const joined = new Map<string, TargetRight>();
  for (const right of targets) {
    const key = `${right.sid} ${right.actions.join()}${right.conditions === undefined ? '' : ` ${JSON.stringify(right.conditions)}`}`;
    const known = joined.get(key);
    joined.set(key, known === undefined ? right : { ...known, resources: [...known.resources, ...right.resources] });
  }
  const sids = new Map<string, number>();
  return [...joined.keys()].sort().map((key) => {
    const { sid, actions, resources, conditions } = joined.get(key)!;
    const count = (sids.get(sid) ?? 0) + 1;
    sids.set(sid, count);
    return allow(count === 1 ? sid : `${sid}${count}`, actions, byLabel(resources), conditions);
  });
}
