import { ComparedApp, ComparedGateway, ComparedPremise, ComparedPrincipal, ComparedResourcePolicy, ComparedRoutingRule, ComparedSettings } from './compared-app';
import { writtenText } from './written-text';
import { DEPLOYMENT_KEY } from '../containment/key-constraint';
import { PolicyStatement } from '../containment/policy-statement';
import { routingRuleText, routingRuleWords } from '../gateway/routing-rule-words';
import { AccessModel } from '../review/access-model';
import { agentCoreResources, cedarPolicies } from '../synthesized/agentcore-resources';
import { appPolicies } from '../synthesized/app-policies';
import { PlacedStatement } from '../synthesized/policy-document';
import { PrincipalPolicies } from '../synthesized/principal-policies';
import { asRecord } from '../synthesized/record';
import { ResourcePolicy } from '../synthesized/resource-policies';
import { isCustomResource, SynthesizedApp, SynthesizedResource } from '../synthesized/synthesized-app';

/** Resources that are not without a policy, or whose policy is one of their properties. */
const POLICY_IS_PROPERTY = ['AWS::KMS::Key', 'AWS::ECR::Repository'];

/** What two synthesized apps are compared by. */
export function comparedAppOf(app: SynthesizedApp): ComparedApp {
  const { principals, resourcePolicies, unread } = appPolicies(app);
  const unreadPolicies = unread.map(({ place, why }): [string, string] => [`${nameOf(place.resource)} ${place.location}: ${why}`, writtenText(place.resource)]);
  const compared = { principals: principals.map(principalOf), resourcePolicies: byId(resourcePolicies) };
  return {
    ...(app.access !== undefined ? { model: app.access as AccessModel } : {}),
    policies: {
      ...compared,
      premises: premisesOf(app, JSON.stringify(compared)),
      settings: settingsOf(app),
      cedarPolicies: cedarPolicies(app).map(({ resource, engine = '', statement, enforcementMode, onlyIf }) => ({
        id: nameOf(resource), engine, statement, mode: enforcementMode, ...(onlyIf.length > 0 ? { onlyIf: onlyIf.join(' or ') } : {}),
      })),
      gateways: gatewaysOf(app),
      routingRules: routingRulesOf(app),
      unread: [...unreadPolicies.map(([place]) => place), ...app.unreadStacks.map(({ path }) => `nested stack ${path}: its template is not there`)],
      unreadTexts: Object.fromEntries(unreadPolicies),
      resources: app.stacks.flatMap(({ resources }) => resources.map(({ type, path }) => `${type} ${path}`)),
    },
  };
}

/** Conditions of the templates and custom resources that statements name. */
function premisesOf(app: SynthesizedApp, statements: string): ComparedPremise[] {
  const named = new Set([
    ...[...statements.matchAll(/"cloudformation condition ([^"]*)"/g)].map(([, name]) => name),
    ...[...statements.matchAll(/\$\{((?:Custom::|AWS::CloudFormation::CustomResource )[^}]*)\}/g)].map(([, name]) => name),
  ]);
  return named.size === 0 ? [] : app.stacks.flatMap(({ path, template, resources }) => [
    ...Object.entries(template.Conditions ?? {}).map(([name, condition]) => ({
      name: `${path} ${name}`, words: JSON.stringify([condition, [...JSON.stringify(condition ?? null).matchAll(/"Condition":"(\w+)"/g)].map(([, other]) => template.Conditions![other])]),
    })).filter(({ name }) => named.has(name)),
    ...resources.filter(isCustomResource).map((resource) => ({ name: `${resource.type} ${resource.path}`, words: JSON.stringify(resource.properties) }))
      .filter(({ name }) => [...named].some((each) => each.startsWith(`${name}.`))),
  ]);
}

/** Kinds that are compared by what they mean. Of a gateway and its targets that is a part. */
const COMPARED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  Gateway: ['AuthorizerType', 'AuthorizerConfiguration'],
  GatewayTarget: ['CredentialProviderConfigurations'],
};

/** Kinds that are compared wholly by what they mean. */
const COMPARED_KINDS: readonly string[] = ['Policy', 'ResourcePolicy', 'GatewayRule'];

/** AgentCore's resources that the report does not speak of. */
function settingsOf(app: SynthesizedApp): ComparedSettings[] {
  const { agents = [], gateways = [], providers = [] } = (app.access ?? {}) as Partial<AccessModel>;
  const reported = [...agents, ...gateways, ...providers].map(({ path }) => path);
  const isReported = (path: string) => reported.some((known) => path.startsWith(`${known}/`));
  return agentCoreResources(app).filter(({ kind, resource }) => !COMPARED_KINDS.includes(kind) && !isReported(resource.path)).map(({ resource, kind, forms }) => {
    const names = [...new Set(forms.flatMap(({ value }) => Object.keys(value)))].filter((name) => COMPARED_PROPERTIES[kind]?.includes(name) !== true);
    const valuesOf = (name: string) => JSON.stringify([...new Set(forms.map(({ value }) => JSON.stringify(value[name])))]);
    return { id: nameOf(resource), kind, values: Object.fromEntries(names.map((name) => [name, valuesOf(name)])) };
  });
}

function principalOf({ name, account, arn, resource, statements, foreignPolicies, boundary, trust }: PrincipalPolicies): ComparedPrincipal {
  const id = resource === undefined ? name : nameOf(resource);
  return {
    id,
    // The report names a role of another app by its ARN.
    aliases: [...(arn !== undefined ? [arn] : []), ...(resource === undefined ? [`arn:aws:iam::${account}:role/${name}`] : [])],
    statements: statements.flatMap(placed),
    foreignPolicies,
    ...(boundary !== undefined ? {
      boundary: { arn: boundary.arn, ...(boundary.statements !== undefined ? { statements: boundary.statements.flatMap(placed) } : {}) },
    } : {}),
    trust: trust.flatMap(placed),
  };
}

/**
 * A statement under conditions of CloudFormation stands once for each of the branches that have it, with what a deployment has to be for
 * that as conditions of their own.
 */
function placed({ statement, onlyIf }: PlacedStatement): PolicyStatement[] {
  const branches = onlyIf.length === 0 ? [[]] : onlyIf.map((branch) => branch.split(' and ').map((part) => {
    const [, not, name] = /^(not )?(.*)$/.exec(part)!;
    return { operator: 'Bool', key: `${DEPLOYMENT_KEY}${name}`, values: [not === undefined ? 'true' : 'false'] };
  }));
  return branches.map((conditions) => (conditions.length === 0 ? statement : { ...statement, conditions: [...statement.conditions, ...conditions] }));
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
      settings: JSON.stringify(forms.map(({ value }) => without(value, NAMED_PROPERTIES))),
      targets: own.map((target) => ({
        id: nameOf(target.resource),
        credentials: JSON.stringify(target.value.CredentialProviderConfigurations ?? null),
        configuration: JSON.stringify([target.value.TargetConfiguration ?? null, target.value.PrivateEndpoint ?? null]),
        ...(target.value.CertificateConfigurations === undefined ? {} : { certificates: JSON.stringify(target.value.CertificateConfigurations) }),
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

/** Properties that are compared for themselves, or say nothing about access. */
const NAMED_PROPERTIES = ['AuthorizerType', 'AuthorizerConfiguration', 'PolicyEngineConfiguration', 'Name', 'Description', 'Tags'];

function without(properties: Readonly<Record<string, unknown>>, names: readonly string[]): [string, unknown][] {
  return Object.entries(properties).filter(([name]) => !names.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What it is under some condition or other. */
function inAnyForm(values: readonly string[]): string {
  return [...new Set(values)].sort().join(' or ');
}

/** The construct that people wrote, rather than the L1 in it. */
function nameOf({ path }: SynthesizedResource): string {
  return path.replace(/\/(Resource|Default)$/, '');
}
