import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';
import { isAgentCoreService } from '../token-actions';

/** A wildcard right behind a name. Ids are `<name>-<10 characters>`. */
const NO_SEPARATOR = /:bedrock-agentcore:[^:]*:[^:]*:[a-z-]+\/[^*?/]*[^*?/-]\*+$/;

export const TRUST_PREFIX_WITHOUT_SEPARATOR: Rule = {
  id: 'trust-prefix-without-separator',
  severity: CheckSeverity.WARNING,
  title: 'A role trusts every resource whose name begins alike',
  why: 'A wildcard right behind the name also covers longer names: `calendar*` trusts `calendar_admin-...` as well.',
  fix: '`new AgentRuntimeRole(...)` and `new ToolGateway(...)` end the name; or write a hyphen in front of the wildcard: `runtime/<name>-*`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html',
  trigger: 'every `Runtime`, `Memory`, `BrowserCustom` and `CodeInterpreterCustom` that makes its own role',
  find: ({ policies }) => policies.principals.flatMap(({ trust }) => trust)
    .filter(({ statement: { effect, principals = [] } }) => effect === 'Allow' && principals.some(isAgentCoreService))
    .flatMap(({ place, statement }) => statement.conditions
      .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
      .flatMap(({ values }) => values.filter((value) => NO_SEPARATOR.test(value)))
      .map((value) => ({ resource: place.resource, location: place.location, detail: `aws:SourceArn ${value}` }))),
};
