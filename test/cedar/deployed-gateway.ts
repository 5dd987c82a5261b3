import { CedarRequest, decide, findings, statementCount } from './cedar-engine';
import { gatewaySchema, listedTools } from './gateway-schema';
import type { FakeAccount } from '../simulation/fake-account';

/** Tools that a target has besides those that its template lists, because its schema lies elsewhere. */
export type ToolsElsewhere = Record<string, string[]>;

/**
 * A gateway as its templates describe it: its Cedar schema, made from its targets as AgentCore makes it, and its policies.
 * Knows nothing of the constructs.
 */
export class DeployedGateway {
  readonly arn: string;
  readonly policies: { name: string; statement: string }[];
  readonly schema: string;

  constructor(account: FakeAccount, elsewhere: ToolsElsewhere = {}, name?: string) {
    const gateways = account.resourcesOfType('AWS::BedrockAgentCore::Gateway').filter((each) => name === undefined || each.property('Name') === name);
    if (gateways.length !== 1) throw new Error(`${gateways.length} gateways`);
    const [gateway] = gateways;
    this.arn = String(gateway.attribute('GatewayArn', gateway.path));
    const id = gateway.attribute('GatewayIdentifier', gateway.path);
    const users = gateway.property('AuthorizerType') === 'CUSTOM_JWT';
    const targets = account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget').filter((target) => target.property('GatewayIdentifier') === id);
    this.schema = gatewaySchema(users, targets.map((target) => {
      const targetName: string = target.property('Name');
      return { name: targetName, tools: [...listedTools(target.property('TargetConfiguration')), ...(elsewhere[targetName] ?? []).map((tool) => ({ name: tool, input: {} }))] };
    }));
    const engineArn = gateway.property('PolicyEngineConfiguration').Arn;
    const engine = account.resourcesOfType('AWS::BedrockAgentCore::PolicyEngine').find((each) => each.attribute('PolicyEngineArn', each.path) === engineArn)!;
    const engineId = engine.attribute('PolicyEngineId', engine.path);
    this.policies = account.resourcesOfType('AWS::BedrockAgentCore::Policy').filter((policy) => policy.property('PolicyEngineId') === engineId)
      .map((policy) => ({ name: policy.property('Name'), statement: policy.property('Definition').Cedar.Statement }));
  }

  /** What the parser and the strict validator object to, and policies that hold more than one statement or are too long. */
  get findings(): string[] {
    return this.policies.flatMap(({ name, statement }) => [
      ...findings(statement, this.schema).map((finding) => `${name}: ${finding}`),
      ...(statementCount(statement) === 1 ? [] : [`${name}: not one statement`]),
      ...(Buffer.byteLength(statement) <= 10_000 ? [] : [`${name}: too long`]),
      ...(/^[A-Za-z][A-Za-z0-9_]{0,47}$/.test(name) ? [] : [`${name}: not a name`]),
    ]);
  }

  /** Asks all policies together, as the engine does, with the request checked against the schema. */
  ask(caller: Record<string, string> | string, action: string, input: CedarRequest['input'] = {}): 'allow' | 'deny' {
    const principal = typeof caller === 'string' ? { type: 'IamEntity' as const, id: caller } : { type: 'OAuthUser' as const, id: caller.sub ?? 'someone' };
    const claims = typeof caller === 'string' ? {} : caller;
    return decide(this.policies.map(({ statement }) => statement).join('\n'), { principal, claims, action, gatewayArn: this.arn, input }, this.schema);
  }
}
