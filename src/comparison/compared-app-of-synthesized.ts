import { ComparedApp, ComparedGateway, ComparedPrincipal, ComparedResourcePolicy, ComparedRoleUser, ComparedRoutingRule } from './compared-app';
import { premisesOf } from './premises';
import { isDeciding } from './setting-comparison';
import { nameOf, ONLY_LIMITS, settingsOf } from './template-settings';
import { underBranches } from './under-branches';
import { writtenText } from './written-text';
import { PolicyStatement } from '../containment/policy-statement';
import { routingRuleText, routingRuleWords } from '../gateway/routing-rule-words';
import { AccessModel } from '../review/access-model';
import { agentCoreResources, cedarPolicies } from '../synthesized/agentcore-resources';
import { appPolicies } from '../synthesized/app-policies';
import { PlacedStatement } from '../synthesized/policy-document';
import { PrincipalPolicies } from '../synthesized/principal-policies';
import { asRecord } from '../synthesized/record';
import { ResourcePolicy } from '../synthesized/resource-policies';
import { RoleUser, roleUsers } from '../synthesized/role-users';
import { SynthesizedApp } from '../synthesized/synthesized-app';

/** Resources that are not without a policy, or whose policy is one of their properties. */
const POLICY_IS_PROPERTY = ['AWS::KMS::Key', 'AWS::ECR::Repository'];

/** What two synthesized apps are compared by. */
export function comparedAppOf(app: SynthesizedApp): ComparedApp {
  const { principals, resourcePolicies: allPolicies, unread } = appPolicies(app);
  const resourcePolicies = allPolicies.filter(({ type }) => !ONLY_LIMITS.includes(type));
  const unreadPolicies = unread.map(({ place, why }): [string, string] => [`${nameOf(place.resource)} ${place.location}: ${why}`, writtenText(place.resource)]);
  const users = roleUsers(app, principals);
  const compared = { principals: principals.map((principal) => principalOf(principal, users.ofPrincipals.get(principal))), resourcePolicies: byId(resourcePolicies) };
  const deciding = app.stacks.flatMap(({ resources }) => resources.filter(({ type }) => DECIDING.test(type)));
  const gateways = gatewaysOf(app);
  const settings = settingsOf(app, gateways, askedTags(compared));
  const decidingValues = settings.map(({ kind, values }) => Object.entries(values).filter(([name]) => isDeciding(kind, name)));
  const foreignRoles = [...users.ofOthers].map(([id, all]) => ({ id, users: all.map(userOf) }));
  const cedar = cedarPolicies(app).map(({ resource, engine = '', statement, enforcementMode, onlyIf }) => ({
    id: nameOf(resource), engine, statement, mode: enforcementMode, ...(onlyIf.length > 0 ? { onlyIf: onlyIf.join(' or ') } : {}),
  }));
  const routingRules = routingRulesOf(app);
  return {
    ...(app.access !== undefined ? { model: app.access as AccessModel } : {}),
    policies: {
      ...compared,
      premises: premisesOf(app, {
        text: JSON.stringify([compared, gateways, foreignRoles, cedar, routingRules, decidingValues]),
        resources: [...deciding, ...resourcePolicies.flatMap(({ statements }) => statements.map(({ place }) => place.resource))],
        conditions: [...users.ofPrincipals.values(), ...users.ofOthers.values()].flat().flatMap(({ onlyIf }) => onlyIf.map((condition) => condition.replace(/^not /, ''))),
      }),
      foreignRoles,
      settings,
      cedarPolicies: cedar,
      gateways,
      routingRules,
      unread: [...unreadPolicies.map(([place]) => place), ...app.unreadStacks.map(({ path }) => `nested stack ${path}: its template is not there`)],
      unreadTexts: Object.fromEntries(unreadPolicies),
      resources: app.stacks.flatMap(({ resources }) => resources.map(({ type, path }) => `${type} ${path}`)),
    },
  };
}

/** Resources that are compared. What they stand under decides as well. */
const DECIDING = /^AWS::(IAM|BedrockAgentCore|Cognito|EKS|RolesAnywhere|SSO|Organizations)::/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html */
function askedTags(policies: object): string[] {
  return [...new Set([...JSON.stringify(policies).matchAll(/(?:aws:(?:Principal|Resource)|secretsmanager:Resource)Tag\/([^"]+)"/gi)].map(([, key]) => key))].sort();
}

function principalOf(principal: PrincipalPolicies, users?: readonly RoleUser[]): ComparedPrincipal {
  const { name, account, arn, resource, statements, foreignPolicies, foreignOnlyIf, boundary, trust } = principal;
  const id = resource === undefined ? name : nameOf(resource);
  return {
    id,
    // The report names a role of another app by its ARN.
    aliases: [...(arn !== undefined ? [arn] : []), ...(resource === undefined ? [`arn:aws:iam::${account}:role/${name}`] : [])],
    statements: statements.flatMap(placed),
    foreignPolicies,
    ...(foreignOnlyIf !== undefined && foreignOnlyIf.size > 0 ? { foreignOnlyIf: Object.fromEntries(foreignOnlyIf) } : {}),
    ...(boundary !== undefined ? {
      boundary: { arn: boundary.arn, ...(boundary.statements !== undefined ? { statements: boundary.statements.flatMap(placed) } : {}) },
    } : {}),
    trust: trust.flatMap(placed),
    ...(users !== undefined ? { users: users.map(userOf) } : {}),
  };
}

function userOf({ resource, runs, onlyIf }: RoleUser): ComparedRoleUser {
  return { id: nameOf(resource), type: resource.type, runs, ...(onlyIf.length > 0 ? { onlyIf: [...new Set(onlyIf)].sort().join(' and ') } : {}) };
}

function placed({ statement, onlyIf }: PlacedStatement): PolicyStatement[] {
  return underBranches(statement, onlyIf);
}

/** Several policies of one resource are one. */
function byId(policies: readonly ResourcePolicy[]): ComparedResourcePolicy[] {
  const found = new Map<string, ComparedResourcePolicy>();
  for (const { type, protects, statements } of policies) {
    const comesWithResource = POLICY_IS_PROPERTY.includes(type);
    const id = comesWithResource && statements.length > 0 ? `${type} ${nameOf(statements[0].place.resource)}` : `${type} ${[...protects].sort().join(' ')}`;
    found.set(id, { id, comesWithResource, statements: [...found.get(id)?.statements ?? [], ...statements.flatMap(placed)] });
  }
  return [...found.values()];
}

function gatewaysOf(app: SynthesizedApp): ComparedGateway[] {
  const targets = agentCoreResources(app, 'GatewayTarget').flatMap(({ resource, forms }) => forms.map(({ value }) => ({ resource, value })));
  return agentCoreResources(app, 'Gateway').flatMap(({ resource, forms }) => forms.slice(0, 1).map((): ComparedGateway => {
    const ids = [resource.logicalId, `<${resource.path}`, `Gateway ${resource.path}.`];
    const own = targets.filter((target) => target.resource.stack === resource.stack
      && ids.some((id) => JSON.stringify([target.value.GatewayIdentifier, target.resource.properties.GatewayIdentifier]).includes(id)));
    return {
      id: nameOf(resource),
      authorizer: inAnyForm(forms.map(({ value }) => String(value.AuthorizerType ?? 'not known'))),
      authorizerDetails: JSON.stringify(forms.length === 1
        ? forms[0].value.AuthorizerConfiguration ?? null
        : forms.map(({ value, onlyIf }) => [onlyIf, value.AuthorizerConfiguration ?? null])),
      policyMode: inAnyForm(forms.map(({ value }) => String(asRecord(value.PolicyEngineConfiguration).Mode ?? 'none'))),
      engine: inAnyForm(forms.map(({ value }) => String(asRecord(value.PolicyEngineConfiguration).Arn ?? 'none'))),
      targets: own.map((target) => ({
        id: nameOf(target.resource),
        credentials: JSON.stringify(target.value.CredentialProviderConfigurations ?? null),
      })),
    };
  }));
}

function routingRulesOf(app: SynthesizedApp): ComparedRoutingRule[] {
  const gateways = agentCoreResources(app, 'Gateway').map(({ resource }) => resource);
  return agentCoreResources(app, 'GatewayRule').map(({ resource, forms }) => {
    const named = forms.map(({ value }) => String(value.GatewayIdentifier ?? 'a gateway that the rule does not name'));
    const known = gateways.find(({ path }) => named.some((name) => name.includes(` ${path}.GatewayIdentifier}`)));
    return {
      id: nameOf(resource),
      gateway: known !== undefined ? nameOf(known) : inAnyForm(named),
      text: forms.map(({ value, onlyIf }) => `${routingRuleText(routingRuleWords(value))}${onlyIf.length === 0 ? '' : `, if ${onlyIf.join(' or ')}`}`).sort().join('; '),
    };
  });
}

/** What it is under some condition or other. */
function inAnyForm(values: readonly string[]): string {
  return [...new Set(values)].sort().join(' or ');
}
