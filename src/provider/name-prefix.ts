import { Token, Tokenization } from 'aws-cdk-lib';
import type { NamePrefixOptions } from './name-prefix-options';
import { AgentOwner } from '../agent/agent-owner';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** The shortest prefix, its separator included. Fewer characters say too little of whose providers they are. */
const SHORTEST = 4;

/** A provider's name has 128 characters at most, and something has to come behind. */
const LONGEST = 100;

const SEPARATED = /^[A-Za-z0-9][A-Za-z0-9_-]*[-_]$/;

/** Expects a prefix that ends where a word does, so that `crm-` covers `crm-eu` and not `crmadmin`, and options that say why. */
export function expectNamePrefix(problems: Problems, prefix: string, options: NamePrefixOptions, fields: readonly string[], code: string): void {
  expectKnownFields(problems, options ?? {}, ['reason', 'owner', ...fields], 'A prefix of provider names', code);
  problems.expect(isPrefix(prefix), {
    code: 'Provider/NamePrefix',
    what: 'prefix of provider names is not valid',
    received: prefix,
    allowed: `${SHORTEST} to ${LONGEST} letters, digits, hyphens and underscores, the last of them a hyphen or an underscore; one known at deployment begins with as much that is known`,
    fix: 'Write a word of this agent\'s and a separator, such as crm-, and let administrators begin the names of its providers with it.',
  });
  problems.expectText(options?.reason, {
    name: 'reason',
    code: 'Provider/PrefixReason',
    minimum: 10,
    forPeople: true,
    maximum: 500,
    allowed: 'a sentence of 10 to 500 characters',
    fix: 'Say why the providers cannot be named in the code; the sentence stands in the access report that a reviewer reads.',
  });
  problems.expect(options?.owner instanceof AgentOwner, {
    code: 'Provider/PrefixOwner',
    what: 'it is not said who makes the providers',
    received: options?.owner,
    fix: 'Write owner: AgentOwner.team(\'crm-admins\', \'crm-admins@example.com\'): whoever may make such a provider decides what the agent may use.',
  });
}

/** A value known at deployment may be anything, a pattern included. So what comes before it has to be a boundary by itself. */
function isPrefix(prefix: unknown): boolean {
  if (typeof prefix !== 'string') {
    return false;
  }
  const parts = knownParts(prefix);
  const [first, last] = [parts[0], parts[parts.length - 1]];
  return first.length >= SHORTEST && parts.join('').length <= LONGEST && SEPARATED.test(first) && /[-_]$/.test(last) && parts.every((part) => /^[A-Za-z0-9_-]*$/.test(part));
}

/** What a name begins with, as far as it is known before deployment. */
export function knownBeginning(name: string): string {
  return knownParts(name)[0];
}

/** The parts of a text between what only deployment knows. */
function knownParts(text: string): string[] {
  if (!Token.isUnresolved(text)) {
    return [text];
  }
  const between = '\u0000';
  const joined = Tokenization.reverseString(text).mapTokens({ mapToken: () => between }).join({ join: (left: unknown, right: unknown) => `${left ?? ''}${right ?? ''}` }) as string;
  return joined.split(between);
}
