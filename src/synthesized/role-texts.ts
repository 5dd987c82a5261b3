import { isOpaque } from './opaque-text';
import { resolvedValue } from './resolved-properties';
import { conditionsOf, SynthesizedApp, SynthesizedResource } from './synthesized-app';
import { UnreadableAppError } from './unreadable-app-error';

/** A text within a resource that may be the name or the ARN of a role. */
export interface RoleText {
  readonly text: string;
  /** Names of the properties around it, the outermost first. */
  readonly within: readonly string[];
  /** Conditions of CloudFormation on which it depends whether it stands there. */
  readonly onlyIf: readonly string[];
}

/** Texts that only inform: whoever reads them still has to be let in by the trust policy. */
const INFORMS = /^(Environment|EnvironmentVariables|Tags|Description|Metadata)$/;

/** Where policies name whom they let in, which is compared as a policy. */
const STATEMENT = 'Statement';

/** Types whose attributes may be a role's name or ARN. */
const LEADS_TO_ROLE = /^AWS::IAM::(Role|InstanceProfile)$|^AWS::CloudFormation::Stack$|^AWS::SSM::Parameter$|^Custom::AWSCDKCfnJson$/;

const RESOURCES = new WeakMap<SynthesizedResource['stack'], ReadonlyMap<string, SynthesizedResource>>();

/** Every text of a resource in which a role may be named, with what is known before deployment filled in. Policies are left out. */
export function roleTexts(app: SynthesizedApp, resource: SynthesizedResource): RoleText[] {
  const found: RoleText[] = [];
  const { stack } = resource;
  const byId = RESOURCES.get(stack) ?? new Map(stack.resources.map((each) => [each.logicalId, each]));
  RESOURCES.set(stack, byId);
  const text = (value: string, within: readonly string[], onlyIf: readonly string[]) => {
    if (!value.includes(`"${STATEMENT}"`)) {
      found.push({ text: value, within, onlyIf });
    }
  };
  const known = (value: unknown, within: readonly string[], onlyIf: readonly string[]): void => {
    if (typeof value === 'string') {
      text(value, within, onlyIf);
    } else if (typeof value === 'object' && value !== null) {
      members(value, within, (each, names) => known(each, names, onlyIf));
    }
  };
  const written = (value: unknown, within: readonly string[], onlyIf: readonly string[]): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return typeof value === 'string' ? text(value, within, onlyIf) : Array.isArray(value) ? value.forEach((each) => written(each, within, onlyIf)) : undefined;
    }
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) {
      return members(value, within, (each, names) => written(each, names, onlyIf));
    }
    if (name === 'Fn::If' && Array.isArray(argument)) {
      return argument.slice(1).forEach((each, index) => written(each, within, [...onlyIf, `${index === 0 ? '' : 'not '}${stack.path} ${argument[0]}`]));
    }
    if (name === 'Ref' || name === 'Fn::GetAtt') {
      const other = byId.get(String(name === 'Ref' || typeof argument === 'string' ? String(argument).split('.')[0] : (argument as unknown[])[0]));
      if (other !== undefined && !LEADS_TO_ROLE.test(other.type) && !isForRoles(within)) {
        return;
      }
    }
    try {
      resolvedValue(app, resource, value).forEach((form) => known(form.value, within, onlyIf));
    } catch (error) {
      // Too many forms to look at each: what it is put together from is looked at one by one.
      if (!(error instanceof UnreadableAppError)) {
        throw error;
      }
      written(argument, within, onlyIf);
    }
  };
  written(resource.properties, [], conditionsOf(resource).map((condition) => `${condition.stack.path} ${condition.name}`));
  return found;
}

/** Whether a property, or one around it, is there for a role. */
export function isForRoles(within: readonly string[]): boolean {
  return within.some((name) => /role/i.test(name) || name === 'Credentials');
}

/** Whether a property is there for an instance profile. */
export function isForProfiles(within: readonly string[]): boolean {
  return within.some((name) => /InstanceProfile/.test(name));
}

/** Whether a text is wholly what only deployment knows. */
export function isWhollyOpaque(text: string): boolean {
  return /^\$\{[^}]*\}$/.test(text) && isOpaque(text);
}

function members(value: object, within: readonly string[], each: (member: unknown, within: readonly string[]) => void): void {
  if (Array.isArray(value)) {
    value.forEach((member) => each(member, within));
    return;
  }
  Object.entries(value).filter(([name]) => name !== STATEMENT && !INFORMS.test(name)).forEach(([name, member]) => each(member, [...within, name]));
}
