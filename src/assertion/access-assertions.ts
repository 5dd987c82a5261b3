import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { accessText } from './access-text';
import { assembledApp } from './assembled-app';
import { agentNamed, roleAt, rolesOfAgent } from './asserted-roles';
import { RoleAssertions } from './role-assertions';
import { SynthesizedApp } from '../synthesized/synthesized-app';

/**
 * Expectations about access for the tests of your app: in any runner, in any language, without AWS. They judge the synthesized policies
 * of a role, all of them together and Denies included, whether this library wrote them or not.
 *
 * Not judged: resource policies, service control policies, the text of managed policies of AWS. Nothing is added to a template.
 */
export class AccessAssertions {
  /**
   * Synthesizes the app that the stack is in, and reads the access of the whole app.
   *
   * @throws [AccessAssertions/NoApp] when it is in no app
   * @throws what synthesis throws
   */
  public static fromStack(stack: Stack): AccessAssertions {
    return new AccessAssertions(assembledApp(stack), [stack.node.path]);
  }

  /**
   * Synthesizes the app that a construct is in, such as the app itself.
   *
   * @throws [AccessAssertions/NoApp] when it is in no app
   */
  public static fromApp(scope: IConstruct): AccessAssertions {
    return new AccessAssertions(assembledApp(scope));
  }

  private constructor(private readonly app: SynthesizedApp, private readonly stacks?: readonly string[]) {}

  /**
   * The roles of an agent of this library.
   *
   * @param agent its construct path, the last word of the path where no other agent has it, or the name of its workload identity
   * @throws [AccessAssertions/Agent] when there is no such agent, or none of its roles has a policy in the app
   */
  public agent(agent: string): RoleAssertions {
    return RoleAssertions._of(`agent ${agent}`, rolesOfAgent(this.app, agentNamed(this.app, agent)).map(({ role }) => role));
  }

  /**
   * One part of an agent.
   *
   * @param part its name; `Host` for what the agent got as `host`
   * @throws [AccessAssertions/Agent] as `agent`, and when it has no such part
   */
  public agentPart(agent: string, part: string): RoleAssertions {
    return RoleAssertions._of(`part ${part} of agent ${agent}`, rolesOfAgent(this.app, agentNamed(this.app, agent), part).map(({ role }) => role));
  }

  /**
   * A role of the app, whoever made it.
   *
   * @param role its construct path, or its name if it has one or is not made in the app
   * @throws [AccessAssertions/Role] when no role of that path or name has a policy in the app
   */
  public role(role: string): RoleAssertions {
    return RoleAssertions._of(`role ${role}`, [roleAt(this.app, role)]);
  }

  /**
   * The access as lines: a block for each role, user, group and resource policy. Sorted, and without logical ids, Sids or traces of how statements
   * are divided, so that a snapshot of it changes if and only if the access does. From `fromStack`, that stack's.
   */
  public toText(): string {
    return accessText(this.app, this.stacks === undefined ? {} : { stacks: this.stacks });
  }
}
