import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { type AccessRequest, ambientContext, type CheckedRequest, checkRequest } from './access-request';
import type { FakeAccount } from './fake-account';
import { asList, type NamedPolicy, statementName } from './policy-document';
import { policiesOf, type Principal } from './principal-policies';

export type Decision = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';

/** A decision and the statements that brought it about; an implicit denial has none. */
export interface ExplainedDecision {
  readonly decision: Decision;
  /** `policy/Sid` of each statement that allows one of the resources, or that denies one of them. */
  readonly statements: string[];
}

const JUDGES = new WeakMap<FakeAccount, Judge>();

/** What IAM would answer. Each resource has to be allowed for itself; one explicit denial is enough to deny all. */
export async function decide(account: FakeAccount, request: AccessRequest): Promise<Decision> {
  const judge = judgeOf(account);
  const principal = await judge.principal(request.principal);
  const checked = await checkRequest(request);
  return combine(checked.resources.map(resource => judge.decideOne(principal, checked, resource)));
}

/** Like `decide`, with the reasons. Slower: it asks the simulator about each statement by itself. */
export async function explain(account: FakeAccount, request: AccessRequest): Promise<ExplainedDecision> {
  const judge = judgeOf(account);
  const principal = await judge.principal(request.principal);
  const checked = await checkRequest(request);
  const decision = await decide(account, request);
  const statements = checked.resources.flatMap(resource => judge.statementsThatAlone(decision, principal, checked, resource));
  return { decision, statements: [...new Set(statements)] };
}

/** The judge of a deployment, with what it has decided already. */
export function judgeOf(account: FakeAccount): Judge {
  if (!JUDGES.has(account)) JUDGES.set(account, new Judge(account));
  return JUDGES.get(account)!;
}

function combine(decisions: Decision[]): Decision {
  if (decisions.includes('ExplicitlyDenied')) return 'ExplicitlyDenied';
  return decisions.includes('ImplicitlyDenied') ? 'ImplicitlyDenied' : 'Allowed';
}

/**
 * Decides single resources with the simulator and remembers the answers.
 *
 * The simulator's entry point without validation is used, after policies and requests have been validated once: it is
 * ten times as fast, and it leaves no context key out.
 */
export class Judge {
  private readonly decided = new Map<string, Decision>();
  private readonly validated = new Map<string, Promise<Principal>>();
  private resourcePoliciesValidated?: Promise<void>;

  constructor(private readonly account: FakeAccount) {}

  /** Number of simulations that were run. */
  get simulations(): number {
    return this.decided.size;
  }

  /** Finds a principal and makes sure that IAM would have accepted its policies. */
  async principal(nameOrArn: string): Promise<Principal> {
    if (!this.validated.has(nameOrArn)) this.validated.set(nameOrArn, this.validate(policiesOf(this.account).principal(nameOrArn)));
    return this.validated.get(nameOrArn)!;
  }

  decideOne(principal: Principal, request: CheckedRequest, resource: string): Decision {
    const key = `${principal.arn} ${resource} ${request.key}`;
    let decision = this.decided.get(key);
    if (decision === undefined) {
      decision = simulate(principal, request, resource, policiesOf(this.account).resourcePolicy(resource));
      this.decided.set(key, decision);
    }
    return decision;
  }

  /** Names the statements that lead to the decision even if they are the only ones. */
  statementsThatAlone(decision: Decision, principal: Principal, request: CheckedRequest, resource: string): string[] {
    if (decision === 'ImplicitlyDenied') return [];
    const resourcePolicy = policiesOf(this.account).resourcePolicy(resource);
    const fromIdentity = principal.policies.flatMap(policy => singleStatements(policy)
      .filter(single => simulate({ ...principal, policies: [single] }, request, resource, resourcePolicy) === decision));
    const fromResource = (resourcePolicy ? singleStatements(resourcePolicy) : [])
      .filter(single => simulate({ ...principal, policies: [] }, request, resource, single) === decision);
    return [...fromIdentity, ...fromResource].map(single => single.name);
  }

  private async validate(principal: Principal): Promise<Principal> {
    this.resourcePoliciesValidated ??= this.validateResourcePolicies();
    await this.resourcePoliciesValidated;
    await refuseInvalid(principal);
    return principal;
  }

  private async validateResourcePolicies(): Promise<void> {
    const nobody = { arn: 'arn:aws:iam::111111111111:root', accountId: '111111111111', policies: [] };
    for (const policy of policiesOf(this.account).resourcePolicies.values()) await refuseInvalid(nobody, policy);
  }
}

/** The simulator's validation comes with a simulation, so one is run whose result does not matter. */
async function refuseInvalid(principal: Principal, resourcePolicy?: NamedPolicy): Promise<void> {
  const request = { action: 'sts:GetCallerIdentity', resources: ['*'], context: {}, key: '' };
  const result = await runSimulation({ ...simulation(principal, request, '*'), resourcePolicy: resourcePolicy?.document }, {});
  if (result.resultType === 'error') {
    throw new Error(`IAM refuses a policy of ${resourcePolicy?.name ?? principal.arn}: ${JSON.stringify(result.errors)}`);
  }
}

function simulate(principal: Principal, request: CheckedRequest, resource: string, resourcePolicy?: NamedPolicy): Decision {
  return runUnsafeSimulation(simulation(principal, request, resource, resourcePolicy), {});
}

function simulation(principal: Principal, request: CheckedRequest, resource: string, resourcePolicy?: NamedPolicy): Simulation {
  return {
    request: {
      principal: principal.arn,
      action: request.action,
      resource: { resource, accountId: resource.split(':')[4] || principal.accountId },
      contextVariables: { ...ambientContext(principal.arn, resource), ...request.context },
    },
    identityPolicies: principal.policies.map(({ name, document }) => ({ name, policy: document })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicy && named(resourcePolicy),
    permissionBoundaryPolicies: principal.boundary && [{ name: principal.boundary.name, policy: principal.boundary.document }],
  };
}

/**
 * A policy in the simulator's form for policies that were validated before, which has room for a name: without one, its
 * entry point without validation fails on every resource policy.
 */
function named({ name, document }: NamedPolicy): object {
  return { __validated: true, policyDocument: document, metadata: { name }, errors: [] };
}

function singleStatements(policy: NamedPolicy): NamedPolicy[] {
  return asList(policy.document.Statement).map(statement => ({
    name: statementName(policy, statement),
    document: { ...policy.document, Statement: [statement] },
  }));
}
