import { branches, ConditionalValue, inAnyBranch } from './condition-branch';
import { bothOf, under, withoutDenials } from './conditional-statements';
import { hostedRotations } from './hosted-rotation';
import { documentOf, policyName } from './inline-policies';
import { joined, readPolicy, ReadPolicy, UnreadPolicy } from './policy-document';
import { accountOf, attachForeign, Draft, mayBeSame, PrincipalDrafts } from './principal-drafts';
import { PermissionsBoundary, PrincipalKind, PrincipalPolicies } from './principal-policies';
import { ResourcePolicy, resourcePolicies } from './resource-policies';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';
import { isThere, textOf, valueOf } from './template-value';
import { writtenElsewhere } from './written-elsewhere';

/** All policies of an app. */
export interface AppPolicies {
  readonly principals: readonly PrincipalPolicies[];
  readonly resourcePolicies: readonly ResourcePolicy[];
  /** What is a policy and could not be read; never part of the others. */
  readonly unread: readonly UnreadPolicy[];
}

const KINDS: readonly { readonly type: string; readonly kind: PrincipalKind; readonly list: string }[] = [
  { type: 'AWS::IAM::Role', kind: 'role', list: 'Roles' },
  { type: 'AWS::IAM::User', kind: 'user', list: 'Users' },
  { type: 'AWS::IAM::Group', kind: 'group', list: 'Groups' },
];

/** Types that attach one policy by a name: property with the name, and the kind. */
const ATTACHED_TO_ONE: Readonly<Record<string, { readonly property: string; readonly kind: PrincipalKind }>> = {
  'AWS::IAM::RolePolicy': { property: 'RoleName', kind: 'role' },
  'AWS::IAM::UserPolicy': { property: 'UserName', kind: 'user' },
  'AWS::IAM::GroupPolicy': { property: 'GroupName', kind: 'group' },
};

/** Groups that a user is in, and who is put into one. */
const MEMBERSHIP = 'AWS::IAM::UserToGroupAddition';

const COLLECTED = new WeakMap<SynthesizedApp, AppPolicies>();

/** Every policy of the app, collected once: what its principals may do, and what its resources' policies say. */
export function appPolicies(app: SynthesizedApp): AppPolicies {
  const policies = COLLECTED.get(app) ?? new Collector(app).collect();
  COLLECTED.set(app, policies);
  return policies;
}

class Collector {
  private readonly principals = new PrincipalDrafts();
  private readonly unread: UnreadPolicy[] = [];
  /** Managed policies of the app, by ARN. */
  private readonly managed = new Map<string, ReadPolicy & { readonly by: SynthesizedResource }>();

  constructor(private readonly app: SynthesizedApp) {}

  public collect(): AppPolicies {
    const resources = this.app.stacks.flatMap(({ resources: all }) => all);
    // Whom a name means is known once all that have one are known.
    resources.forEach((resource) => KINDS.filter(({ type }) => type === resource.type).forEach(({ kind }) => this.namesOf(resource, kind)));
    resources.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy').forEach((policy) => this.managedPolicy(policy));
    resources.forEach((resource) => {
      const made = KINDS.find(({ type }) => type === resource.type);
      const one = ATTACHED_TO_ONE[resource.type];
      if (made !== undefined) {
        this.principalMadeHere(resource, made.kind);
      } else if (resource.type === 'AWS::IAM::Policy') {
        this.attachToLists(resource, this.read(resource, 'PolicyDocument', resource.properties.PolicyName));
      } else if (one !== undefined) {
        const read = this.read(resource, 'PolicyDocument', resource.properties.PolicyName);
        this.texts(resource, resource.properties[one.property]).forEach(({ value: name, onlyIf }) => this.attach(resource, one.kind, name, read, onlyIf));
      }
    });
    this.memberships(resources);
    const ofResources = resourcePolicies(this.app);
    return {
      principals: [...this.principals.all, ...hostedRotations(this.app)],
      resourcePolicies: ofResources.policies,
      unread: [...this.unread, ...ofResources.unread, ...writtenElsewhere(this.app)],
    };
  }

  private managedPolicy(policy: SynthesizedResource): void {
    const read = this.read(policy, 'PolicyDocument', policy.properties.ManagedPolicyName);
    this.texts(policy, { Ref: policy.logicalId }).forEach(({ value: arn }) => {
      // In an app that goes anywhere, several stages may make a policy of one name: a role's is the one of its own stack.
      this.managed.set(`${policy.stack.path} ${arn}`, { ...read, by: policy });
      const other = this.managed.get(arn);
      this.managed.set(arn, other === undefined ? { ...read, by: policy } : {
        statements: [...withoutDenials(other.statements), ...withoutDenials(read.statements)],
        unread: [...other.unread, ...read.unread],
        by: policy,
      });
    });
    this.attachToLists(policy, read);
  }

  private attachToLists(policy: SynthesizedResource, read: ReadPolicy): void {
    KINDS.forEach(({ kind, list }) => this.texts(policy, policy.properties[list]).forEach(({ value: name, onlyIf }) => this.attach(policy, kind, name, read, onlyIf)));
  }

  /** To all that may be meant by a name. Where it is not certain who that is, a Deny protects nobody. */
  private attach(policy: SynthesizedResource, kind: PrincipalKind, name: string, { statements, unread }: ReadPolicy, onlyIf: readonly string[]): void {
    const drafts = this.principals.named(policy, kind, name);
    drafts.forEach((draft) => {
      draft.statements.push(...under(drafts.length === 1 && draft.account === accountOf(policy) ? statements : withoutDenials(statements), onlyIf));
      draft.unread.push(...unread);
    });
  }

  private memberships(resources: readonly SynthesizedResource[]): void {
    const join = (resource: SynthesizedResource, users: readonly Draft[], groups: unknown) => this.texts(resource, groups).forEach(({ value: name, onlyIf }) => {
      const known = this.principals.all.filter((draft) => draft.kind === 'group' && draft.name === name && mayBeSame(draft.account, accountOf(resource)));
      users.forEach((user) => {
        known.forEach((group) => {
          user.statements.push(...under(known.length === 1 ? group.statements : withoutDenials(group.statements), onlyIf));
          group.foreignPolicies.forEach((arn) => attachForeign(user, arn, bothOf(group.foreignOnlyIf.get(arn) ?? [], onlyIf)));
          user.unread.push(...group.unread);
        });
        if (!known.some(({ resource: group }) => group !== undefined)) {
          attachForeign(user, `group ${name}`, onlyIf);
        }
      });
    });
    resources.forEach((resource) => {
      if (resource.type === 'AWS::IAM::User') {
        join(resource, this.principals.all.filter((draft) => draft.resource === resource), resource.properties.Groups);
      } else if (resource.type === MEMBERSHIP) {
        join(resource, this.texts(resource, resource.properties.Users).flatMap(({ value: name }) => this.principals.named(resource, 'user', name)), resource.properties.GroupName);
      }
    });
  }

  /** One principal for each name that it may have. */
  private namesOf(resource: SynthesizedResource, kind: PrincipalKind): void {
    this.texts(resource, { Ref: resource.logicalId }).forEach(({ value: name }) => this.principals.draftOf(resource, kind, name));
  }

  private principalMadeHere(resource: SynthesizedResource, kind: PrincipalKind): void {
    const { logicalId, properties } = resource;
    const inline = this.inlinePolicies(resource);
    const trust = this.read(resource, 'AssumeRolePolicyDocument').statements;
    const attached = this.texts(resource, properties.ManagedPolicyArns);
    const identities = this.values(resource, [{ Ref: logicalId }, { 'Fn::GetAtt': [logicalId, 'Arn'] }], (value) => [(value as unknown[]).map(textOf)]);
    identities.forEach(({ value: [name, arn] }) => {
      const draft = this.principals.draftOf(resource, kind, name);
      Object.assign(draft, { arn, trust, ...this.boundaryOf(resource) });
      draft.statements.push(...inline.statements);
      draft.unread.push(...inline.unread);
      attached.forEach(({ value: policyArn, onlyIf }) => {
        const own = this.managed.get(`${resource.stack.path} ${policyArn}`) ?? this.managed.get(policyArn);
        if (own === undefined) {
          attachForeign(draft, policyArn, onlyIf);
        } else if (own.statements.length === 0 || !own.statements.every((statement) => draft.statements.includes(statement))) {
          draft.statements.push(...under(own.statements, onlyIf));
          draft.unread.push(...own.unread);
        }
      });
    });
  }

  /** A boundary that may not be there, may be another one, or cannot be read in full, limits nothing for certain: its statements are left out. */
  private boundaryOf(resource: SynthesizedResource): { boundary?: PermissionsBoundary } {
    const [first, ...others] = this.texts(resource, resource.properties.PermissionsBoundary);
    if (first === undefined) {
      return {};
    }
    if (others.length > 0 || first.onlyIf.length > 0) {
      const place = { resource, location: 'Properties.PermissionsBoundary' };
      this.unread.push({ place, why: 'the permissions boundary stands under a condition' });
      return { boundary: { arn: [first, ...others].map(({ value, onlyIf }) => `${value}${onlyIf.length > 0 ? ` only if ${onlyIf.join(' or ')}` : ''}`).join(' or ') } };
    }
    const read = this.managed.get(`${resource.stack.path} ${first.value}`) ?? this.managed.get(first.value);
    return { boundary: { arn: first.value, ...(read !== undefined && read.unread.length === 0 ? { statements: read.statements } : {}) } };
  }

  private inlinePolicies(resource: SynthesizedResource): ReadPolicy {
    const policies = resource.properties.Policies;
    if (!Array.isArray(policies)) {
      return policies === undefined ? { statements: [], unread: [] } : this.unreadable(resource, 'Properties.Policies');
    }
    return joined(policies.map((policy: unknown, index) => {
      return this.keep(readPolicy(this.app, {
        document: documentOf(policy), place: { resource, location: `Properties.Policies[${index}].PolicyDocument`, ...nameOf(policyName(policy)) },
      }));
    }));
  }

  private unreadable(resource: SynthesizedResource, location: string): ReadPolicy {
    return this.keep({ statements: [], unread: [{ place: { resource, location }, why: 'the list of policies is known only at deployment' }] });
  }

  private read(resource: SynthesizedResource, property: string, name?: unknown): ReadPolicy {
    return this.keep(readPolicy(this.app, { document: resource.properties[property], place: { resource, location: `Properties.${property}`, ...nameOf(name) } }));
  }

  private keep(read: ReadPolicy): ReadPolicy {
    this.unread.push(...read.unread);
    return read;
  }

  /** All texts that a value may hold, one or a list. */
  private texts(resource: SynthesizedResource, value: unknown): ConditionalValue<string>[] {
    return this.values(resource, value, (known) => (Array.isArray(known) ? known : [known]).map(textOf));
  }

  private values<T>(resource: SynthesizedResource, value: unknown, each: (known: unknown) => T[]): ConditionalValue<T>[] {
    return inAnyBranch(branches((decide) => {
      const scope = { app: this.app, stack: resource.stack, decide };
      const known = isThere(resource, scope) ? valueOf(value, scope) : undefined;
      return known === undefined ? [] : each(known);
    }));
  }
}

function nameOf(name: unknown): { policy?: string } {
  return typeof name === 'string' ? { policy: name } : {};
}
