import { Operator } from './operator';
import { Problems } from '../declaration/problems';

/** Who was declared to run commands in the runtimes of an agent. */
export class DeclaredOperators {
  private readonly declared: Operator[] = [];

  /** In the order of declaration. */
  public get all(): Operator[] {
    return [...this.declared];
  }

  public add(problems: Problems, operators: readonly Operator[]): void {
    const good = problems.expect(operators.length > 0 && operators.every((operator) => operator instanceof Operator), {
      code: 'Agent/Operator', what: 'commandsRunBy() takes operators', received: operators, fix: 'Write Operator.runningCommands(\'Oncall\', AgentHost.role(role), { reason }).',
    });
    const names = [...this.declared, ...good ? operators : []].map(({ name }) => name);
    problems.expect(new Set(names).size === names.length, {
      code: 'Agent/Operator', what: 'two operators have the same name', received: names, fix: 'Name each operator differently.',
    });
    problems.raise();
    this.declared.push(...operators);
  }
}
