import { App } from 'aws-cdk-lib';
import { gatewayProps, stackIn } from './every-target';
import { GatewayInbound, GatewayProtocol, RateDimension, RateLimitOptions, ToolGateway, ToolGatewayProps } from '../../src';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

function gateway(props: Partial<ToolGatewayProps> = {}): { app: App; gateway: ToolGateway } {
  const app = new App();
  return { app, gateway: new ToolGateway(stackIn(app), 'Gateway', gatewayProps(props)) };
}

test('each user 60 calls a minute, one tool less, one user none', () => {
  const { app, gateway: on } = gateway();
  on.addRateLimit('PerUserAndTool', {
    description: 'Fair use',
    dimensions: [RateDimension.claim('sub'), RateDimension.TOOL],
    rules: [
      { requestsPerMinute: 60 },
      { values: ['mallory'], requestsPerSecond: 0 },
      { values: ['alice', 'Calendar___list_events'], requestsPerSecond: 5, connectionsPerSecond: 2, tokensPerMinute: 1000 },
    ],
  });
  on.addRateLimit('PerTarget', { dimensions: [RateDimension.TARGET], rules: [{ requestsPerSecond: 50 }] });
  const account = deploy(app);
  expect(templateSchemaErrors(account)).toEqual([]);
  const [first] = account.resourcesOfType('AWS::BedrockAgentCore::GatewayRateLimit');
  expect(first.property('DimensionKeys')).toEqual(['$.context.jwt.sub', 'toolName']);
  expect(first.property('Entries')).toEqual([
    { Dimensions: { '$.context.jwt.sub': '*', 'toolName': '*' }, Requests: [{ Rate: 60, Period: 'minute' }] },
    { Dimensions: { '$.context.jwt.sub': 'mallory', 'toolName': '*' }, Requests: [{ Rate: 0, Period: 'second' }] },
    {
      Dimensions: { '$.context.jwt.sub': 'alice', 'toolName': 'Calendar___list_events' },
      Requests: [{ Rate: 5, Period: 'second' }],
      Tokens: [{ Rate: 1000, Period: 'minute' }],
      Connections: [{ Rate: 2, Period: 'second' }],
    },
  ]);
});

describe('refused', () => {
  const SUB = RateDimension.claim('sub');
  const codes = (options: object, props: Partial<ToolGatewayProps> = {}, before?: RateLimitOptions) => {
    const { gateway: on } = gateway(props);
    if (before !== undefined) on.addRateLimit('Before', before);
    try {
      on.addRateLimit('Limit', { dimensions: [SUB], rules: [{ requestsPerMinute: 1 }], ...options });
      return [];
    } catch (error) {
      return (error as { codes: string[] }).codes;
    }
  };
  test.each<[string, string[], string[]]>([
    ['no dimension', codes({ dimensions: [] }), ['RateLimit/Dimensions']],
    ['a dimension twice', codes({ dimensions: [SUB, RateDimension.claim('sub')] }), ['RateLimit/Dimensions']],
    ['a claim where callers have IAM', codes({}, { inbound: GatewayInbound.iam() }), ['RateLimit/DimensionMissing']],
    ['a principal where callers have tokens', codes({ dimensions: [RateDimension.IAM_PRINCIPAL] }), ['RateLimit/DimensionMissing']],
    ['a tool where there are none', codes({ dimensions: [RateDimension.TOOL] }, { protocol: GatewayProtocol.HTTP }), ['RateLimit/DimensionMissing']],
    ['a model where there is none', codes({ dimensions: [RateDimension.MODEL] }), ['RateLimit/DimensionMissing']],
    ['the same dimensions again', codes({}, {}, { dimensions: [SUB], rules: [{ requestsPerMinute: 1 }] }), ['RateLimit/DimensionsTwice']],
    ['no rules', codes({ rules: [] }), ['RateLimit/Rules']],
    ['two rules for the same values', codes({ rules: [{ requestsPerMinute: 1 }, { requestsPerSecond: 1 }] }), ['RateLimit/Rules']],
    ['a rule without a limit', codes({ rules: [{}] }), ['RateLimit/Rate']],
    ['half a call', codes({ rules: [{ requestsPerMinute: 0.5 }] }), ['RateLimit/Rate']],
    ['by second and by minute', codes({ rules: [{ requestsPerMinute: 1, requestsPerSecond: 1 }] }), ['RateLimit/Rate']],
    ['more values than dimensions', codes({ rules: [{ values: ['a', 'b'], requestsPerMinute: 1 }] }), ['RateLimit/Values']],
    ['every value, written out', codes({ rules: [{ values: ['*'], requestsPerMinute: 1 }] }), ['RateLimit/Values']],
    ['an unknown field', codes({ rules: [{ requestsPerHour: 1, requestsPerMinute: 1 }] }), ['RateLimit/UnknownField']],
  ])('%s', (_what, found, expected) => expect(found).toEqual(expected));

  test('a claim that has no name', () => expect(() => RateDimension.claim('a b')).toThrow('[RateDimension/Claim]'));
});
