import { PartAccess } from './access-model';
import { oneOf, statementDetails, text } from './markdown-text';

/** A role that acts for an agent, or a return page of a gateway, in a line. */
export function partLine(part: PartAccess, what = 'Part'): string {
  const managed = part.attachedHere ? '' : `; its policy is NOT ATTACHED HERE: ${text(part.managedElsewhereReason ?? '')}`;
  const shared = part.sharedReason === undefined ? '' : `; SHARED with ${oneOf('', part.sharedWith ?? []).trim()}, so it may complete any of their sessions: ${text(part.sharedReason)}`;
  return `${what} ${part.name}: ${part.host}, role ${text(part.role)}, may ${part.verbs.join(' and ')}${managed}${shared}`;
}

/** The statements of its role, and what the role's owner attaches. */
export function partDetails(part: PartAccess, what = 'part'): string[] {
  return [
    ...statementDetails(`IAM of ${what} ${part.name}`, part.statements),
    ...(part.requiredPolicy === undefined ? [] : [
      `The owner of role ${text(part.role)} attaches this policy:`, '', '```json', JSON.stringify(part.requiredPolicy, undefined, 2), '```', '',
    ]),
  ];
}
