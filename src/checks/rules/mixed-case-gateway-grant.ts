import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { CheckSeverity } from '../check-severity';
import { allStatements } from '../every-statement';
import { Rule } from '../rule';

export const MIXED_CASE_GATEWAY_GRANT: Rule = {
  id: 'mixed-case-gateway-grant',
  severity: CheckSeverity.ERROR,
  title: 'A grant by the name of a gateway never matches',
  why: 'The id of a gateway, and the name of its identity, are in lower case whatever the gateway is called; IAM tells case apart, so every call is refused.',
  fix: 'Use `new ToolGateway(...)`, which grants on the identity\'s real name; or write the name in lower case.',
  see: 'https://github.com/aws/aws-cdk/issues/38869',
  trigger: 'a gateway with capitals in its name (generated names have them) and a target with `fromOauthIdentity` or `fromApiKeyIdentity`',
  find: (input) => {
    const names = [...new Set(agentCoreResources(input.app, 'Gateway').flatMap(({ forms }) => forms.map(({ value }) => value.Name)))]
      .filter((name): name is string => typeof name === 'string' && /[A-Z]/.test(name) && !name.includes('${'));
    const written = (text: string) => names.some((name) => ['workload-identity/', ':gateway/'].some((path) => ['-', '*', '?'].some((end) => text.includes(`${path}${name}${end}`))));
    return allStatements(input).flatMap(({ place, statement: { resources = [], notResources = [], conditions } }) => [
      ...resources, ...notResources, ...conditions.flatMap(({ values }) => values),
    ].filter(written).map((text) => ({ resource: place.resource, location: place.location, detail: text })));
  },
};
