import { ChangeableApp, twoAgents } from './two-agents';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';

/* What the report tells about rules for tools stands in Cedar too, and is told once. Nothing else is left out. */
const ARN = (gateway: string) => `arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/\${AWS::BedrockAgentCore::Gateway ${gateway}/Resource.GatewayIdentifier}`;
const ENGINE = (gateway: string) => `\${AWS::BedrockAgentCore::PolicyEngine ${gateway}/Engine.PolicyEngineId}`;
const permit = (tool: string, gateway: string) => `permit(principal, action == AgentCore::Action::"crm___${tool}", resource == AgentCore::Gateway::"${gateway}");`;

/** Two gateways with a rule each, as their report and their templates have them. */
function twoGateways(): ChangeableApp {
  const app = twoAgents();
  const [tools] = app.model.gateways;
  const read = { tool: 'read', effect: 'permit' as const, who: 'everybody', cedar: [permit('read', '(ARN of the gateway)')] };
  app.model.gateways = ['Platform/Tools', 'Platform/Others'].map((path) => ({ ...tools, path, name: path, targets: [{ ...tools.targets[0], tools: [read] }] }));
  app.policies.gateways = app.model.gateways.map(({ path }) => ({
    id: path,
    authorizer: 'CUSTOM_JWT',
    authorizerDetails: '{"CustomJWTAuthorizer":{"AllowedAudience":["api://tools"],"DiscoveryUrl":"https://acme/.well-known/openid-configuration"}}',
    policyMode: 'ENFORCE',
    engine: `arn:aws:bedrock-agentcore:eu-west-1:111122223333:policy-engine/${ENGINE(path)}`,
    targets: [{ id: `${path}/crm`, credentials: 'null' }],
  }));
  app.policies.settings = app.model.gateways.map(({ path }) => ({
    id: `${path}/crm`, kind: 'GatewayTarget', withGateway: true, values: { TargetConfiguration: '[{"Mcp":{"Lambda":{"LambdaArn":"arn:aws:lambda:eu-west-1:111122223333:function:crm"}}}]' },
  }));
  app.policies.cedarPolicies = app.model.gateways.map(({ path }) => ({ id: `${path}/read`, engine: ENGINE(path), mode: 'ACTIVE', statement: permit('read', ARN(path)) }));
  return JSON.parse(JSON.stringify(app)) as ChangeableApp;
}

function after(change: (app: ChangeableApp) => void): string[] {
  const now = twoGateways();
  change(now);
  return compareApps(twoGateways() as ComparedApp, now as ComparedApp).changes.map(({ kind, of, what }) => `${kind} | ${of} | ${what}`);
}

function declareWrite({ model }: ChangeableApp): void {
  model.gateways[0].targets[0].tools.push({ tool: 'write', effect: 'permit', who: 'everybody', cedar: [permit('write', '(ARN of the gateway)')] });
}

function policy(id: string, of: string, statement: string): ChangeableApp['policies']['cedarPolicies'][number] {
  return { id, engine: ENGINE(of), mode: 'ACTIVE', statement };
}

const DECLARED = 'widened | Platform/Tools | target crm: rule added';

test.each<[string, (app: ChangeableApp) => void, string[]]>([
  ['nothing', () => undefined, []],
  ['a rule and its policy', (app) => {
    declareWrite(app);
    app.policies.cedarPolicies.push(policy('Platform/Tools/write', 'Platform/Tools', permit('write', ARN('Platform/Tools'))));
  }, [DECLARED]],
  ['a rule, and a policy of another gateway', (app) => {
    declareWrite(app);
    app.policies.cedarPolicies.push(policy('Platform/Others/write', 'Platform/Others', permit('write', ARN('Platform/Others'))));
  }, ['widened | Platform/Others/write | permit added', DECLARED]],
  ['a rule and its policy twice', (app) => {
    declareWrite(app);
    const statement = permit('write', ARN('Platform/Tools'));
    app.policies.cedarPolicies.push(policy('Platform/Tools/write', 'Platform/Tools', statement), policy('Platform/Tools/again', 'Platform/Tools', statement));
  }, [DECLARED, 'widened | Platform/Tools/again | permit added']],
  ['a rule and its policy, in the engine of another gateway', (app) => {
    declareWrite(app);
    app.policies.cedarPolicies.push(policy('Platform/Others/write', 'Platform/Others', permit('write', ARN('Platform/Tools'))));
  }, ['widened | Platform/Others/write | permit added', DECLARED]],
  ['a rule, and a policy for all tools', (app) => {
    declareWrite(app);
    app.policies.cedarPolicies.push(policy('Platform/Tools/all', 'Platform/Tools', 'permit(principal, action, resource);'));
  }, [DECLARED, 'widened | Platform/Tools/all | permit added']],
  ['a rule and its policy, and another policy that says something else now', (app) => {
    declareWrite(app);
    app.policies.cedarPolicies[1].statement = permit('delete', ARN('Platform/Others'));
    app.policies.cedarPolicies.push(policy('Platform/Tools/write', 'Platform/Tools', permit('write', ARN('Platform/Tools'))));
  }, [DECLARED, 'undecided | Platform/Others/read | permit changed']],
  ['a rule less, and its policy', ({ model, policies }) => {
    model.gateways[0].targets[0].tools = [];
    policies.cedarPolicies.shift();
  }, ['narrowed | Platform/Tools | target crm: rule removed']],
  ['a rule for nobody, which is a forbid', ({ model, policies }) => {
    model.gateways[0].targets[0].tools.push({ tool: 'write', effect: 'permit', who: 'nobody', cedar: [permit('write', '(ARN of the gateway)').replace('permit', 'forbid')] });
    policies.cedarPolicies.push(policy('Platform/Tools/write', 'Platform/Tools', permit('write', ARN('Platform/Tools')).replace('permit', 'forbid')));
  }, ['narrowed | Platform/Tools | target crm: rule added']],
  ['the same rule, whose policy the templates have otherwise', ({ model }) => {
    model.gateways[0].targets[0].tools[0].cedar = [permit('delete', '(ARN of the gateway)')];
  }, ['changed | Platform/Tools | target crm: Cedar of permit everybody: read']],
  ['a policy that stands only under a condition', ({ policies }) => { policies.cedarPolicies[0].onlyIf = 'Trial'; }, ['undecided | Platform/Tools/read | permit changed']],
  ['a comment in Cedar with a quote', ({ policies }) => { policies.cedarPolicies[0].statement += ' // "read'; }, []],
  ['words behind slashes in quotes', ({ policies }) => { policies.cedarPolicies[0].statement = policies.cedarPolicies[0].statement.replace('crm___read', 'crm___read//all'); }, ['undecided | Platform/Tools/read | permit changed']],
])('%s', (_title, change, expected) => {
  expect(after(change)).toEqual(expected);
});

describe('properties of a gateway that were changed behind the library\'s back', () => {
  test.each<[string, (app: ChangeableApp) => void, string[]]>([
    ['no authorizer', ({ policies }) => { policies.gateways[0].authorizer = 'NONE'; }, ['widened | Platform/Tools | way in']],
    ['another issuer', ({ policies }) => { policies.gateways[0].authorizerDetails = policies.gateways[0].authorizerDetails.replace('acme', 'evil'); }, ['undecided | Platform/Tools | way in: details']],
    ['nothing is enforced', ({ policies }) => { policies.gateways[0].policyMode = 'LOG_ONLY'; }, ['widened | Platform/Tools | rules for tools']],
    ['another engine', ({ policies }) => { policies.gateways[0].engine = policies.gateways[1].engine; }, ['undecided | Platform/Tools | policy engine']],
    ['other credentials', ({ policies }) => { policies.gateways[0].targets[0].credentials = '[]'; }, ['undecided | Platform/Tools | target Platform/Tools/crm: credentials']],
    // Whoever is called gets what callers send, and answers them.
    ['another function', ({ policies: { settings } }) => { settings![0].values.TargetConfiguration = settings![0].values.TargetConfiguration.replace('function:crm', 'function:other'); },
      ['undecided | Platform/Tools/crm | GatewayTarget: TargetConfiguration (LambdaArn)']],
    ['an audience more, which the report says too', ({ model, policies }) => {
      model.gateways[0].inbound.audiences.push('api://more');
      policies.gateways[0].authorizerDetails = policies.gateways[0].authorizerDetails.replace('"api://tools"', '"api://tools","api://more"');
    }, ['widened | Platform/Tools | audience added']],
    ['an audience more, and one that the report does not say', ({ model, policies }) => {
      model.gateways[0].inbound.audiences.push('api://more');
      policies.gateways[0].authorizerDetails = policies.gateways[0].authorizerDetails.replace('"api://tools"', '"api://tools","api://more","api://evil"');
    }, ['widened | Platform/Tools | audience added', 'undecided | Platform/Tools | way in: details']],
  ])('%s', (_title, change, expected) => {
    expect(after(change)).toEqual(expected);
  });
});
