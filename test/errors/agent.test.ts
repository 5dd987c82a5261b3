import { Construct } from 'constructs';
import { ExpectedProblem, expectRefusal, refusalOf } from './refusal';
import { agentIn, appOf, asItself, asUser, hostedBy, imported, importedKey, issuer, lazy, owner, parameter, REASON, role, salesStack } from './story';
import { Agent, AgentHost, AgentOwner, AgentPart, AgentProps, Capability, TokenIssuer } from '../../src';

const PATH = 'Sales/Scheduler';

describe('the owner', () => {
  const NO_TAG = {
    code: 'AgentOwner/Invalid',
    allowed: '1 to 256 letters, digits, blanks and . _ : / = + @ -',
    fix: 'It becomes a tag of the workload identity',
  };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', '   ', '"   "'],
    ['a number', 7, '7'],
    ['a list', ['sales'], '["sales"]'],
    ['a chat channel with a hash', '#sales', '"#sales"'],
    ['with an umlaut', 'Müller', '"Müller"'],
    ['with two lines', 'sales\ntools', '"sales\\ntools"'],
    ['a wildcard', '*', '"*"'],
    ['an IAM variable', '${aws:username}', '"${aws:username}"'],
    ['257 characters long', 'x'.repeat(257), `"${'x'.repeat(159)}…`],
  ])('name or contact is %s', (_situation, text, received) => {
    expectRefusal(() => AgentOwner.team(text as string, 'sales@example.com'), { ...NO_TAG, what: 'name of the owner is not valid', received });
    expectRefusal(() => AgentOwner.team('sales', text as string), { ...NO_TAG, what: 'contact of the owner is not valid', received });
  });

  test('neither name nor contact: both are told', () => {
    expectRefusal(() => AgentOwner.team('', ''),
      { ...NO_TAG, what: 'name of the owner is not valid', received: '""' },
      { ...NO_TAG, what: 'contact of the owner is not valid', received: '""' });
  });

  test.each([
    ['a team and its mail address', 'sales-tools', 'sales-tools@example.com'],
    ['words and a page', 'Sales tools', 'https://wiki.example.com/sales_tools'],
    ['256 characters', 'x'.repeat(256), 'y'.repeat(256)],
    ['known only at deployment', lazy('sales'), lazy('sales@example.com')],
  ])('taken: %s', (_situation, name, contact) => {
    expect(AgentOwner.team(name, contact)).toMatchObject({ name, contact });
  });

  test.each<[string, unknown, string]>([
    ['is missing', undefined, 'nothing'],
    ['is null', null, 'null'],
    ['is a text', 'sales-tools', '"sales-tools"'],
    ['is an object that looks like one', { name: 'sales', contact: 'sales@example.com' }, 'an object of class Object'],
  ])('of an agent %s', (_situation, given, received) => {
    expectAgentRefused({ owner: given }, {
      code: 'Agent/OwnerMissing', what: 'the agent has no owner', received, fix: 'Write owner: AgentOwner.team(', path: PATH,
    });
  });
});

describe('who acts', () => {
  const NOT_A_HOST = { code: 'Agent/Host', what: 'host takes a host', fix: 'Write AgentHost.lambdaFunction(fn), AgentHost.ecsTask(', path: PATH };
  const NOT_PARTS = { code: 'Agent/Parts', what: 'parts takes parts', fix: 'Write AgentPart.acting(\'Worker\', AgentHost.lambdaFunction(fn))', path: PATH };
  const NOBODY = {
    code: 'Agent/Host', what: 'neither host nor parts are given, so nothing could act for the agent', fix: 'Write host: AgentHost.lambdaFunction(fn), or parts', path: PATH,
  };

  test('nobody', () => {
    expectAgentRefused({ host: undefined }, NOBODY);
    expectAgentRefused({ host: undefined, parts: [] }, NOBODY);
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'null'],
    ['a text', 'arn:aws:iam::111111111111:role/app', '"arn:aws:iam::111111111111:role/app"'],
    ['an object', {}, 'an object of class Object'],
  ])('the host is %s', (_situation, host, received) => {
    expectAgentRefused({ host }, { ...NOT_A_HOST, received });
  });

  test('the host is a role that is not wrapped', () => {
    const stack = salesStack();
    expect(refusalOf(() => agentIn(stack, 'Scheduler', { host: role(stack) as any })).codes).toEqual(['Agent/Host']);
  });

  test.each<[string, (host: AgentHost) => unknown[], string]>([
    ['nothing', () => [undefined], '[nothing]'],
    ['a text', () => ['Worker'], '["Worker"]'],
    ['a host', (host) => [host], '[an object of class AgentHost]'],
    ['a list', (host) => [[AgentPart.acting('Worker', host)]], '[[an object of class AgentPart]]'],
  ])('a part is %s', (_situation, parts, received) => {
    expectAgentRefused({ host: undefined, parts: parts(hostedBy(salesStack())) }, { ...NOT_PARTS, received });
  });

  test('a host and acting parts', () => {
    const stack = salesStack();
    const parts = [AgentPart.acting('Web', hostedBy(stack, 'Web')), AgentPart.returnPage('Page', hostedBy(stack, 'Page')), AgentPart.acting('Batch', hostedBy(stack, 'Batch'))];
    expectAgentRefused({ parts }, {
      code: 'Agent/Host',
      what: 'both host and acting parts are given',
      received: '["Web", "Batch"]',
      fix: 'Give all of them as parts, each with a name',
      path: PATH,
    });
  });

  test('two parts of the same name', () => {
    const stack = salesStack();
    const parts = ['A', 'B'].map((id) => AgentPart.acting('Worker', hostedBy(stack, id)));
    expectAgentRefused({ host: undefined, parts }, {
      code: 'Agent/Parts', what: 'two parts have the same name', received: '["Worker", "Worker"]', fix: 'Name each part differently', path: PATH,
    });
  });

  test('a part named like the one that is given as host', () => {
    const parts = [AgentPart.returnPage('Host', hostedBy(salesStack()))];
    expectAgentRefused({ parts }, {
      code: 'Agent/Parts', what: 'two parts have the same name', received: '["Host", "Host"]', fix: 'Name each part differently; Host is the name', path: PATH,
    });
  });

  test('a host and a return page are fine', () => {
    const stack = salesStack();
    expect(agentIn(stack, 'Scheduler', { host: hostedBy(stack), parts: [AgentPart.returnPage('Page', hostedBy(stack, 'Page'))] }).parts).toHaveLength(2);
  });
});

describe('callers', () => {
  const NOT_CALLERS = { code: 'Agent/Callers', what: 'callers takes token issuers', fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })]', path: PATH };

  test.each<[string, unknown, string]>([
    ['an address', 'https://acme.okta.com', '"https://acme.okta.com"'],
    ['a list of addresses', ['https://acme.okta.com'], '["https://acme.okta.com"]'],
    ['a list with a hole', [issuer(), undefined], '[an object of class TokenIssuer, nothing]'],
    ['a single issuer', issuer(), 'an object of class TokenIssuer'],
    ['the options of an issuer', [{ issuer: 'https://acme.okta.com', audiences: ['agents'] }], '[an object of class Object]'],
  ])('%s', (_situation, callers, received) => {
    expectAgentRefused({ callers }, { ...NOT_CALLERS, received });
  });

  test('none, and several, are fine where no capability says otherwise', () => {
    const other = TokenIssuer.oidc({ issuer: 'https://accounts.google.com', clients: ['4f1c'] });
    expect(agentIn(salesStack(), 'Scheduler', { callers: [] }).callers).toEqual([]);
    expect(agentIn(salesStack(), 'Scheduler', { callers: [issuer(), other] }).callers).toHaveLength(2);
  });
});

describe('a return URL', () => {
  const NOT_A_PAGE = {
    code: 'Agent/ReturnUrl',
    what: 'return URL is not valid',
    allowed: 'an https address (or http on localhost, 127.0.0.1 and [::1]), without wildcard, credentials or fragment',
    fix: 'Give the page of your application that completes the session, in full',
    path: PATH,
  };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', ' ', '" "'],
    ['a number', 8080, '8080'],
    ['a path', '/return', '"/return"'],
    ['without protocol', 'app.example.com/return', '"app.example.com/return"'],
    ['not encrypted', 'http://app.example.com/return', '"http://app.example.com/return"'],
    ['not encrypted, on a host that is named like the loopback', 'http://localhost.example.com/return', '"http://localhost.example.com/return"'],
    ['of an app on a phone', 'com.example.app:/return', '"com.example.app:/return"'],
    ['a script', 'javascript:alert(1)', '"javascript:alert(1)"'],
    ['any page of a host', 'https://app.example.com/*', '"https://app.example.com/*"'],
    ['any host', 'https://*.example.com/return', '"https://*.example.com/return"'],
    ['with a wildcard in its query', 'https://app.example.com/return?state=*', '"https://app.example.com/return?…"'],
    ['with two queries', 'https://app.example.com/return?a=1?b=2', '"https://app.example.com/return?…"'],
    ['an IAM variable', 'https://app.example.com/${aws:username}', '"https://app.example.com/${aws:username}"'],
    ['with a fragment', 'https://app.example.com/#/return', '"https://app.example.com/#…"'],
    ['followed by a line end', 'https://app.example.com/return\n', '"https://app.example.com/return\\n"'],
    ['two addresses', 'https://a.example.com https://b.example.com', '"https://a.example.com https://b.example.com"'],
    ['2049 characters long', `https://app.example.com/${'x'.repeat(2025)}`, `"https://app.example.com/${'x'.repeat(135)}…`],
  ])('%s', (_situation, url, received) => {
    expectAgentRefused({ returnUrls: [url] }, { ...NOT_A_PAGE, received });
  });

  test('not encrypted, with the loopback as user', () => {
    expect(refusalOf(() => agentIn(salesStack(), 'Scheduler', { returnUrls: ['http://localhost@example.com/return'] })).codes).toEqual(['Agent/ReturnUrl']);
  });

  test('twice', () => {
    const url = 'https://app.example.com/return';
    expectAgentRefused({ returnUrls: [url, url] }, {
      code: 'Agent/ReturnUrl', what: 'a return URL is given twice', received: `["${url}", "${url}"]`, fix: 'Give each return URL once', path: PATH,
    });
  });

  test.each([
    ['a page', 'https://app.example.com/return'],
    ['on a port', 'https://app.example.com:8443/return'],
    ['with a query', 'https://app.example.com/return?agent=scheduler&kind=a'],
    ['on the developer\'s machine', 'http://localhost:3000/return'],
    ['on the loopback of IPv4', 'http://127.0.0.1:3000/return'],
    ['on the loopback of IPv6', 'http://[::1]:3000/return'],
    ['2048 characters long', `https://app.example.com/${'x'.repeat(2024)}`],
    ['known only at deployment', lazy('https://app.example.com/return')],
  ])('taken: %s', (_situation, url) => {
    expect(agentIn(salesStack(), 'Scheduler', { returnUrls: [url] }).returnUrls).toEqual([url]);
  });

  test('taken: a stack parameter', () => {
    const stack = salesStack();
    const url = parameter(stack);
    expect(agentIn(stack, 'Scheduler', { returnUrls: [url] }).returnUrls).toEqual([url]);
  });
});

describe('fields that do not exist', () => {
  test.each<[string, object, string]>([
    ['the singular', { caller: issuer() }, '["caller"]'],
    ['two of them', { role: 'x', returnUrl: 'y' }, '["role", "returnUrl"]'],
  ])('%s', (_situation, fields, received) => {
    expectAgentRefused(fields, {
      code: 'Agent/UnknownField',
      what: 'An agent does not have th',
      received,
      allowed: 'owner, host, parts, callers, returnUrls, identity',
      fix: 'Remove it, or correct its name',
      path: PATH,
    });
  });
});

describe('may()', () => {
  const NOT_A_CAPABILITY = { code: 'Agent/NotACapability', what: 'may() takes capabilities', fix: 'Write Capability.actAsUser(provider, { ... })', path: PATH };

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['a list', [], '[]'],
    ['the options of a capability', { provider: 'google', reason: REASON }, 'an object of class Object'],
  ])('%s', (_situation, given, received) => {
    const agent = agentIn(salesStack(), 'Scheduler');
    expectRefusal(() => agent.may(given as Capability), { ...NOT_A_CAPABILITY, received });
  });

  test('a provider', () => {
    const stack = salesStack();
    const agent = agentIn(stack, 'Scheduler');
    expectRefusal(() => agent.may(imported(stack, 'google') as any), { ...NOT_A_CAPABILITY, received: 'an object of class ImportedOAuth2Provider' });
  });

  const twice = (kind: string, provider: string) => ({
    code: 'Agent/CapabilityTwice', what: `the agent already has a capability to ${kind} with ${provider}`, fix: 'Put all scopes into one capability', path: PATH,
  });

  test('the same kind with the same provider, in one call', () => {
    const stack = salesStack();
    const provider = imported(stack, 'google');
    expectRefusal(() => agentIn(stack, 'Scheduler').may(asUser(provider), asUser(provider)), twice('act as user', 'Sales/google'));
  });

  test('the same kind with the same provider, in two calls', () => {
    const stack = salesStack();
    const provider = imported(stack, 'google');
    const agent = agentIn(stack, 'Scheduler');
    agent.may(asItself(provider));
    expectRefusal(() => agent.may(asItself(provider)), twice('act as itself', 'Sales/google'));
  });

  test('the same API key twice', () => {
    const stack = salesStack();
    const key = Capability.useApiKey(importedKey(stack, 'weather'), { reason: REASON });
    expectRefusal(() => agentIn(stack, 'Scheduler').may(key, key), twice('use API key', 'Sales/weather'));
  });

  test('another kind, or another provider, is fine', () => {
    const stack = salesStack();
    const agent = agentIn(stack, 'Scheduler');
    const [google, github] = ['google', 'github'].map((name) => imported(stack, name));
    agent.may(asUser(google), asItself(google));
    agent.may(asUser(github));
    expect(agent.capabilities).toHaveLength(3);
  });

  test('everything that is wrong in one call comes together', () => {
    const stack = salesStack();
    const provider = imported(stack, 'google');
    expect(refusalOf(() => agentIn(stack, 'Scheduler').may(undefined as any, asUser(provider), asUser(provider), 'x' as any)).codes)
      .toEqual(['Agent/NotACapability', 'Agent/CapabilityTwice', 'Agent/NotACapability']);
  });
});

test('independent problems come together', () => {
  const url = 'https://app.example.com/return';
  const error = refusalOf(() => new Agent(salesStack(), 'Scheduler', {
    owner: undefined, parts: [undefined], callers: ['acme'], returnUrls: ['http://app.example.com', url, url], retunrUrl: url,
  } as any));
  expect(error.codes).toEqual(['Agent/UnknownField', 'Agent/OwnerMissing', 'Agent/Parts', 'Agent/Callers', 'Agent/ReturnUrl', 'Agent/ReturnUrl']);
  expect(error.message.split('\n')).toHaveLength(6);
});

test('the message names the construct, however deep it is', () => {
  const scope = new Construct(new Construct(salesStack(), 'Backend'), 'Agents');
  expect(refusalOf(() => new Agent(scope, 'Scheduler', { owner: owner() })).message).toMatch(/\[Agent\/Host\] at Sales\/Backend\/Agents\/Scheduler$/);
});

test('an agent that declares nothing is fine', () => {
  const stack = salesStack();
  agentIn(stack, 'Scheduler');
  expect(() => appOf(stack).synth()).not.toThrow();
});

/** Expects that an agent with a good owner, host, callers and return URLs is refused once these properties are put in. */
function expectAgentRefused(props: object, ...problems: ExpectedProblem[]): void {
  const stack = salesStack();
  const good: AgentProps = { owner: owner(), host: hostedBy(stack, 'OwnRole') };
  expectRefusal(() => new Agent(stack, 'Scheduler', { ...good, ...props }), ...problems);
}
