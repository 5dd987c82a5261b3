import type { ClaimDescription, UsersDescription } from './description';
import { InboundClaim, Users } from '../../src';

const REASON = { reason: 'Drawn at random' };

/** The library's words for whom somebody acts. */
export function usersOf({ subjects, claim }: UsersDescription): Users {
  if (subjects.length > 0) return Users.withSubjects([...subjects]);
  if (claim === undefined) return Users.anyOfTheIssuer(REASON);
  const { name, test, values } = claim;
  switch (test) {
    case 'is': return Users.withClaim(name, values[0]);
    case 'contains': return name === 'groups' ? Users.inGroup(values[0]) : Users.withClaimContaining(name, values[0]);
    case 'contains any': return Users.withClaimContainingAny(name, [...values]);
  }
}

/** The same where a gateway asks for it. */
export function inboundClaimOf({ name, test, values }: ClaimDescription): InboundClaim {
  switch (test) {
    case 'is': return InboundClaim.hasValue(name, values[0]);
    case 'contains': return InboundClaim.contains(name, values[0]);
    case 'contains any': return InboundClaim.containsAny(name, [...values]);
  }
}
