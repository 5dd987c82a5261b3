import type { ClaimDescription, UsersDescription } from './description';

/** What of a token tells users apart. */
export interface Token {
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly groups: readonly string[];
  readonly department?: string;
}

const SCOPE_SETS = [[], ['mcp:read'], ['mcp:read:all'], ['mcp:write', 'mcp:read'], ['mcp:write'], ['mcp:read', 'mcp:read:all', 'mcp:write'], ['mcp:rea', 'mcp:read2'], ['agents/mcp:read'], ['agents/mcp:read', 'agents/mcp:write']];
const GROUP_SETS = [[], ['sales'], ['sales-admins'], ['support', 'sales']];
const SUBJECTS = ['user-1', 'user-10', 'user-2'];
const DEPARTMENTS = [undefined, 'sales', 'sales2', 'legal'];

/** Every set of scopes and groups that a rule could tell apart, with neighbours. Subjects and departments go round. */
export function everyToken(): Token[] {
  return SCOPE_SETS.flatMap((scopes, index) => GROUP_SETS.map((groups, at): Token => ({
    sub: SUBJECTS[(index + at) % 3], scopes, groups, department: DEPARTMENTS[(index * 2 + at) % 4],
  })));
}

/** Whether a token is of one of the users. */
export function isOneOf({ subjects, claim }: UsersDescription, token: Pick<Token, 'sub' | 'groups' | 'department'>): boolean {
  return subjects.length > 0 ? subjects.includes(token.sub) : claim === undefined || hasClaim(claim, token);
}

/** A list is not one value, and one value is no list. */
export function hasClaim({ name, test, values }: ClaimDescription, { groups, department }: Pick<Token, 'groups' | 'department'>): boolean {
  return name === 'groups' ? test !== 'is' && values.some((value) => groups.includes(value)) : test === 'is' && department !== undefined && values.includes(department);
}
