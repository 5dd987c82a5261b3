import type { AppRequest } from './request';

/**
 * The requests that are put to each role: all of them or, where they are more than `most`, those that are expected to be
 * allowed and of the rest every so manieth, spread evenly over roles and kinds of request. The same for the same seed.
 */
export function sampled(
  roles: readonly string[], requests: readonly AppRequest[], expected: ReadonlyMap<string, ReadonlySet<AppRequest>>, most: number, seed: number,
): Map<string, AppRequest[]> {
  const step = Math.max(1, (roles.length * requests.length) / most);
  const offset = (seed * 0.618034) % 1;
  return new Map(roles.map((role, place) => [role, requests.filter((request, index) => {
    const number = place * requests.length + index;
    return expected.get(role)?.has(request) === true || Math.floor((number + 1) / step + offset) > Math.floor(number / step + offset);
  })]));
}
