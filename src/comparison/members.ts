import { Change } from './change';
import { allowedValues, demandedValues, limitingValues, otherValue, restrictingValues } from './value-changes';
import { sameData } from '../containment/same-data';

type Kind = Change['kind'];

/** What became of one member. */
export type Comparer<V> = (before: V, now: V) => Change[];

/** How a member is compared. One that is not listed is `changed` where it differs, so that none is forgotten. */
export type How<V> =
  | Comparer<V>
  /** Nothing to say is an answer: what differs means the same. */
  | { readonly decides: Comparer<V> }
  /** It follows from other members, so that it is told only where nothing else is. */
  | { readonly follows: Comparer<V> }
  /** What is told counts; where nothing is, it follows from other members. */
  | { readonly tells: Comparer<V> }
  | typeof ELSEWHERE;

/** Another place compares it, or it means nothing. */
export const ELSEWHERE = 'elsewhere';

/** Lists whose order says something: the hands that authority passes through, and values that belong to dimensions. */
const IN_ORDER: readonly string[] = ['tokenPath', 'rateLimits'];

export type MembersHow<T> = { readonly [Member in keyof T]?: How<T[Member]> };

/** Tells what became of the members of one thing. */
export class Members {
  constructor(private readonly subject: Pick<Change, 'subject' | 'of'>, private readonly prefix = '') {}

  /** All members of both sides, also those that no type knows. */
  public changes<T extends object>(before: T, now: T, how: MembersHow<T>): Change[] {
    const found: Change[] = [];
    const following: Change[] = [];
    for (const member of new Set([...Object.keys(before), ...Object.keys(now)]) as Set<keyof T & string>) {
      const [was, is] = [before[member], now[member]];
      const way: How<T[keyof T & string]> | undefined = how[member];
      if (way === ELSEWHERE || sameData(was, is)) {
        continue;
      }
      const compare = typeof way === 'object' ? ('decides' in way ? way.decides : 'tells' in way ? way.tells : way.follows) : way;
      const told = compare?.(was, is) ?? [];
      (typeof way === 'object' && 'follows' in way ? following : found).push(...told);
      if (told.length === 0 && !(typeof way === 'object' && 'decides' in way) && (IN_ORDER.includes(member) || unordered(was) !== unordered(is))) {
        (typeof way === 'object' ? following : found).push(...this.inOrder('changed', wordsOf(member))(was, is));
      }
    }
    return found.length === 0 ? following : found;
  }

  public value(kind: Kind, what: string): Comparer<unknown> {
    const isData = (value: unknown) => typeof value === 'object';
    return (before, now) => (isData(before) && isData(now) && unordered(before) === unordered(now) ? [] : this.inOrder(kind, what)(before, now));
  }

  /** The same, where the order says something. */
  public inOrder(kind: Kind, what: string): Comparer<unknown> {
    return (before, now) => otherValue(this.change(kind, what), valueText(before), valueText(now));
  }

  public allowed(what: string): Comparer<readonly string[] | undefined> {
    return (before, now) => allowedValues(this.subject, this.named(what), before, now);
  }

  public limiting(what: string): Comparer<readonly string[]> {
    return (before, now) => limitingValues(this.subject, this.named(what), before, now);
  }

  public restricting(what: string): Comparer<readonly string[] | undefined> {
    return (before, now) => restrictingValues(this.subject, this.named(what), before, now);
  }

  public demanded(what: string): Comparer<readonly string[]> {
    return (before, now) => demandedValues(this.subject, this.named(what), before, now);
  }

  /** Something that is there now or no more. */
  public presence(what: string, appears: Kind, vanishes: Kind, other: Kind = 'reason-changed'): Comparer<unknown> {
    return (before, now) => this.value(before === undefined ? appears : now === undefined ? vanishes : other, what)(before, now);
  }

  public flag(what: string, whenTrue: Kind, whenFalse: Kind): Comparer<boolean | undefined> {
    return (before, now) => this.value(now === true ? whenTrue : whenFalse, what)(before, now);
  }

  public owner(): Comparer<{ readonly name: string; readonly contact: string }> {
    return (before, now) => this.value('owner-changed', 'owner')(`${before.name} (${before.contact})`, `${now.name} (${now.contact})`);
  }

  private change(kind: Kind, what: string): Pick<Change, 'kind' | 'subject' | 'of' | 'what'> {
    return { ...this.subject, kind, what: this.named(what) };
  }

  private named(what: string): string {
    return `${this.prefix}${what}`;
  }
}

/** The same text for data that differs only in the order of lists and members. */
function unordered(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (Array.isArray(each)) {
      return [...each].map((item): [string, unknown] => [unordered(item), item]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
    }
    return typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each;
  }) ?? 'undefined';
}

function valueText(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') {
    return value;
  }
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join(', ') : JSON.stringify(value);
}

/** Such as `access token seconds`. */
function wordsOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
