import { CallingWorkload } from './calling-workload';
import { Problems } from '../declaration/problems';

/** The workloads through which calls may reach an agent, as far as they were declared. */
export class AcceptedWorkloads {
  private readonly accepted: CallingWorkload[] = [];

  /** In the order of declaration. */
  public get all(): CallingWorkload[] {
    return [...this.accepted];
  }

  public add(problems: Problems, workloads: readonly CallingWorkload[]): void {
    const good = problems.expect(workloads.length > 0 && workloads.every((workload) => workload instanceof CallingWorkload), {
      code: 'Agent/CallingWorkload', what: 'acceptCallsFrom() takes calling workloads', received: workloads, fix: 'Write CallingWorkload.gateway(gateway) or CallingWorkload.agent(agent).',
    });
    const all = [...this.accepted, ...good ? workloads : []].map(({ description }) => description);
    problems.expect(new Set(all).size === all.length, {
      code: 'Agent/CallingWorkload', what: 'a calling workload is given twice', received: all, fix: 'Name each once.',
    });
    problems.raise();
    this.accepted.push(...workloads);
  }
}
