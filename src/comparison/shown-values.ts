/** Members whose values are names, addresses and choices, and never credentials. */
const SHOWN: readonly string[] = [
  // of a target's credentials
  'CredentialProviderType', 'ProviderArn', 'GrantType', 'Scopes', 'DefaultReturnUrl', 'CredentialLocation', 'CredentialParameterName', 'Service', 'Region',
  // of an authorizer
  'DiscoveryUrl', 'AllowedAudience', 'AllowedClients', 'AllowedScopes', 'InboundTokenClaimName', 'InboundTokenClaimValueType', 'ClaimMatchOperator', 'MatchValueString', 'MatchValueStringList',
];

/** Of this, people choose the names of members. */
const UNKNOWN = 'CustomParameters';

const NOT_SHOWN = '(not shown)';

/** JSON for a reader, with its members, and only those values that cannot be credentials. */
export function shownJson(json: string): string {
  const shown = (value: unknown, member: string): unknown => {
    if (Array.isArray(value)) {
      return value.map((each) => shown(each, member));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each, member === UNKNOWN ? UNKNOWN : name)]));
    }
    return typeof value === 'string' && !(SHOWN.includes(member) && isShown(value)) ? NOT_SHOWN : value;
  };
  return JSON.stringify(shown(JSON.parse(json), ''));
}

/** Whether a text has no part in which addresses carry credentials: a user, a query or a fragment. */
export function isShown(text: string): boolean {
  return !/[?#]|:\/\/[^]*@/.test(text);
}
