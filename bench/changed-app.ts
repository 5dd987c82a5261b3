import type { ComparedApp } from '../src/comparison/compared-app';
import type { PolicyStatement } from '../src/containment/policy-statement';

/** The app with a change in every so-many-th agent: a condition of its minting is dropped, and a scope is added. */
export function changedApp(app: ComparedApp, every: number): ComparedApp {
  const withoutCondition = (statement: PolicyStatement): PolicyStatement => (statement.sid?.includes('Mint') === true ? { ...statement, conditions: statement.conditions.slice(1) } : statement);
  return {
    model: {
      ...app.model!,
      agents: app.model!.agents.map((agent, index) => (index % every !== 0 ? agent : {
        ...agent, capabilities: agent.capabilities.map((capability) => ({ ...capability, scopes: [...capability.scopes, 'everything'] })),
      })),
    },
    policies: {
      ...app.policies!,
      principals: app.policies!.principals.map((principal, index) => (index % (2 * every) !== 0 ? principal : {
        ...principal, statements: principal.statements.map(withoutCondition),
      })),
    },
  };
}
