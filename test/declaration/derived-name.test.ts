import { App, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { derivedName } from '../../src/declaration/derived-name';

/** AWS's patterns, as the API reference prints them. */
const IDENTITY_NAME = /^[A-Za-z0-9_.-]{3,255}$/;
const PROVIDER_NAME = /^[a-zA-Z0-9\-_]{1,128}$/;

describe('a name', () => {
  test('is readable: stack, path, and eight digits', () => {
    expect(nameAt(new Stack(new App(), 'Sales'), 'Backend', 'Scheduler')).toMatch(/^Sales-Backend-Scheduler-[0-9a-f]{8}$/);
  });

  test('is the same each time', () => {
    const once = () => nameAt(new Stack(new App(), 'Sales'), 'Backend', 'Scheduler');
    expect(once()).toBe(once());
  });

  test('does not change when the library is updated: it would replace the resource, and the users would have to consent again', () => {
    expect(nameAt(new Stack(new App(), 'Sales'), 'Scheduler')).toBe('Sales-Scheduler-3ffc65db');
    expect(nameAt(new Stack(new Stage(new App(), 'Prod'), 'Sales'), 'Backend', 'Scheduler')).toBe('Prod-Sales-Backend-Scheduler-b5670143');
  });

  test('does not change when something else is added to the stack', () => {
    const stack = new Stack(new App(), 'Sales');
    const before = nameAt(stack, 'Scheduler');
    new Construct(stack, 'Other');
    expect(derivedName(stack.node.findChild('Scheduler'), 64)).toBe(before);
  });

  test('follows the stack\'s name, not its id', () => {
    const named = nameAt(new Stack(new App(), 'AnyId', { stackName: 'sales-prod' }), 'Scheduler');
    expect(named).toMatch(/^sales-prod-Scheduler-/);
    expect(nameAt(new Stack(new App(), 'OtherId', { stackName: 'sales-prod' }), 'Scheduler')).toBe(named);
  });

  test('does not show the child that every construct calls Resource', () => {
    const stack = new Stack(new App(), 'Sales');
    expect(nameAt(stack, 'Scheduler', 'Resource')).toMatch(/^Sales-Scheduler-[0-9a-f]{8}$/);
  });
});

describe('two names differ', () => {
  const stackIn = (scope: Construct, id: string, stackName?: string) => new Stack(scope, id, { stackName });

  test.each<[string, (app: App) => [string, string]]>([
    ['in two stages', (app) => [nameAt(stackIn(new Stage(app, 'Dev'), 'Sales'), 'Scheduler'), nameAt(stackIn(new Stage(app, 'Prod'), 'Sales'), 'Scheduler')]],
    ['in two Regions, where these are known', (app) => {
      const inRegion = (region: string) => nameAt(new Stack(new Stage(app, region), 'Sales', { stackName: 'sales', env: { account: '111111111111', region } }), 'Scheduler');
      return [inRegion('eu-west-1'), inRegion('us-east-1')];
    }],
    ['in two stacks', (app) => [nameAt(stackIn(app, 'Sales'), 'Scheduler'), nameAt(stackIn(app, 'Support'), 'Scheduler')]],
    ['at the same path, in stacks of different names', (app) => {
      const other = new App();
      return [nameAt(stackIn(app, 'Sales', 'sales-dev'), 'Scheduler'), nameAt(stackIn(other, 'Sales', 'sales-prod'), 'Scheduler')];
    }],
    ['in a stack and its nested stack', (app) => {
      const stack = stackIn(app, 'Sales');
      return [nameAt(stack, 'Scheduler'), nameAt(new NestedStack(stack, 'Nested'), 'Scheduler')];
    }],
    ['in two nested stacks', (app) => {
      const stack = stackIn(app, 'Sales');
      return [nameAt(new NestedStack(stack, 'A'), 'Scheduler'), nameAt(new NestedStack(stack, 'B'), 'Scheduler')];
    }],
    ['where only the borders of the ids differ: a-b/c and a/b-c', (app) => {
      const stack = stackIn(app, 'Sales');
      return [nameAt(stack, 'a-b', 'c'), nameAt(stack, 'a', 'b-c')];
    }],
    ['where the border between stack and path differs', (app) => [nameAt(stackIn(app, 'Sales-EU'), 'Scheduler'), nameAt(stackIn(app, 'Sales'), 'EU-Scheduler')]],
    ['where only a character differs that names cannot hold', (app) => {
      const stack = stackIn(app, 'Sales');
      return [nameAt(stack, 'Agent.1'), nameAt(stack, 'Agent 1')];
    }],
    ['where only capitals differ', (app) => {
      const stack = stackIn(app, 'Sales');
      return [nameAt(stack, 'scheduler'), nameAt(stack, 'Scheduler')];
    }],
    ['where only the end of long ids differs', (app) => {
      const stack = stackIn(app, 'Sales');
      return [nameAt(stack, `${'x'.repeat(200)}1`), nameAt(stack, `${'x'.repeat(200)}2`)];
    }],
  ])('%s', (_situation, names) => {
    const [first, second] = names(new App());
    expect(first).not.toBe(second);
    expect([first, second].filter((name) => !PROVIDER_NAME.test(name))).toEqual([]);
  });
});

describe('a name in a nested stack', () => {
  test('begins with the name of the stack that is deployed, since a nested stack\'s own is not known', () => {
    const outer = new Stack(new App(), 'Sales');
    const inner = new NestedStack(new NestedStack(outer, 'Backend'), 'Agents');
    expect(nameAt(inner, 'Scheduler')).toMatch(/^Sales-Backend-Agents-Scheduler-[0-9a-f]{8}$/);
  });

  test('follows the name of that stack', () => {
    const nested = (stackName: string) => nameAt(new NestedStack(new Stack(new App(), 'AnyId', { stackName }), 'Agents'), 'Scheduler');
    expect(nested('sales-prod')).toMatch(/^sales-prod-Agents-Scheduler-[0-9a-f]{8}$/);
    expect(nested('sales-dev')).toMatch(/^sales-dev-Agents-Scheduler-[0-9a-f]{8}$/);
  });
});

describe('a name is cut', () => {
  test('in front of the digits, to the length that is asked for', () => {
    const stack = new Stack(new App(), 'Sales');
    expect(nameAt(stack, 'x'.repeat(100))).toMatch(/^Sales-x{49}-[0-9a-f]{8}$/);
    expect(derivedName(new Construct(stack, 'y'.repeat(100)), 50)).toMatch(/^Sales-y{35}-[0-9a-f]{8}$/);
  });

  test('without leaving a hyphen in front of the digits\' own', () => {
    const stack = new Stack(new App(), 'Sales');
    expect(nameAt(stack, `${'x'.repeat(48)}-${'y'.repeat(20)}`)).toMatch(/^Sales-x{48}-[0-9a-f]{8}$/);
  });
});

describe('a path that names cannot hold', () => {
  test.each([
    ['umlauts', 'Verkäufer', /^Sales-Verk-ufer-[0-9a-f]{8}$/],
    ['another script', '営業', /^Sales-[0-9a-f]{8}$/],
    ['dots and blanks', 'agent v1.2', /^Sales-agent-v1-2-[0-9a-f]{8}$/],
    ['underscores', 'agent_1', /^Sales-agent-1-[0-9a-f]{8}$/],
    ['hyphens at its borders', '--agent--', /^Sales-agent-[0-9a-f]{8}$/],
  ])('%s', (_situation, id, expected) => {
    expect(nameAt(new Stack(new App(), 'Sales'), id)).toMatch(expected);
  });
});

test('a stack that is its own root has names, too', () => {
  expect(nameAt(new Stack(undefined, undefined, { stackName: 'Sales' }), 'Scheduler')).toMatch(/^Sales-Scheduler-[0-9a-f]{8}$/);
});

test('a stack whose name only deployment knows lends its path', () => {
  const stack = new Stack(new App(), 'Sales');
  Object.defineProperty(stack, 'stackName', { value: Lazy.string({ produce: () => 'late' }) });
  expect(nameAt(stack, 'Scheduler')).toMatch(/^Sales-Scheduler-[0-9a-f]{8}$/);
});

test('whatever the path, a name is valid, and another path has another name', () => {
  const id = fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', '_', '.', ' ', 'ä', '営', '*', '?', '$', '{', '}', ':'), minLength: 1, maxLength: 60 });
  const path = fc.array(id.filter((text) => text !== 'Resource'), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(path, path, fc.constantFrom(50, 64, 128), (first, second, longest) => {
    const names = [first, second].map((ids) => derivedName(constructAt(new Stack(new App(), 'Sales'), ...ids), longest));
    for (const name of names) {
      expect(name).toMatch(IDENTITY_NAME);
      expect(name).toMatch(PROVIDER_NAME);
      expect(name.length).toBeLessThanOrEqual(longest);
    }
    expect(names[0] === names[1]).toBe(JSON.stringify(first) === JSON.stringify(second));
  }), { seed: 20261121, numRuns: 200 });
});

function constructAt(scope: Construct, ...ids: string[]): Construct {
  return ids.reduce((parent, id) => parent.node.tryFindChild(id) as Construct | undefined ?? new Construct(parent, id), scope);
}

function nameAt(scope: Construct, ...ids: string[]): string {
  return derivedName(constructAt(scope, ...ids), 64);
}
