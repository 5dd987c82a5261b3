import { aws_iam as iam, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { referenceOrText } from '../declaration/reference-text';
import { finalProperty } from '../declaration/rendered-properties';
import { knownToDiffer } from '../declaration/same-value';

/** What tells whether two roles are one. */
export interface RoleKey {
  /** The L1 that makes the role in this app, wherever the role was imported again; else the import. */
  readonly home: IConstruct;
  /** The name, or the expression of which deployment makes it: the same text for the same one. Names of other accounts may be equal. */
  readonly name?: string;
}

/** Whether the role is a resource of this app, rather than an import. */
export function isMadeInApp(role: iam.IRoleRef): boolean {
  return l1Role(role) !== undefined;
}

/**
 * Whether two references are to one role: by the construct behind them (an L2 and its L1 are one, and so is an import by a reference
 * to it), or by name and account, as far as these are known (a role that is made under a name and imported by it elsewhere, two
 * imports by name or ARN, or by one parameter).
 */
export function isSameRole(a: iam.IRoleRef, b: iam.IRoleRef): boolean {
  return sameRoleAs(a)(b);
}

/** The same question about many roles, with what it takes of the first looked up once. */
export function sameRoleAs(role: iam.IRoleRef): (other: iam.IRoleRef) => boolean {
  const own = roleKey(role);
  return (other) => {
    const { home, name } = roleKey(other);
    return own.home === home || (name !== undefined && name === own.name && !knownToDiffer(role.env.account, other.env.account));
  };
}

/** Every role is compared with others again and again, so what does not change is looked up once. */
const L1_ROLES = new WeakMap<iam.IRoleRef, iam.CfnRole>();
const IMPORTED = new WeakMap<iam.IRoleRef, ArnTarget>();
const NAMES = new WeakMap<iam.CfnRole, { readonly given: unknown; readonly name: string | undefined }>();

/** The L1 behind a role that is made in this app. */
export function l1Role(role: iam.IRoleRef): iam.CfnRole | undefined {
  const known = L1_ROLES.get(role);
  if (known !== undefined) {
    return known;
  }
  const l1 = iam.CfnRole.isCfnRole(role) ? role : role.node.defaultChild;
  if (!iam.CfnRole.isCfnRole(l1)) {
    return undefined;
  }
  L1_ROLES.set(role, l1);
  return l1;
}

/** What a role is known by at this moment: whoever has the L1 may still rename it. */
export function roleKey(role: iam.IRoleRef): RoleKey {
  const own = l1Role(role);
  if (own !== undefined) {
    return { home: own, name: finalName(own) };
  }
  let target = IMPORTED.get(role);
  if (target === undefined) {
    const { roleArn, roleName } = role.roleRef;
    target = arnTarget(role, [roleName, roleArn].find((text) => text !== undefined && !Token.isUnresolved(text)) ?? roleArn);
    if (target.l1 !== undefined || target.name !== undefined) {
      IMPORTED.set(role, target);
    }
  }
  return target.l1 !== undefined ? { home: target.l1, name: finalName(target.l1) } : { home: role, name: target.name };
}

/** What an ARN of a role, or its name, stands for: a role of this app, or a name. */
export interface ArnTarget {
  readonly l1?: iam.CfnRole;
  readonly name?: string;
}

/** Reads a role's ARN or name. An ARN of which only the name is a reference, as `Role.fromRoleName` makes it, stands for that name. */
export function arnTarget(scope: IConstruct, arn: unknown): ArnTarget {
  const own = typeof arn === 'string' && arn.startsWith('arn:') ? arn.slice(arn.lastIndexOf('/') + 1) : arn;
  const { resource, text } = referenceOrText(scope, own);
  return iam.CfnRole.isCfnRole(resource) ? { l1: resource } : { name: withoutPath(text) };
}

/** Whether a role's name is a name, rather than an expression: names hold no braces. */
export function isLiteralName(name: string | undefined): name is string {
  return name !== undefined && !name.includes('{');
}

function withoutPath(name: string | undefined): string | undefined {
  return isLiteralName(name) ? name.split('/').pop() : name;
}

/** The name that the template gives. Nothing where CloudFormation makes one up. */
export function finalName(l1: iam.CfnRole): string | undefined {
  const given = finalProperty(l1, l1.roleName, 'RoleName');
  let entry = NAMES.get(l1);
  if (entry?.given !== given) {
    const { text } = referenceOrText(l1, given);
    entry = { given, name: withoutPath(text) };
    NAMES.set(l1, entry);
  }
  return entry?.name;
}
