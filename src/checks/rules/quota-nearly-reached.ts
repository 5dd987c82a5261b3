import { AWS_QUOTAS } from '../../quota/aws-quotas';
import { agentCoreResources, AgentCoreResource, cedarPolicies } from '../../synthesized/agentcore-resources';
import { CheckInput } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { Found, Rule } from '../rule';
import { environmentOf } from '../vault-key-setters';

/** How many of a kind there may be in an account and region, before an increase is asked for. */
const PER_ENVIRONMENT: Readonly<Record<string, number>> = {
  WorkloadIdentity: AWS_QUOTAS.workloadIdentity.limit,
  OAuth2CredentialProvider: AWS_QUOTAS.oauth2Provider.limit,
  ApiKeyCredentialProvider: AWS_QUOTAS.apiKeyProvider.limit,
  PaymentCredentialProvider: 50,
  Gateway: AWS_QUOTAS.gateway.limit,
  PolicyEngine: 1_000,
  Runtime: AWS_QUOTAS.runtime.limit,
};

/** How many of a kind there may be below another, and the property that names it. */
const PER_PARENT: Readonly<Record<string, { readonly property: string; readonly most: number }>> = {
  GatewayTarget: { property: 'GatewayIdentifier', most: AWS_QUOTAS.gatewayTarget.limit },
  GatewayRateLimit: { property: 'GatewayIdentifier', most: AWS_QUOTAS.gatewayRateLimit.limit },
  GatewayRule: { property: 'GatewayIdentifier', most: 20 },
  Policy: { property: 'PolicyEngineId', most: AWS_QUOTAS.enginePolicy.limit },
  RuntimeEndpoint: { property: 'AgentRuntimeId', most: 10 },
};

const LONGEST_POLICY = 10 * 1024;
const POLICIES_OF_ENGINE = 200 * 1024;
const LONGEST_RESOURCE_POLICY = 20 * 1024;
const NEARLY = 0.8;

export const QUOTA_NEARLY_REACHED: Rule = {
  id: 'quota-nearly-reached',
  severity: CheckSeverity.WARNING,
  title: 'A quota is nearly used up',
  why: 'The next one fails at deployment, halfway through a stack. What other apps have in the account comes on top.',
  fix: 'Ask for an increase in Service Quotas, spread over accounts, or share a provider: many agents may use one by `agent.may(Capability...)`, many keys fit in one `ApiKey.bundleFromSecretsManager(...)`. '
    + 'Templates do not tell which quotas were raised, nor does the context of the app count here: where AWS has granted more, acknowledge.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  trigger: '40 or more providers of a kind, 80 or more targets of a gateway, long Cedar policies, ...',
  find: (input) => [...counted(input), ...below(input), ...sizes(input)],
};

function counted({ app }: CheckInput): Found[] {
  return Object.entries(PER_ENVIRONMENT).flatMap(([kind, most]) => crowded(agentCoreResources(app, kind), ({ resource }) => environmentOf(resource), most, kind));
}

function below({ app }: CheckInput): Found[] {
  return Object.entries(PER_PARENT).flatMap(([kind, { property, most }]) =>
    crowded(agentCoreResources(app, kind), ({ forms }) => String(forms[0]?.value[property]), most, `${kind} of one`));
}

/** One finding for each group that has nearly as many as it may, at its last resource. */
function crowded(resources: readonly AgentCoreResource[], group: (each: AgentCoreResource) => string, most: number, what: string): Found[] {
  const groups = new Map<string, AgentCoreResource[]>();
  resources.forEach((each) => groups.set(group(each), [...groups.get(group(each)) ?? [], each]));
  return [...groups.values()].filter(({ length }) => length >= most * NEARLY)
    .map((members) => ({ resource: members[members.length - 1].resource, location: 'Type', detail: `${members.length} of ${most} ${what}` }));
}

function sizes({ app }: CheckInput): Found[] {
  const policies = cedarPolicies(app);
  const long = policies.filter(({ statement }) => bytes(statement) >= LONGEST_POLICY * NEARLY)
    .map(({ resource, statement }) => ({ resource, location: 'Properties.Definition', detail: `${bytes(statement)} of ${LONGEST_POLICY} bytes` }));
  const engines = [...new Set(policies.map(({ engine = '' }) => engine))].flatMap((engine) => {
    const own = policies.filter((policy) => (policy.engine ?? '') === engine);
    const sum = own.reduce((total, { statement }) => total + bytes(statement), 0);
    return sum >= POLICIES_OF_ENGINE * NEARLY ? [{ resource: own[own.length - 1].resource, location: 'Properties.Definition', detail: `${sum} of ${POLICIES_OF_ENGINE} bytes of policies of one engine` }] : [];
  });
  const resourcePolicies = agentCoreResources(app, 'ResourcePolicy').flatMap(({ resource, forms }) => forms
    .map(({ value }) => bytes(typeof value.Policy === 'string' ? value.Policy : JSON.stringify(value.Policy ?? '')))
    .filter((size) => size >= LONGEST_RESOURCE_POLICY * NEARLY)
    .map((size) => ({ resource, location: 'Properties.Policy', detail: `${size} of ${LONGEST_RESOURCE_POLICY} bytes` })));
  return [...long, ...engines, ...resourcePolicies];
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
