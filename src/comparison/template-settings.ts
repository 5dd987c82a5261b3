import { ComparedGateway, ComparedSettings } from './compared-app';
import { agentCoreResources, cedarPolicies } from '../synthesized/agentcore-resources';
import { asRecord } from '../synthesized/record';
import { resolvedProperties, ResolvedProperties } from '../synthesized/resolved-properties';
import { conditionsOf, SynthesizedApp, SynthesizedResource } from '../synthesized/synthesized-app';

type Properties = Record<string, unknown>;

/** Kinds that are compared wholly by what they mean. So is a policy that has a text. */
const COMPARED_KINDS: readonly string[] = ['ResourcePolicy', 'GatewayRule'];

/** Kinds that come and go with what is told of gateways. */
const OF_GATEWAYS: readonly string[] = ['Gateway', 'GatewayTarget'];

/** Of other services, and of custom resources: who may get which tokens, and what protects them. All properties, or those that are listed. */
const OTHER_TYPES: Readonly<Record<string, readonly string[] | undefined>> = {
  'AWS::Cognito::UserPoolClient': undefined,
  'AWS::Cognito::UserPoolResourceServer': undefined,
  'AWS::Cognito::UserPoolIdentityProvider': undefined,
  'AWS::Cognito::UserPoolUserToGroupAttachment': undefined,
  // A function that is called before tokens are made may put any claim into them.
  'AWS::Cognito::UserPool': ['LambdaConfig', 'AdminCreateUserConfig'],
  'Custom::AgentCoreTokenVaultKey': undefined,
  'Custom::AgentCoreMachineClientSecret': undefined,
  // Who becomes a role or a user, beside what trust policies say.
  'AWS::Cognito::IdentityPool': undefined,
  'AWS::Cognito::IdentityPoolRoleAttachment': undefined,
  'AWS::Cognito::IdentityPoolPrincipalTag': undefined,
  'AWS::EKS::PodIdentityAssociation': undefined,
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::OIDCProvider': undefined,
  'AWS::IAM::SAMLProvider': undefined,
  'AWS::IAM::User': ['LoginProfile'],
  'AWS::RolesAnywhere::CRL': undefined,
  'AWS::RolesAnywhere::Profile': undefined,
  'AWS::RolesAnywhere::TrustAnchor': undefined,
  'AWS::SSO::Assignment': undefined,
  'AWS::SSO::PermissionSet': undefined,
  // Who calls a function without any role.
  'AWS::Lambda::Url': ['AuthType', 'Cors'],
  // What holds principals back. Without it, they may do all that their own policies say.
  'AWS::EC2::VPCEndpoint': ['PolicyDocument'],
  'AWS::Organizations::Policy': undefined,
};

/** Of these, whatever a policy asks for. */
const TAGGED_TYPES: readonly string[] = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret'];

/** Types whose policy only holds back: it is compared with the other properties, and not as one that gives access. */
export const ONLY_LIMITS: readonly string[] = ['AWS::EC2::VPCEndpoint', 'AWS::RolesAnywhere::Profile', 'AWS::Organizations::Policy'];

/** What a tool of a target is described by. What it does stands behind it. */
const TOOL_SCHEMAS = 'descriptions and schemas of tools';

/**
 * The resources of AgentCore, and others that decide about tokens or about who becomes which principal, property by property.
 *
 * @param askedTags keys of tags that conditions of policies ask for
 */
export function settingsOf(app: SynthesizedApp, gateways: readonly ComparedGateway[], askedTags: readonly string[]): ComparedSettings[] {
  const targets = new Set(gateways.flatMap(({ targets: all }) => all.map(({ id }) => id)));
  const cedar = new Set(cedarPolicies(app).map(({ resource }) => resource));
  const agentCore = agentCoreResources(app).filter(({ kind, resource }) => !COMPARED_KINDS.includes(kind) && !cedar.has(resource)).map(({ resource, kind, forms }) => {
    const id = nameOf(resource);
    const withGateway = kind === 'Gateway' || targets.has(id);
    return settings(resource, kind, forms.map(({ value }) => (withGateway && OF_GATEWAYS.includes(kind) ? withoutCompared(value) : value)), withGateway);
  });
  const others = app.stacks.flatMap(({ resources }) => resources).filter(({ type }) => type in OTHER_TYPES).map((resource) => {
    const only = OTHER_TYPES[resource.type];
    const forms = resolvedProperties(app, resource).map(({ value }) => Object.fromEntries(Object.entries(value).filter(([name]) => only?.includes(name) !== false)));
    return settings(resource, resource.type.replace(/^(AWS::Cognito|Custom)::/, ''), forms, false);
  });
  return askedTags.length === 0 ? [...agentCore, ...others] : [...agentCore.map((each) => withAskedTags(each, askedTags)), ...others, ...tagsAlone(app, askedTags)];
}

/** The construct that people wrote, rather than the L1 in it. */
export function nameOf({ path }: SynthesizedResource): string {
  return path.replace(/\/(Resource|Default)$/, '');
}

function settings(resource: SynthesizedResource, kind: string, forms: readonly ResolvedProperties[], withGateway: boolean): ComparedSettings {
  const conditions = conditionsOf(resource);
  const divided = kind === 'GatewayTarget' ? forms.map(withToolsApart) : forms;
  const names = [...new Set(divided.flatMap((value) => Object.keys(value)))];
  const textOf = (name: string) => `[${[...new Set(divided.map((value) => ordered(value[name])))].join(',')}]`;
  return {
    id: nameOf(resource),
    kind,
    values: {
      ...Object.fromEntries(names.map((name) => [name, textOf(name)])),
      ...(conditions.length === 0 ? {} : { Condition: JSON.stringify(conditions.map(({ stack, name }) => `${stack.path} ${name}`)) }),
    },
    ...(withGateway ? { withGateway } : {}),
  };
}

/** What stands in the comparison of gateways. */
function withoutCompared(properties: ResolvedProperties): Properties {
  const { PolicyEngineConfiguration: engine, ...others } = without(properties, ['AuthorizerType', 'AuthorizerConfiguration', 'CredentialProviderConfigurations']);
  const rest = without(asRecord(engine), ['Arn', 'Mode']);
  return { ...others, ...(Object.keys(rest).length === 0 ? {} : { PolicyEngineConfiguration: rest }) };
}

function without(properties: ResolvedProperties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

/** What is called, and the names of tools, apart from how tools are described. */
function withToolsApart(properties: ResolvedProperties): Properties {
  const described: unknown[] = [];
  const target = JSON.parse(JSON.stringify(properties.TargetConfiguration ?? null), (member, value: unknown) => {
    if (member !== 'InlinePayload' || !Array.isArray(value)) {
      return value;
    }
    described.push(value);
    return value.map((tool) => ({ Name: asRecord(tool).Name ?? null }));
  }) as unknown;
  return { ...properties, ...(described.length === 0 ? {} : { TargetConfiguration: target, [TOOL_SCHEMAS]: described }) };
}

/** The same text for the same value: neither the order of members nor that of texts in a list says something. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_member, each: unknown) => {
    if (Array.isArray(each)) {
      return each.every((item) => typeof item === 'string') ? [...each].sort() : each;
    }
    return typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each;
  }) ?? 'null';
}

/** Tags that policies ask for decide who may do what; those beside them say what the resource is for. */
function withAskedTags(compared: ComparedSettings, asked: readonly string[]): ComparedSettings {
  const { Tags: written } = compared.values;
  const tags = written === undefined ? [] : (JSON.parse(written) as unknown[]).map((form) => tagsOf(form, asked)).filter((form) => form.length > 0);
  return tags.length === 0 ? compared : { ...compared, values: { ...compared.values, [ASKED_TAGS]: JSON.stringify(tags) } };
}

const ASKED_TAGS = 'tags that policies ask for';

function tagsAlone(app: SynthesizedApp, asked: readonly string[]): ComparedSettings[] {
  return app.stacks.flatMap(({ resources }) => resources).filter(({ type }) => TAGGED_TYPES.includes(type)).map((resource) => {
    const forms = resolvedProperties(app, resource).map(({ value }) => tagsOf(value.Tags, asked));
    return settings(resource, resource.type, forms.filter((form) => form.length > 0).map((form) => ({ [ASKED_TAGS]: form })), false);
  });
}

/** A list of keys and values, or a map of them. */
function tagsOf(tags: unknown, asked: readonly string[]): (readonly [string, unknown])[] {
  const all = Array.isArray(tags) ? tags.map((tag): [string, unknown] => [String(asRecord(tag).Key), asRecord(tag).Value]) : Object.entries(asRecord(tags));
  return all.filter(([key]) => asked.some((each) => each.toLowerCase() === key.toLowerCase())).sort();
}
