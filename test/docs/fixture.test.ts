import { readFileSync } from 'fs';
import { join } from 'path';
import { Fixture } from './fixture';
import { pages, ROOT } from './page';

test('CONTRIBUTING lists the names that snippets may use', () => {
  const { text } = pages().find(({ path }) => path === 'CONTRIBUTING.md')!;
  const [, list] = /exist without being declared: ([^.]+)\./.exec(text)!;
  expect([...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort()).toEqual(Fixture.NAMES);
});

test('jsii-rosetta knows no other names than these', () => {
  const rosetta = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
  const names = [...rosetta.matchAll(/^declare const (\w+)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !Fixture.NAMES.includes(name))).toEqual([]);
});
