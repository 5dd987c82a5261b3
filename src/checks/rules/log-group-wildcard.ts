import { grants, grantText, namesAction } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

const WRITE_LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const EVERY_RUNTIME = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:(\*|\/\*|\/aws\/\*|\/aws\/bedrock-agentcore\/(\*|runtimes\/\*))/;

export const LOG_GROUP_WILDCARD: Rule = {
  id: 'log-group-wildcard',
  severity: CheckSeverity.INFO,
  title: 'An agent may write into the logs of every runtime',
  why: 'An agent that is taken over can fill or forge what others log.',
  fix: '`new AgentRuntimeRole(...)` names the log groups of the one runtime: `log-group:/aws/bedrock-agentcore/runtimes/<runtime id>-*`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html',
  trigger: 'every `Runtime`',
  find: (input) => grants(input).flatMap((grant) => {
    const wide = (grant.statement.resources ?? []).filter((pattern) => EVERY_RUNTIME.test(pattern));
    const actions = WRITE_LOGS.filter((action) => namesAction(grant.statement, action));
    return wide.length > 0 && actions.length > 0 ? [{ resource: grant.place.resource, location: grant.place.location, detail: grantText(grant, actions, wide) }] : [];
  }),
};
