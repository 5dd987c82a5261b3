import { Change } from './change';
import { ComparedForeignRole, ComparedPrincipal, ComparedRoleUser } from './compared-app';
import { matched } from './matched';
import { otherValue } from './value-changes';

/** What became of those that run with roles of others. What such a role may do is not known, so that the first that runs with it is something new. */
export function foreignRoleChanges(before: readonly ComparedForeignRole[], now: readonly ComparedForeignRole[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ id }) => id);
  return [
    ...pairs.flatMap((pair) => roleUserChanges(pair.before, pair.now, pair.now.id)),
    ...added.flatMap(({ id, users }) => distinct(users).map((user): Change => ({ kind: 'added', subject: 'IAM', of: id, what: `runs with the role ${id}`, now: wordsOf(user) }))),
    ...removed.flatMap(({ id, users }) => distinct(users).map((user): Change => ({ kind: 'removed', subject: 'IAM', of: id, what: `runs with the role ${id}`, before: wordsOf(user) }))),
  ];
}

/** What became of those that run with a role: each of them may do whatever the role may. `of`: what the role belongs to. */
export function roleUserChanges(before: Pick<ComparedPrincipal, 'id' | 'users'>, now: Pick<ComparedPrincipal, 'id' | 'users'>, of: string): Change[] {
  const all = [...(before.users ?? []).map((user) => ({ user, role: before.id })), ...(now.users ?? []).map((user) => ({ user, role: now.id }))];
  const words = new Map(all.map(({ user, role }) => [user, `${user.runs} ${user.type} ${seenFrom(role, user.id)}`]));
  const { pairs, removed, added } = matched(distinct(before.users), distinct(now.users), (user) => words.get(user)!);
  const subject = { subject: 'IAM', of } as const;
  return [
    ...added.map((user): Change => (user.runs
      ? { ...subject, kind: 'widened', what: `also runs with the role ${now.id}`, now: wordsOf(user) }
      : { ...subject, kind: 'undecided', what: `also names the role ${now.id}, and may use it`, now: wordsOf(user) })),
    ...removed.map((user): Change => (user.runs
      ? { ...subject, kind: 'narrowed', what: `no longer runs with the role ${now.id}`, before: wordsOf(user) }
      : { ...subject, kind: 'changed', what: `no longer names the role ${now.id}`, before: wordsOf(user) })),
    ...pairs.flatMap((pair) => {
      const [was, is] = [when(pair.before, before.users), when(pair.now, now.users)];
      const kind = is === ALWAYS ? 'widened' : was === ALWAYS ? 'narrowed' : 'undecided';
      return otherValue({ ...subject, kind, what: `when ${wordsOf(pair.now)} runs with the role ${now.id}` }, was, is);
    }),
  ];
}

const ALWAYS = 'always';

/** In which deployments a resource has a role, wherever it names it. */
function when(user: ComparedRoleUser, users: readonly ComparedRoleUser[] = []): string {
  const all = users.filter((each) => wordsOf(each) === wordsOf(user) && each.runs === user.runs).map(({ onlyIf = ALWAYS }) => onlyIf);
  return all.includes(ALWAYS) ? ALWAYS : [...new Set(all)].sort().join(' or ');
}

/** A path as it is from another, so that what moves together stays the same. */
function seenFrom(role: string, user: string): string {
  const [from, to] = [role.split('/'), user.split('/')];
  const common = from.findIndex((part, index) => part !== to[index]);
  const shared = common === -1 ? from.length : common;
  return `${from.length - shared} ${to.slice(shared).join('/')}`;
}

function wordsOf({ type, id }: ComparedRoleUser): string {
  return `${type} ${id}`;
}

/** A resource may name a role several times; where one of them runs with it, that is what counts. */
function distinct(users: readonly ComparedRoleUser[] = []): ComparedRoleUser[] {
  const found = new Map<string, ComparedRoleUser>();
  users.forEach((user) => {
    const key = wordsOf(user);
    if (found.get(key)?.runs !== true) {
      found.set(key, user);
    }
  });
  return [...found.values()];
}
