/** A policy of a gateway's engine with one change in its Cedar text. */
export interface CedarMutant {
  readonly change: string;
  /** None means that the policy is taken away. */
  readonly statement?: string;
}

/** Every single change of one policy: of its effect, of each part of its scope, and of each test and each word in its condition. */
export function mutantsOfCedar(statement: string): CedarMutant[] {
  const condition = statement.indexOf(' when {');
  const scope = (from: RegExp, to: string, change: string): CedarMutant[] => (from.test(statement) ? [{ change, statement: statement.replace(from, to) }] : []);
  return [
    { change: 'is taken away' },
    { change: 'says the contrary', statement: statement.startsWith('permit') ? statement.replace('permit', 'forbid') : statement.replace('forbid', 'permit') },
    ...(condition < 0 ? [] : [{ change: 'has no condition', statement: `${statement.slice(0, condition)};` }]),
    ...scope(/principal is AgentCore::\w+/, 'principal', 'is for every kind of principal'),
    ...scope(/action (==|in) AgentCore::Action::"[^"]*"/, 'action', 'is for every action'),
    ...scope(/action == AgentCore::Action::"([^"]*?)___[^"]*"/, 'action in AgentCore::Action::"$1"', 'is for every tool of the target'),
    ...scope(/resource == AgentCore::Gateway::"[^"]*"/, 'resource', 'is for every gateway'),
    ...scope(/resource == AgentCore::Gateway::"([^"]*)"/, 'resource == AgentCore::Gateway::"$1-2"', 'is for another gateway'),
    ...(condition < 0 ? [] : conditionMutants(statement, condition)),
  ];
}

/** In the condition: and becomes or, or becomes and, not is left out, texts get longer or may have more around them, bounds move. */
function conditionMutants(statement: string, from: number): CedarMutant[] {
  const changes: [RegExp, (found: RegExpMatchArray) => string[]][] = [
    [/&&/g, () => ['||']],
    [/\|\|/g, () => ['&&']],
    [/!\(/g, () => ['(']],
    [/== ("(?:[^"\\]|\\.)*")/g, ([, text]) => [`like ${text.slice(0, -1)}*"`, `like "*${text.slice(1)}`, `== ${text.slice(0, -1)}2"`]],
    [/like "((?:[^"\\]|\\.)*)"/g, ([, pattern]) => [...new Set([`${pattern}*`, `*${pattern}`])].filter((wider) => !wider.includes('**')).map((wider) => `like "${wider}"`)],
    [/(>=|<=) (\d+)/g, ([, operator, bound]) => [`${operator} ${Number(bound) + 1}`, `${operator} ${Number(bound) - 1}`]],
    [/AgentCore::(?:OAuthUser|IamEntity)::"[^"]*"/g, ([entity]) => [`${entity.slice(0, -1)}0"`]],
  ];
  return changes.flatMap(([pattern, replacements]) => [...statement.matchAll(pattern)].filter(({ index }) => index! > from)
    .flatMap((found) => replacements(found).map((replacement): CedarMutant => ({
      change: `${statement.slice(found.index! - 20, found.index!).replace(/\s+/g, ' ')} ${found[0]} becomes ${replacement}`,
      statement: statement.slice(0, found.index!) + replacement + statement.slice(found.index! + found[0].length),
    }))));
}
