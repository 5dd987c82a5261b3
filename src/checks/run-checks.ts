import { checkInput } from './check-input';
import { CheckOptions } from './check-options';
import { Finding, findingOf } from './finding';
import { RULES } from './rules';
import { SynthesizedApp } from '../synthesized/synthesized-app';

/** Everything that the rules find in an app, once each, in the order of the rules and of the templates. */
export function runChecks(app: SynthesizedApp, options: CheckOptions): Finding[] {
  const input = checkInput(app, options);
  const found = RULES.flatMap((rule) => rule.find(input).map((each) => findingOf(rule, each)));
  return [...new Map(found.map((finding) => [finding.id, finding])).values()];
}
