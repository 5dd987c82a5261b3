/** Something that deserves a second look. */
export interface Mark {
  /** Short name, also a class in the page. */
  readonly id: MarkId;
  /** The word that stands at an agent. */
  readonly label: string;
  /** What it means, for somebody who reads it for the first time. */
  readonly meaning: string;
}

export type MarkId = 'suspended' | 'log-only' | 'unverified' | 'any-client' | 'no-consent' | 'broad' | 'shared' | 'application' | 'unchecked' | 'elsewhere' | 'wildcard'
  | 'others' | 'no-key';

/** What deserves attention, the most urgent first. */
export const MARKS: readonly Mark[] = [
  { id: 'suspended', label: 'SUSPENDED', meaning: 'Cut off on purpose: explicit Denies stand where the rights were.' },
  { id: 'log-only', label: 'LOG_ONLY', meaning: 'NOTHING IS ENFORCED: the rules for tools are evaluated and logged, and every call goes through.' },
  { id: 'unverified', label: 'UNVERIFIED USER', meaning: 'The agent itself names the user for whom it acts; no token proves that user.' },
  { id: 'any-client', label: 'ANY CLIENT', meaning: 'Tokens of every client of the issuer are taken, not only those that were made for this agent.' },
  { id: 'no-consent', label: 'WITHOUT CONSENT', meaning: 'The user\'s token is exchanged for another one, and the user is not asked.' },
  { id: 'broad', label: 'BROAD', meaning: 'A broad form was chosen, and somebody gave a reason for it.' },
  { id: 'shared', label: 'SHARED ROLE', meaning: 'One role serves several agents, and has the rights of all of them.' },
  { id: 'application', label: 'HELD BY THE APPLICATION', meaning: 'Nothing outside the agent\'s own code holds this limit.' },
  { id: 'unchecked', label: 'NOT CHECKED HERE', meaning: 'Somebody else sets up what holds this limit, and this app cannot see it.' },
  { id: 'elsewhere', label: 'NOT ATTACHED HERE', meaning: 'The role is managed elsewhere: its owner attaches the policy.' },
  { id: 'wildcard', label: 'WILDCARD', meaning: 'A resource could not be named exactly.' },
  { id: 'others', label: 'LEFT TO OTHERS', meaning: 'Somebody else has to do something that this app cannot do.' },
  { id: 'no-key', label: 'NO CUSTOMER KEY', meaning: 'No customer key is known to protect it.' },
];
