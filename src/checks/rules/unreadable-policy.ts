import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

const NESTED = 'a nested stack whose template is not in the assembly';

export const UNREADABLE_POLICY: Rule = {
  id: 'unreadable-policy',
  severity: CheckSeverity.WARNING,
  title: 'A policy cannot be judged before deployment',
  why: 'What it allows is decided by a value that only a deployment knows, so none of the other rules looked at it.',
  fix: 'Write the policy where it can be read, or look at it by hand and acknowledge.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
  trigger: 'a statement, an effect or a whole policy behind a parameter, an import or a nested stack from elsewhere',
  find: ({ app, policies }) => [
    ...policies.unread.map(({ place, why }) => ({ resource: place.resource, location: place.location, detail: why })),
    ...app.unreadStacks.flatMap(({ path, logicalId }) => app.stacks.flatMap(({ resources }) => resources)
      .filter((resource) => resource.path === path && resource.logicalId === logicalId)
      .map((resource) => ({ resource, location: 'Properties.TemplateURL', detail: NESTED }))),
  ],
};
