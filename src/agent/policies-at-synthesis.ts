import { IAspect } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { Agent } from './agent';
import { warnOfGroups } from './caller-warnings';
import { attachPolicies } from './policy-attachment';
import { resolveAgent } from './resolution';
import { attachAuthorizer } from './runtime-authorizer';
import { warnOfConsents } from './unfinished-consents';
import { policiesAreWritten } from '../declaration/in-time';
import { attachFrontEnds } from '../front-end/front-end-attachment';
import { warnOfVaultInOtherStage } from '../vault/vault-warnings';

/** Writes the policies once. */
export class PoliciesAtSynthesis implements IAspect {
  private done = false;

  constructor(private readonly agent: Agent) {}

  public visit(node: IConstruct): void {
    if (node === this.agent && !this.done) {
      this.done = true;
      writePolicies(this.agent);
    }
  }
}

/** When everything is declared. Problems are left to the validation that follows. */
function writePolicies(agent: Agent): void {
  policiesAreWritten(agent);
  const resolved = resolveAgent(agent);
  attachPolicies(agent, resolved);
  attachAuthorizer(agent, resolved);
  attachFrontEnds(agent, resolved);
  warnOfConsents(agent);
  warnOfGroups(agent);
  if (agent.capabilities.some(({ provider }) => provider !== undefined)) {
    warnOfVaultInOtherStage(agent, agent._identity.scope);
  }
}
