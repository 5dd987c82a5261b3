import { IAspect } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { Agent } from './agent';

/** Writes the policies once. */
export class PoliciesAtSynthesis implements IAspect {
  private done = false;

  constructor(private readonly agent: Agent) {}

  public visit(node: IConstruct): void {
    if (node === this.agent && !this.done) {
      this.done = true;
      this.agent._write();
    }
  }
}
