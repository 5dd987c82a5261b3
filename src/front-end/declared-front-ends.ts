import { FrontEnd } from './front-end';
import { invokedRuntime } from './invocation-rights';
import type { Agent } from '../agent/agent';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';

/** What has been declared about who invokes an agent. */
export class DeclaredFrontEnds {
  private readonly declared: FrontEnd[] = [];
  private exclusive = false;

  constructor(private readonly agent: Agent) {}

  /** In the order of declaration. */
  public get all(): FrontEnd[] {
    return [...this.declared];
  }

  /** Whether everybody else is denied invoking the agent. */
  public get only(): boolean {
    return this.exclusive;
  }

  /** Whether the runtime has to carry a policy: to keep others out, or to let another account in. */
  public get needsPolicy(): boolean {
    const account = (invokedRuntime(this.agent) ?? this.agent).env.account;
    return this.exclusive || this.declared.some(({ userIds, host }) => userIds !== undefined || knownToDiffer(host.iamRole.env.account, account));
  }

  public add(problems: Problems, frontEnds: readonly FrontEnd[], exclusive: boolean): void {
    const good = problems.expect(frontEnds.length > 0 && frontEnds.every((frontEnd) => frontEnd instanceof FrontEnd), {
      code: 'Agent/FrontEnd',
      what: `${exclusive ? 'onlyInvokedBy' : 'invokedBy'}() takes front ends`,
      received: frontEnds,
      fix: 'Write FrontEnd.invoking(\'Portal\', AgentHost.lambdaFunction(fn), { reason }) or FrontEnd.invokingForTrustedUserIds(...).',
    });
    const names = [...this.declared, ...good ? frontEnds : []].map(({ name }) => name);
    problems.expect(new Set(names).size === names.length, {
      code: 'Agent/FrontEnd', what: 'two front ends have the same name', received: names, fix: 'Name each front end differently.',
    });
    problems.raise();
    this.declared.push(...frontEnds);
    this.exclusive ||= exclusive;
  }
}
