import { ExampleRequest } from '../containment/example-request';

/** Version of the comparison's shape. A reader refuses a higher first number. */
export const COMPARISON_VERSION = '1.0';

/** What became of something, the worst first. */
export const CHANGE_KINDS = [
  /** More is allowed than before. */
  'widened',
  /** Something is there that was not. */
  'added',
  /** Nobody can say whether more is allowed. Never the same as unchanged. */
  'undecided',
  /** A Deny, or a key, protects less than before. What is allowed today is the same. */
  'guard-weakened',
  /** Another layer holds a limit. */
  'moved-enforcement',
  'resumed', 'narrowed', 'removed', 'suspended', 'guard-strengthened', 'moved', 'owner-changed', 'reason-changed',
  /** Something else, which allows neither more nor less by itself. */
  'changed',
] as const;

export type ChangeKind = typeof CHANGE_KINDS[number];

/** What somebody has to look at before it is deployed: all that gives access, or holds it back less. The others take access away, or leave it as it is. */
export const FOR_REVIEW: readonly ChangeKind[] = ['widened', 'added', 'undecided', 'guard-weakened', 'moved-enforcement', 'resumed'];

export type ChangeSubject = 'agent' | 'capability' | 'IAM' | 'trust' | 'resource policy' | 'gateway' | 'tool' | 'Cedar policy' | 'provider' | 'token vault' | 'machine client' | 'AgentCore resource' | 'report';

export interface Change {
  readonly kind: ChangeKind;
  readonly subject: ChangeSubject;
  /** What it belongs to: an agent's, gateway's or principal's path. */
  readonly of: string;
  /** What changed, in words, without its values. */
  readonly what: string;
  readonly before?: string;
  readonly now?: string;
  /** A request that is newly allowed, or for `narrowed` one that is no longer. */
  readonly example?: ExampleRequest;
  /** IAM allows more although nothing else of the agent says so. */
  readonly unannounced?: boolean;
}

/** All changes between two apps, sorted. */
export interface Comparison {
  readonly version: string;
  /** The same on both sides, as far as it was compared. */
  readonly unchanged: { readonly agents: number; readonly principals: number };
  readonly counts: Readonly<Record<ChangeKind, number>>;
  readonly changes: readonly Change[];
  /** The same for the same difference, also where two are shown in the same words. */
  readonly fingerprint?: string;
}

export function comparison(changes: readonly Change[], unchanged: Comparison['unchanged']): Comparison {
  const rank = (change: Change) => `${String(CHANGE_KINDS.indexOf(change.kind)).padStart(2, '0')}\u0000${change.of}\u0000${change.subject}\u0000${change.what}\u0000${change.before ?? ''}\u0000${change.now ?? ''}`;
  const sorted = changes.map((change) => ({ change, rank: rank(change) })).sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)).map(({ change }) => change);
  const counts = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, sorted.filter((change) => change.kind === kind).length])) as Comparison['counts'];
  return { version: COMPARISON_VERSION, unchanged, counts, changes: sorted };
}

/** The kinds that are there, for whoever fails on some of them. */
export function kindsOf({ changes }: Comparison): ChangeKind[] {
  return CHANGE_KINDS.filter((kind) => changes.some((change) => change.kind === kind));
}
