import { ComparedPrincipal } from './compared-app';
import { PolicyPrincipal, PolicyStatement } from '../containment/policy-statement';

/** What a reviewer asks first of a new role: who may become it, and which policies of others it has. `undefined`: neither is there. */
export function principalWords({ trust, foreignPolicies }: ComparedPrincipal): string | undefined {
  const assumed = [...new Set(trust.filter(({ effect }) => effect === 'Allow').map(trustedWords))].sort();
  const attached = [...new Set(foreignPolicies)].sort();
  const words = [
    ...(assumed.length > 0 ? [`may be assumed by ${assumed.join(', ')}`] : []),
    ...(attached.length > 0 ? [`has ${attached.join(', ')}`] : []),
  ];
  return words.length === 0 ? undefined : words.join('; ');
}

/** Values of conditions are left out: an external id is one. */
function trustedWords({ principals = [], notPrincipals, conditions }: PolicyStatement): string {
  const who = notPrincipals !== undefined ? `ANYBODY but ${notPrincipals.map(({ value }) => value).join(', ')}` : principals.map(nameOf).join(', ');
  const keys = [...new Set(conditions.map(({ key }) => key))].sort();
  return keys.length === 0 ? who : `${who} (if ${keys.join(', ')})`;
}

function nameOf({ value }: PolicyPrincipal): string {
  return value === '*' ? 'ANYBODY' : value;
}
