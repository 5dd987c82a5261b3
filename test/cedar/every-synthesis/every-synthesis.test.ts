import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { App, aws_bedrockagentcore as agentcore, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { plantsCedarFindings, surprises } from './synthesized-cedar';

/*
 * What is done to everything that any test synthesizes, tried with gateways that are written by hand.
 */
const SCOPE = 'principal.hasTag("scope") && principal.getTag("scope")';
const LIST = 'action == AgentCore::Action::"Calendar___list"';

/** What the hand writes: conditions of one policy, or all of it. */
interface Written {
  readonly effect?: string;
  readonly action?: string;
  readonly when?: string;
  readonly whole?: string;
  readonly description?: string;
  readonly gatewayArn?: string;
  readonly iam?: boolean;
}

function gatewayIn(stack: Stack, ...policies: Written[]): void {
  const engine = new agentcore.CfnPolicyEngine(stack, 'Engine', { name: 'engine' });
  const iam = policies.some((policy) => policy.iam);
  const gateway = new agentcore.CfnGateway(stack, 'Gateway', {
    name: new CfnParameter(stack, 'GatewayName').valueAsString,
    authorizerType: iam ? 'AWS_IAM' : 'CUSTOM_JWT',
    protocolType: 'MCP',
    roleArn: 'arn:aws:iam::111111111111:role/gateway',
    policyEngineConfiguration: { arn: engine.attrPolicyEngineArn, mode: 'ENFORCE' },
  });
  const text = { type: 'string' };
  new agentcore.CfnGatewayTarget(stack, 'Calendar', {
    name: 'Calendar',
    gatewayIdentifier: gateway.attrGatewayIdentifier,
    targetConfiguration: {
      mcp: {
        lambda: {
          lambdaArn: 'arn:aws:lambda:eu-west-1:111111111111:function:calendar',
          toolSchema: { inlinePayload: [{ name: 'list', description: 'Lists', inputSchema: { type: 'object', properties: { city: text, limit: { type: 'integer' } }, required: ['city'] } }] },
        },
      },
    },
  });
  new agentcore.CfnGatewayTarget(stack, 'Elsewhere', {
    name: 'Elsewhere', gatewayIdentifier: gateway.attrGatewayIdentifier, targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://mcp.example.com' } } },
  });
  policies.forEach(({ effect = 'permit', action = LIST, when, whole, description, gatewayArn = gateway.attrGatewayArn }, index) => new agentcore.CfnPolicy(stack, `Rule${index}`, {
    name: `rule_${index}`,
    description,
    policyEngineId: engine.attrPolicyEngineId,
    definition: {
      cedar: {
        statement: whole
          ?? `${effect}(principal is AgentCore::${iam ? 'IamEntity' : 'OAuthUser'}, ${action}, resource == AgentCore::Gateway::"${gatewayArn}")${when !== undefined ? ` when { ${when} }` : ''};`,
      },
    },
  }));
}

/** What is found, which the test that asks for it takes upon itself. */
function found(...policies: Written[]): string[] {
  const app = new App();
  gatewayIn(new Stack(app, 'Tools'), ...policies);
  app.synth();
  return surprises();
}

describe('a policy is found that', () => {
  const ALL_OF_TWO = `${SCOPE} == "a" && ${SCOPE} == "b"`;
  test.each<[string, Written, RegExp[]]>([
    ['does not parse', { whole: 'permit(principal, action, resource) when { ;' }, [/does not parse/, /not one statement/]],
    ['holds two statements', { whole: `${['a', 'b'].map((value) => `forbid(principal, ${LIST}, resource) when { ${SCOPE} == "${value}" };`).join('\n')}` }, [/not one statement/]],
    ['names a tool that the gateway does not have', { action: 'action == AgentCore::Action::"Calendar___lists"', when: `${SCOPE} == "a"` }, [/strict validation: .*unrecognized action/, /unable to find an applicable action/, /policy is impossible/]],
    ['reads a claim without asking whether it is there', { when: 'principal.getTag("scope") == "a"' }, [/strict validation: .*unable to guarantee safety of access to tag/]],
    ['reads an argument that may be missing', { when: `${SCOPE} == "a" && context.input.limit < 3` }, [/strict validation: .*unable to guarantee safety of access to optional attribute/]],
    ['compares a number with a text', { when: `${SCOPE} == "a" && context.input.city == 3` }, [/strict validation: .*not compatible/, /./]],
    ['asks users for what only IAM has', { when: 'principal.id == "a"' }, [/strict validation: attribute|strict validation: .*`id`/]],
    ['is longer than AWS takes', { when: `${SCOPE} == "${'x'.repeat(10_000)}"` }, [/longer than 10,000 bytes/]],
    ['is for another gateway', { gatewayArn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/other-a1b2c3d4e5', when: `${SCOPE} == "a"` }, [/it belongs to no gateway/]],
    ['nobody can fulfil: one text is two', { when: ALL_OF_TWO }, [/it never permits anything/]],
    ['nobody can fulfil: a list that is none', { when: `${SCOPE} like "[*" && !(${SCOPE} like "*[*")` }, [/it never permits anything/]],
    ['nobody can fulfil: too little and too much', { when: `${SCOPE} == "a" && context.input has limit && context.input.limit < 3 && context.input.limit > 5` }, [/it never permits anything/]],
    ['nobody can fulfil: an argument that is always there must be missing', { when: `${SCOPE} == "a" && !(context.input has city)` }, [/./]],
    ['never forbids', { effect: 'forbid', when: ALL_OF_TWO }, [/it never forbids anything/]],
    ['permits everybody, and does not say so', {}, [/permits a caller that holds nothing to call Calendar___list\n/]],
    ['permits everybody in words', { description: 'Calendar list: every scope', when: 'true || principal.hasTag("scope")' }, [/permits a caller that holds nothing/, /whose claims hold other values/]],
    ['permits those who lack a claim', { when: '!(principal.hasTag("guest"))' }, [/permits a caller that holds nothing/]],
    ['permits everybody who says the right thing', { when: 'context.input.city == "Oslo"' }, [/permits a caller that holds nothing/]],
    ['permits whatever a claim says', { when: `${SCOPE} like "*"` }, [/permits a caller whose claims hold other values/, /applies whatever it holds/]],
    ['permits all but some', { when: `principal.hasTag("scope") && !(${SCOPE} == "a")` }, [/permits a caller whose claims hold other values/, /applies whatever it holds/]],
    ['permits everybody by another way', { when: `(${SCOPE} == "a") || context.input.city == "Oslo"` }, [/permits a caller that holds nothing/, /whose claims hold other values/]],
    ['asks for a claim that may as well be missing', { when: `${SCOPE} == "a" && (principal.hasTag("level") || context.input.city like "*")` }, [/it asks for the claim level and applies without it/]],
    ['asks for a claim that may hold anything', { when: `${SCOPE} == "a" && principal.hasTag("level") && principal.getTag("level") like "*"` }, [/it asks for the claim level and applies whatever it holds/]],
    ['permits any role', { iam: true }, [/permits a caller that holds nothing/]],
    ['asks in a way that this check cannot answer', { when: `${SCOPE} == "a" && context.input has limit && context.input.limit + 1 < 3` }, [/cannot be judged: .*does not understand/]],
  ])('%s', (_title, policy, findings) => {
    const all = found(policy);
    expect(all.filter((finding) => !findings.some((each) => each.test(finding)))).toEqual([]);
    expect(findings.filter((each) => !all.some((finding) => each.test(finding)))).toEqual([]);
  });

  test('the policy is named, and what it says', () => {
    expect(found({ when: `${SCOPE} == "a"` }, {})).toEqual([
      expect.stringMatching(/^Tools\/Rule1 \(rule_1\): it permits a caller that holds nothing to call Calendar___list\npermit\(principal is AgentCore::OAuthUser,/),
      expect.stringMatching(/^Tools\/Rule1 \(rule_1\): it permits a caller whose claims hold other values to call Calendar___list\npermit/),
    ]);
  });
});

describe('nothing is found in a policy that', () => {
  const inList = (value: string) => `(${SCOPE} == "${value}" || ${SCOPE} like "[\\"${value}\\",*]" || ${SCOPE} like "[\\"*\\",\\"${value}\\"]" || ${SCOPE} like "[\\"*\\",\\"${value}\\",*]"
    || (!(${SCOPE} like "[*") && (${SCOPE} like "${value} *" || ${SCOPE} like "* ${value}" || ${SCOPE} like "* ${value} *")))`;
  test.each<[string, Written]>([
    ['asks for a scope', { when: inList('mcp:call') }],
    ['asks for five scopes of one list', { when: ['a', 'b', 'c', 'd', 'e'].map(inList).join(' && ') }],
    ['asks for five values between blanks', { when: ['a', 'b', 'c', 'd', 'e'].map((value) => `(${SCOPE} like "${value} *" || ${SCOPE} like "* ${value}" || ${SCOPE} like "* ${value} *")`).join(' && ') }],
    ['asks for one of two claims', { when: `(${SCOPE} == "a") || (principal.hasTag("groups") && principal.getTag("groups") == "b")` }],
    ['looks for an asterisk', { when: `${SCOPE} like "*\\*a\\**"` }],
    ['asks for a user', { when: 'principal == AgentCore::OAuthUser::"user-1"' }],
    ['asks for a role', { iam: true, when: 'principal == AgentCore::IamEntity::"arn:aws:sts::111111111111:assumed-role/planner"' }],
    ['asks for arguments', { when: `${SCOPE} == "a" && context.input has limit && context.input.limit >= 3 && context.input.limit <= 3 && context.input.city like "Os*"` }],
    ['is about a tool whose arguments stand elsewhere', {
      action: 'action == AgentCore::Action::"Elsewhere___pay"',
      when: `${SCOPE} == "a" && context.input has order && context.input.order has total && context.input.order.total.lessThan(decimal("9.5000")) && context.input has draft && context.input.draft == true`,
    }],
    ['is about all tools of a target', { action: 'action in AgentCore::Action::"Elsewhere"', when: `${SCOPE} == "a"` }],
    ['is about all tools of all targets', { action: 'action in AgentCore::Action::"CallTool"', when: `${SCOPE} == "a"` }],
    ['has an unless', { whole: `permit(principal, ${LIST}, resource) when { ${SCOPE} != "b" } unless { !(${SCOPE} == "a") };` }],
    ['is for every caller, and says so', { description: 'Calendar list: EVERY CALLER (public)' }],
    ['forbids everybody', { effect: 'forbid' }],
    ['forbids those who lack a claim', { effect: 'forbid', when: `!(${SCOPE} == "a")` }],
  ])('%s', (_title, policy) => expect(found(policy)).toEqual([]));

  test('is covered by a forbid', () => expect(found({ when: `${SCOPE} == "a"` }, { effect: 'forbid' })).toEqual([]));
});

describe('wherever it is synthesized', () => {
  const BAD = [expect.stringMatching(/permits a caller that holds nothing/)];
  const stackIn = (scope: App | Stage) => {
    const stack = new Stack(scope, 'Tools');
    gatewayIn(stack, {});
    return stack;
  };

  test('by an app, once', () => {
    const app = new App();
    stackIn(app);
    app.synth();
    app.synth();
    expect(surprises()).toEqual(BAD);
  });
  test('by an assertion', () => {
    Template.fromStack(stackIn(new App()));
    expect(surprises()).toEqual(BAD);
  });
  test('in a stage, once with its app', () => {
    const app = new App();
    stackIn(new Stage(app, 'Prod'));
    app.synth();
    expect(surprises()).toEqual(BAD);
  });
  test('by a stage alone', () => {
    const stage = new Stage(new App(), 'Prod');
    stackIn(stage);
    stage.synth();
    expect(surprises()).toEqual(BAD);
  });
});

describe('a test that plants a finding', () => {
  const planting = (...findings: RegExp[]) => {
    const app = new App();
    gatewayIn(new Stack(app, 'Tools'), {});
    plantsCedarFindings(app, ...findings);
    app.synth();
    return surprises();
  };

  test('is not failed by it', () => expect(planting(/holds nothing/)).toEqual([]));
  test('is failed by another one', () => expect(planting(/holds nothing/, /does not parse/)).toEqual(['planted, but not found: /does not parse/']));
  test('is failed by what it did not say', () => expect(planting(/does not parse/)).toEqual([expect.stringMatching(/holds nothing/), 'planted, but not found: /does not parse/']));
});

test('jest fails exactly the tests that synthesize it, and counts', () => {
  const root = join(__dirname, '..', '..', '..');
  const { status, stderr } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), '--ci', '-i', '--verbose', '--testMatch', '**/failing-synthesis.ts'], {
    cwd: root, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
  });
  const marks = [...stderr.matchAll(/^ +(✓|✕) ([a-z ,]+[a-z])/gm)].map(([, mark, title]) => `${mark} ${title}`);
  expect(marks).toEqual(['✕ synthesizes what permits everybody', '✓ synthesizes what asks for a scope', '✕ planted what is not there', '✓ planted what is there']);
  expect(stderr).toMatch(/The Cedar of what this test synthesized:\s+Tools\/Rule \(rule\): it permits a caller that holds nothing to call Calendar___unnamed/);
  expect(stderr).toMatch(/^Cedar: 2 policies of 1 gateways parsed, validated and asked$/m);
  expect(status).toBe(1);
});
