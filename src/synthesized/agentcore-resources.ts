import { ConditionalValue } from './condition-branch';
import { asRecord } from './record';
import { resolvedProperties, ResolvedProperties, resolvedValue } from './resolved-properties';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';

/** A resource of AgentCore in all forms that the template's conditions give it. */
export interface AgentCoreResource {
  readonly resource: SynthesizedResource;
  /** Such as `Gateway`. */
  readonly kind: string;
  readonly forms: readonly ConditionalValue<ResolvedProperties>[];
}

/** The text of a Cedar policy, and where it holds. */
export interface CedarPolicyText {
  readonly resource: SynthesizedResource;
  readonly name?: string;
  readonly engine?: string;
  /** Cedar, or AWS's extension of it for temporal policies. */
  readonly statement: string;
  /** `ACTIVE` where nothing is said. */
  readonly enforcementMode: string;
  readonly onlyIf: readonly string[];
}

const PREFIX = 'AWS::BedrockAgentCore::';

/** The resources of AgentCore, all or of one kind. */
export function agentCoreResources(app: SynthesizedApp, kind?: string): AgentCoreResource[] {
  return app.stacks.flatMap(({ resources }) => resources)
    .filter(({ type }) => (kind === undefined ? type.startsWith(PREFIX) : type === `${PREFIX}${kind}`))
    .map((resource) => ({ resource, kind: resource.type.slice(PREFIX.length), forms: resolvedProperties(app, resource) }));
}

/** What an attribute of a resource is, in all forms: more than one only where its name stands under a condition. */
export function attributeTexts(app: SynthesizedApp, resource: SynthesizedResource, attribute: string): string[] {
  return resolvedValue(app, resource, { 'Fn::GetAtt': [resource.logicalId, attribute] }).map(({ value }) => String(value));
}

/** All Cedar policies. One that the service is to generate has no text here. */
export function cedarPolicies(app: SynthesizedApp): CedarPolicyText[] {
  return agentCoreResources(app, 'Policy').flatMap(({ resource, forms }) => forms.flatMap(({ value, onlyIf }) => {
    const definition = asRecord(value.Definition);
    const statement = asRecord(definition.Cedar).Statement ?? asRecord(definition.Policy).Statement;
    return typeof statement !== 'string' ? [] : [{
      resource,
      ...(typeof value.Name === 'string' ? { name: value.Name } : {}),
      ...(typeof value.PolicyEngineId === 'string' ? { engine: value.PolicyEngineId } : {}),
      statement,
      enforcementMode: typeof value.EnforcementMode === 'string' ? value.EnforcementMode : 'ACTIVE',
      onlyIf,
    }];
  }));
}
