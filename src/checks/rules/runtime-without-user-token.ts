import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { asRecord } from '../../synthesized/record';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

export const RUNTIME_WITHOUT_USER_TOKEN: Rule = {
  id: 'runtime-without-user-token',
  severity: CheckSeverity.INFO,
  title: 'A runtime does not know for which user it acts',
  why: 'Without a JWT authorizer the user is at most a name that the caller writes into a header; tools are called with the agent\'s rights alone.',
  fix: 'Where users call the agent: `callers: [TokenIssuer.oidc({...})]` on the `Agent` with `AgentHost.agentRuntime(...)`. Where only services call it, acknowledge.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html',
  trigger: '`new Runtime(...)` without `authorizerConfiguration`',
  find: ({ app }) => agentCoreResources(app, 'Runtime').flatMap(({ resource, forms }) => forms
    .filter(({ value }) => asRecord(value.AuthorizerConfiguration).CustomJWTAuthorizer === undefined)
    .map(() => ({ resource, location: 'Properties.AuthorizerConfiguration', detail: 'no JWT authorizer' }))),
};
