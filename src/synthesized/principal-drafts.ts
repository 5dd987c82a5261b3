import type { PlacedStatement, UnreadPolicy } from './policy-document';
import type { PermissionsBoundary, PrincipalKind } from './principal-policies';
import type { SynthesizedResource } from './synthesized-app';

/** A principal whose policies are being collected. */
export interface Draft {
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly account: string;
  arn?: string;
  resource?: SynthesizedResource;
  readonly statements: PlacedStatement[];
  readonly foreignPolicies: string[];
  readonly foreignOnlyIf: Map<string, readonly string[]>;
  boundary?: PermissionsBoundary;
  trust: readonly PlacedStatement[];
  readonly unread: UnreadPolicy[];
}

/** The principals of an app while their policies are collected, and whom a name means where it is written. */
export class PrincipalDrafts {
  public readonly all: Draft[] = [];
  /** Made here, by what makes them. */
  private readonly made = new Map<string, Draft>();

  /** What a resource makes. Another one of the same name, in another stage of an app that goes anywhere, is another principal. */
  public draftOf(resource: SynthesizedResource, kind: PrincipalKind, name: string): Draft {
    const key = `${resource.path} ${resource.logicalId} ${name}`;
    const found = this.made.get(key) ?? this.added(kind, name, accountOf(resource), resource);
    this.made.set(key, found);
    return found;
  }

  /** Those that a name may mean where it is written: one of the same stack, or else all whose account may be the same. */
  public named(by: SynthesizedResource, kind: PrincipalKind, name: string): Draft[] {
    const account = accountOf(by);
    const all = this.all.filter((draft) => draft.kind === kind && draft.name === name && mayBeSame(draft.account, account));
    const [own] = all.filter(({ resource }) => resource?.stack === by.stack);
    if (own !== undefined) {
      return [own];
    }
    const made = all.filter(({ resource }) => resource !== undefined);
    return made.length > 0 ? made : [all.find((draft) => draft.account === account) ?? this.added(kind, name, account)];
  }

  private added(kind: PrincipalKind, name: string, account: string, resource?: SynthesizedResource): Draft {
    const own = resource !== undefined ? { resource } : {};
    const draft: Draft = { kind, name, account, ...own, statements: [], foreignPolicies: [], foreignOnlyIf: new Map(), trust: [], unread: [] };
    this.all.push(draft);
    return draft;
  }
}

/** Attaches a policy that is not of the app, always or in some branches only. */
export function attachForeign({ foreignPolicies, foreignOnlyIf }: Draft, arn: string, onlyIf: readonly string[]): void {
  const before = foreignOnlyIf.get(arn);
  if (onlyIf.length === 0) {
    foreignOnlyIf.delete(arn);
  } else if (before !== undefined || !foreignPolicies.includes(arn)) {
    foreignOnlyIf.set(arn, [...before ?? [], ...onlyIf]);
  }
  foreignPolicies.push(arn);
}

const ANY_ACCOUNT = '${AWS::AccountId}';

/** Where a resource goes; the same text wherever that is known only at deployment. */
export function accountOf({ stack }: SynthesizedResource): string {
  return stack.account ?? ANY_ACCOUNT;
}

/** Whether two accounts may be one. */
export function mayBeSame(one: string, other: string): boolean {
  return one === other || one === ANY_ACCOUNT || other === ANY_ACCOUNT;
}
