import { accountOf, mayBeSame } from './principal-drafts';
import { PrincipalPolicies } from './principal-policies';
import { isForProfiles, isForRoles, isWhollyOpaque, roleTexts } from './role-texts';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';

/** A resource that acts as a role. */
export interface RoleUser {
  readonly resource: SynthesizedResource;
  /** Whether a property says so that is there for a role. Else the role only stands in it somewhere, and what for is not known. */
  readonly runs: boolean;
  /** Conditions of CloudFormation on which that depends. */
  readonly onlyIf: readonly string[];
}

export interface RoleUsers {
  readonly ofPrincipals: ReadonlyMap<PrincipalPolicies, readonly RoleUser[]>;
  /** By ARN, or by words for what only deployment knows: roles of others, of which the app has no policy. */
  readonly ofOthers: ReadonlyMap<string, readonly RoleUser[]>;
}

const PROFILE = 'AWS::IAM::InstanceProfile';

/** Types that name roles to give them something, or to pass the name on. What they give is compared elsewhere. */
const NO_USERS = /^AWS::IAM::(?!InstanceProfile$)|^AWS::(Lambda::Permission|SSM::Parameter|CloudFormation::Stack|BedrockAgentCore::GatewayRule)$|^Custom::CrossRegionExport/;

const PART = String.raw`\$\{[^}]*\}`;
const ARN = new RegExp(String.raw`arn:(?:${PART}|[\w-])*:iam::(${PART}|\d*):(role|instance-profile)/((?:${PART}|[\w+=,.@/-])+)`, 'g');
const LAST = new RegExp(String.raw`(?:${PART}|[\w+=,.@-])+$`);

/** A role or an instance profile, as a text names it. */
interface Named {
  readonly kind: 'role' | 'instance-profile';
  readonly name: string;
  /** Absent: only the name stands there. */
  readonly account?: string;
  readonly words: string;
}

/** What runs with the roles of an app: functions, tasks, runtimes, and whatever else is given one. */
export function roleUsers(app: SynthesizedApp, principals: readonly PrincipalPolicies[]): RoleUsers {
  const roles = new Map<string, PrincipalPolicies[]>();
  principals.filter(({ kind }) => kind === 'role').forEach((role) => put(roles, role.name, role));
  const profiles = new Map<string, SynthesizedResource[]>();
  const [ofPrincipals, ofOthers] = [new Map<PrincipalPolicies, RoleUser[]>(), new Map<string, RoleUser[]>()];
  const resources = app.stacks.flatMap((stack) => stack.resources).filter(({ type }) => !NO_USERS.test(type));
  const withRoles = new Map<SynthesizedResource, Set<PrincipalPolicies>>();
  const isOfProfile = ({ type }: SynthesizedResource) => type === PROFILE;
  // Which role a profile stands for is known before anything that has the profile.
  for (const resource of [...resources.filter(isOfProfile), ...resources.filter((each) => !isOfProfile(each))]) {
    if (isOfProfile(resource)) {
      const { InstanceProfileName: name } = resource.properties;
      [typeof name === 'string' ? name : `\${${PROFILE} ${resource.path}.Ref}`].forEach((each) => put(profiles, each, resource));
    }
    for (const { text, within, onlyIf } of roleTexts(app, resource)) {
      for (const named of namedIn(text, within)) {
        const user = { resource, runs: named.kind === 'role' ? isForRoles(within) : isForProfiles(within), onlyIf };
        const found = named.kind === 'role' ? meant(roles.get(named.name) ?? [], named, resource)
          : (profiles.get(named.name) ?? []).flatMap((profile) => [...withRoles.get(profile) ?? []]);
        found.forEach((role) => {
          put(ofPrincipals, role, user);
          withRoles.set(resource, (withRoles.get(resource) ?? new Set()).add(role));
        });
        if (found.length === 0 && user.runs && (named.account !== undefined || isWhollyOpaque(named.name))) {
          put(ofOthers, named.words, user);
        }
      }
    }
  }
  return { ofPrincipals, ofOthers };
}

/** What a text names: all roles whose ARNs are in it, or the one whose name it is. */
function namedIn(text: string, within: readonly string[]): Named[] {
  const arns = [...text.matchAll(ARN)].map(([words, account, kind, path]): Named => ({ kind: kind as Named['kind'], account, name: LAST.exec(path)?.[0] ?? path, words }));
  if (arns.length > 0) {
    return arns;
  }
  const made = /^\$\{AWS::IAM::(Role|InstanceProfile) /.exec(text)?.[1];
  if (made !== undefined) {
    return [{ kind: made === 'Role' ? 'role' : 'instance-profile', name: text, words: text }];
  }
  return isForProfiles(within) ? [{ kind: 'instance-profile', name: text, words: text }] : isForRoles(within) ? [{ kind: 'role', name: text, words: text }] : [];
}

/** Those that may be meant: one of the same stack, or else all whose account may be the same. */
function meant(roles: readonly PrincipalPolicies[], { account }: Named, by: SynthesizedResource): readonly PrincipalPolicies[] {
  const some = roles.filter((role) => mayBeSame(role.account, account ?? accountOf(by)));
  const own = some.filter(({ resource }) => resource?.stack === by.stack);
  return own.length > 0 ? own : some;
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}
