import { branches, ConditionalValue, inAnyBranch } from './condition-branch';
import { joined, PlacedStatement, readPolicy, ReadPolicy, UnreadPolicy } from './policy-document';
import { ResourcePolicy, resourcePolicies } from './resource-policies';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';
import { isThere, textOf, valueOf } from './template-value';

export type PrincipalKind = 'role' | 'user' | 'group';

/** A role, user or group, and all that the app says about its rights. */
export interface PrincipalPolicies {
  readonly kind: PrincipalKind;
  /** As IAM knows it, or `${AWS::IAM::Role <path>.Ref}`. */
  readonly name: string;
  readonly account: string;
  /** Of one that is made here. Of another, only the name is known: its path is not. */
  readonly arn?: string;
  /** Absent: it exists already, and policies are attached to it by name. */
  readonly resource?: SynthesizedResource;
  /** From all its inline and attached policies that stand in the app. */
  readonly statements: readonly PlacedStatement[];
  /** ARNs of attached policies that are not of this app, such as AWS's own. */
  readonly foreignPolicies: readonly string[];
  readonly boundary?: PermissionsBoundary;
  /** Who may become it; empty where it is not made here. */
  readonly trust: readonly PlacedStatement[];
}

export interface PermissionsBoundary {
  readonly arn: string;
  /** Absent: the policy is not of this app. */
  readonly statements?: readonly PlacedStatement[];
}

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

interface Draft {
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly account: string;
  arn?: string;
  resource?: SynthesizedResource;
  readonly statements: PlacedStatement[];
  readonly foreignPolicies: string[];
  boundary?: PermissionsBoundary;
  trust: readonly PlacedStatement[];
}

/** Collects every policy of the app: what its principals may do, and what its resources' policies say. */
export function appPolicies(app: SynthesizedApp): AppPolicies {
  return new Collector(app).collect();
}

class Collector {
  private readonly principals = new Map<string, Draft>();
  private readonly unread: UnreadPolicy[] = [];
  /** Managed policies of the app, by ARN. */
  private readonly managed = new Map<string, readonly PlacedStatement[]>();

  constructor(private readonly app: SynthesizedApp) {}

  public collect(): AppPolicies {
    const resources = this.app.stacks.flatMap(({ resources: all }) => all);
    resources.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy').forEach((policy) => this.managedPolicy(policy));
    resources.forEach((resource) => {
      const made = KINDS.find(({ type }) => type === resource.type);
      const one = ATTACHED_TO_ONE[resource.type];
      if (made !== undefined) {
        this.principalMadeHere(resource, made.kind);
      } else if (resource.type === 'AWS::IAM::Policy') {
        this.attachToLists(resource, this.read(resource, 'PolicyDocument', resource.properties.PolicyName).statements);
      } else if (one !== undefined) {
        const { statements } = this.read(resource, 'PolicyDocument', resource.properties.PolicyName);
        this.texts(resource, resource.properties[one.property])
          .forEach(({ value: name, onlyIf }) => this.draft(resource, one.kind, name).statements.push(...under(statements, onlyIf)));
      }
    });
    const ofResources = resourcePolicies(this.app);
    return {
      principals: [...this.principals.values()],
      resourcePolicies: ofResources.policies,
      unread: [...this.unread, ...ofResources.unread],
    };
  }

  private managedPolicy(policy: SynthesizedResource): void {
    const { statements } = this.read(policy, 'PolicyDocument', policy.properties.ManagedPolicyName);
    this.texts(policy, { Ref: policy.logicalId }).forEach(({ value: arn }) => this.managed.set(arn, statements));
    this.attachToLists(policy, statements);
  }

  private attachToLists(policy: SynthesizedResource, statements: readonly PlacedStatement[]): void {
    KINDS.forEach(({ kind, list }) => this.texts(policy, policy.properties[list]).forEach(({ value: name, onlyIf }) => {
      this.draft(policy, kind, name).statements.push(...under(statements, onlyIf));
    }));
  }

  /** One principal for each name that it may have. */
  private principalMadeHere(resource: SynthesizedResource, kind: PrincipalKind): void {
    const { logicalId, properties } = resource;
    const inline = this.inlinePolicies(resource).statements;
    const trust = this.read(resource, 'AssumeRolePolicyDocument').statements;
    const attached = this.texts(resource, properties.ManagedPolicyArns);
    const identities = this.values(resource, [{ Ref: logicalId }, { 'Fn::GetAtt': [logicalId, 'Arn'] }], (value) => [(value as unknown[]).map(textOf)]);
    identities.forEach(({ value: [name, arn] }) => {
      const draft = this.draft(resource, kind, name);
      Object.assign(draft, { arn, resource, trust, ...this.boundaryOf(resource) });
      draft.statements.push(...inline);
      attached.forEach(({ value: policyArn, onlyIf }) => {
        const own = this.managed.get(policyArn);
        if (own === undefined) {
          draft.foreignPolicies.push(policyArn);
        } else if (!own.every((statement) => draft.statements.includes(statement))) {
          draft.statements.push(...under(own, onlyIf));
        }
      });
    });
  }

  /** A boundary that may not be there, or may be another one, limits nothing for certain: its statements are left out. */
  private boundaryOf(resource: SynthesizedResource): { boundary?: PermissionsBoundary } {
    const [first, ...others] = this.texts(resource, resource.properties.PermissionsBoundary);
    if (first === undefined) {
      return {};
    }
    const statements = others.length === 0 && first.onlyIf.length === 0 ? this.managed.get(first.value) : undefined;
    return { boundary: { arn: first.value, ...(statements !== undefined ? { statements } : {}) } };
  }

  private inlinePolicies(resource: SynthesizedResource): ReadPolicy {
    const policies = resource.properties.Policies;
    if (!Array.isArray(policies)) {
      return policies === undefined ? { statements: [], unread: [] } : this.unreadable(resource, 'Properties.Policies');
    }
    return joined(policies.map((policy: unknown, index) => {
      // A policy that stands under a condition as a whole: its document is in one of the branches.
      const [condition, whenTrue, whenFalse] = ((policy as Record<string, unknown>)['Fn::If'] ?? []) as unknown[];
      const { PolicyName, PolicyDocument } = (condition === undefined ? policy : {
        PolicyName: (whenTrue as any)?.PolicyName ?? (whenFalse as any)?.PolicyName,
        PolicyDocument: { 'Fn::If': [condition, documentOf(whenTrue), documentOf(whenFalse)] },
      }) as Record<string, unknown>;
      return this.keep(readPolicy(this.app, {
        document: PolicyDocument, place: { resource, location: `Properties.Policies[${index}].PolicyDocument`, ...nameOf(PolicyName) },
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

  private draft({ stack }: SynthesizedResource, kind: PrincipalKind, name: string): Draft {
    const account = stack.account ?? '${AWS::AccountId}';
    const key = `${account} ${kind} ${name}`;
    const found = this.principals.get(key) ?? { kind, name, account, statements: [], foreignPolicies: [], trust: [] };
    this.principals.set(key, found);
    return found;
  }
}

/** Statements that are attached only in some branches. */
function under(statements: readonly PlacedStatement[], onlyIf: readonly string[]): PlacedStatement[] {
  return onlyIf.length === 0 ? [...statements] : statements.map((placed) => ({ ...placed, onlyIf: bothOf(placed.onlyIf, onlyIf) }));
}

function bothOf(own: readonly string[], attached: readonly string[]): string[] {
  return own.length === 0 || own.join() === attached.join() ? [...attached] : own.flatMap((one) => attached.map((other) => `${one} and ${other}`));
}

function documentOf(policy: unknown): unknown {
  return (policy as Record<string, unknown> | undefined)?.PolicyDocument ?? { Ref: 'AWS::NoValue' };
}

function nameOf(name: unknown): { policy?: string } {
  return typeof name === 'string' ? { policy: name } : {};
}
