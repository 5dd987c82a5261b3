import { App, aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { plantsCedarFindings } from './synthesized-cedar';

/*
 * Not one of the suite's tests: every-synthesis.test.ts runs it and expects two of its tests to fail.
 */
const EVERYBODY = 'permit(principal, action, resource);';
const SCOPE = 'permit(principal, action, resource) when { principal.hasTag("scope") && principal.getTag("scope") == "a" };';

function appWith(statement: string): App {
  const app = new App();
  const stack = new Stack(app, 'Tools');
  const engine = new agentcore.CfnPolicyEngine(stack, 'Engine', { name: 'engine' });
  const gateway = new agentcore.CfnGateway(stack, 'Gateway', {
    name: 'tools', authorizerType: 'CUSTOM_JWT', protocolType: 'MCP', roleArn: 'arn:aws:iam::111111111111:role/gateway', policyEngineConfiguration: { arn: engine.attrPolicyEngineArn, mode: 'ENFORCE' },
  });
  new agentcore.CfnGatewayTarget(stack, 'Calendar', {
    name: 'Calendar', gatewayIdentifier: gateway.attrGatewayIdentifier, targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://mcp.example.com' } } },
  });
  new agentcore.CfnPolicy(stack, 'Rule', { name: 'rule', policyEngineId: engine.attrPolicyEngineId, definition: { cedar: { statement } } });
  return app;
}

test('synthesizes what permits everybody', () => {
  appWith(EVERYBODY).synth();
});

test('synthesizes what asks for a scope', () => {
  appWith(SCOPE).synth();
});

test('planted what is not there', () => {
  const app = appWith(SCOPE);
  plantsCedarFindings(app, /permits a caller/);
  app.synth();
});

test('planted what is there', () => {
  const app = appWith(EVERYBODY);
  app.synth();
  plantsCedarFindings(app, /permits a caller that holds nothing/);
});
