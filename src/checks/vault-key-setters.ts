import { resolvedProperties } from '../synthesized/resolved-properties';
import { isCustomResource, SynthesizedApp, SynthesizedResource } from '../synthesized/synthesized-app';

/** The resources that set the key of the token vault: this library's, and a call that a custom resource makes. CloudFormation has no type for it. */
export function vaultKeySetters(app: SynthesizedApp): SynthesizedResource[] {
  return app.stacks.flatMap(({ resources }) => resources).filter((resource) => resource.type === 'Custom::AgentCoreTokenVaultKey'
    || (isCustomResource(resource)
      && resolvedProperties(app, resource).some(({ value }) => /"action\\*":\\*"setTokenVaultCMK/i.test(JSON.stringify(value)))));
}

/** Where a resource goes, as a text that is equal for equal environments. */
export function environmentOf({ stack: { account, region } }: SynthesizedResource): string {
  return `${account ?? '${AWS::AccountId}'} ${region ?? '${AWS::Region}'}`;
}
