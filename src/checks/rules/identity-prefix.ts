import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { allowedActions, CheckInput, grants, grantText } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { namedIdentities, nameIn } from '../named-identities';
import { Rule } from '../rule';
import { shortAction, TOKEN_ACTIONS } from '../token-actions';

export const IDENTITY_PREFIX: Rule = {
  id: 'identity-prefix',
  severity: CheckSeverity.WARNING,
  title: 'Token operations are allowed for every workload identity whose name is alike',
  why: 'Whoever may make an identity of such a name, or owns an agent that is called so, is within the grant: their users\' tokens are in reach, and nothing tells when one is added.',
  fix: 'Name each identity, as `agent.may(Capability...)` does; for a gateway its id (`attrGatewayIdentifier`), which is the name of its identity.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html',
  trigger: 'a hand-written ARN such as `workload-identity/prod-*`; not the name of a gateway or runtime of the app with `-*`',
  find: (input) => grants(input).flatMap((grant) => {
    const allowed = (probe: string) => allowedActions(grant, TOKEN_ACTIONS, probe);
    const alike = namedIdentities(grant.statement)
      .filter(({ reach, text, probe }) => reach === 'alike' && !isMadeByAws(input, nameIn(text)) && allowed(probe).length > 0);
    const actions = TOKEN_ACTIONS.filter((action) => alike.some(({ probe }) => allowed(probe).includes(action))).map(shortAction);
    const { resource, location } = grant.place;
    return alike.length === 0 ? [] : [{ resource, location, detail: grantText(grant, actions, alike.map(({ text }) => text)) }];
  }),
};

/** AWS makes an identity for each gateway and runtime, and puts a hyphen and ten characters behind the name. */
function isMadeByAws({ app }: CheckInput, pattern: string): boolean {
  const [, name] = /^([^*?]+)-(?:\*|\?{10})$/.exec(pattern) ?? [];
  return name !== undefined && [['Gateway', 'Name'], ['Runtime', 'AgentRuntimeName']].some(([kind, property]) => agentCoreResources(app, kind)
    .some(({ forms }) => forms.some(({ value }) => String(value[property]).toLowerCase() === name.toLowerCase())));
}
