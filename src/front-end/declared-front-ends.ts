import { FrontEnd } from './front-end';
import { Problems } from '../declaration/problems';

/** What has been declared about who invokes an agent. */
export class DeclaredFrontEnds {
  private readonly declared: FrontEnd[] = [];
  private exclusive = false;

  /** In the order of declaration. */
  public get all(): FrontEnd[] {
    return [...this.declared];
  }

  /** Whether everybody else is denied invoking the agent. */
  public get only(): boolean {
    return this.exclusive;
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
