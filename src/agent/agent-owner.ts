import { Problems, TextRule } from '../declaration/problems';

/** Tag of the workload identity that names the owner. */
export const OWNER_TAG = 'agentcore-identity:owner';
/** Tag of the workload identity that tells how to reach the owner. */
export const CONTACT_TAG = 'agentcore-identity:owner-contact';

/** Tag values of AgentCore: CreateWorkloadIdentity, member `tags`. */
function tagText(name: string): TextRule {
  return {
    name,
    code: 'AgentOwner/Invalid',
    maximum: 256,
    pattern: /^[A-Za-z0-9 ._:/=+@-]+$/,
    allowed: '1 to 256 letters, digits, blanks and . _ : / = + @ -',
    fix: 'It becomes a tag of the workload identity, so it has to be a valid tag value.',
  };
}

/**
 * Who answers for an agent. Lands as the tags `agentcore-identity:owner` and `agentcore-identity:owner-contact` on the
 * workload identity, and in the access report.
 */
export class AgentOwner {
  /**
   * A team and how to reach it, such as a mail address or a chat channel.
   *
   * @throws [AgentOwner/Invalid] when one is empty or no valid tag value
   */
  public static team(name: string, contact: string): AgentOwner {
    const problems = new Problems();
    problems.expectText(name, tagText('name of the owner'));
    problems.expectText(contact, tagText('contact of the owner'));
    problems.raise();
    return new AgentOwner(name, contact);
  }

  private constructor(
    /** Name of the team. */
    public readonly name: string,
    /** How to reach it. */
    public readonly contact: string,
  ) {}
}
