import { branches } from '../../src/synthesized/condition-branch';
import { StackTemplate, SynthesizedApp, synthesizedApp } from '../../src/synthesized/synthesized-app';
import { Template } from '../../src/synthesized/template';
import { valueOf } from '../../src/synthesized/template-value';

export const KNOWN = { account: '111122223333', region: 'eu-west-1' };

/** An app of one stack, called `Shop/Main` in the code and `shop-main` in the account. */
export function appOf(template: Template, source: Partial<StackTemplate> = KNOWN): SynthesizedApp {
  return synthesizedApp([{ name: 'shop-main', path: 'Shop/Main', template, ...source }]);
}

/** A value of the first stack in all branches of the conditions. */
export function valuesIn(app: SynthesizedApp, value: unknown): unknown[] {
  return branches((decide) => valueOf(value, { app, stack: app.stacks[0], decide })).map((found) => found.value);
}
