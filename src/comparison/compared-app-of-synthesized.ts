import { ComparedApp, ComparedGateway, ComparedPrincipal, ComparedResourcePolicy } from './compared-app';
import { DEPLOYMENT_KEY } from '../containment/key-constraint';
import { PolicyStatement } from '../containment/policy-statement';
import { AccessModel } from '../review/access-model';
import { agentCoreResources, asRecord, cedarPolicies } from '../synthesized/agentcore-resources';
import { appPolicies, PrincipalPolicies } from '../synthesized/app-policies';
import { PlacedStatement } from '../synthesized/policy-document';
import { ResourcePolicy } from '../synthesized/resource-policies';
import { SynthesizedApp, SynthesizedResource } from '../synthesized/synthesized-app';

/** Resources that are not without a policy, or whose policy is one of their properties. */
const POLICY_IS_PROPERTY = ['AWS::KMS::Key', 'AWS::ECR::Repository'];

/** What two synthesized apps are compared by. */
export function comparedAppOf(app: SynthesizedApp): ComparedApp {
  const { principals, resourcePolicies, unread } = appPolicies(app);
  return {
    ...(app.access !== undefined ? { model: app.access as AccessModel } : {}),
    policies: {
      principals: principals.map(principalOf),
      resourcePolicies: byId(resourcePolicies),
      cedarPolicies: cedarPolicies(app).map(({ resource, engine = '', statement, enforcementMode, onlyIf }) => ({
        id: nameOf(resource), engine, statement: onlyIf.length > 0 ? `${statement} // only if ${onlyIf.join(' or ')}` : statement, mode: enforcementMode,
      })),
      gateways: gatewaysOf(app),
      unread: [
        ...unread.map(({ place, why }) => `${nameOf(place.resource)} ${place.location}: ${why}`),
        ...app.unreadStacks.map(({ path }) => `nested stack ${path}: its template is not there`),
      ],
    },
  };
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
  return agentCoreResources(app, 'Gateway').flatMap(({ resource, forms }) => forms.slice(0, 1).map(({ value }): ComparedGateway => {
    const ids = [resource.logicalId, `<${resource.path}`, `Gateway ${resource.path}.`];
    const own = targets.filter((target) => target.resource.stack === resource.stack
      && ids.some((id) => JSON.stringify([target.value.GatewayIdentifier, target.resource.properties.GatewayIdentifier]).includes(id)));
    return {
      id: nameOf(resource),
      authorizer: String(value.AuthorizerType ?? 'not known'),
      authorizerDetails: JSON.stringify([value.AuthorizerConfiguration ?? null, forms.slice(1).map((form) => form.value.AuthorizerConfiguration ?? null)]),
      policyMode: String(asRecord(value.PolicyEngineConfiguration).Mode ?? 'none'),
      targets: own.map((target) => ({ id: nameOf(target.resource), credentials: JSON.stringify(target.value.CredentialProviderConfigurations ?? null) })),
    };
  }));
}

/** The construct that people wrote, rather than the L1 in it. */
function nameOf({ path }: SynthesizedResource): string {
  return path.replace(/\/(Resource|Default)$/, '');
}
