import { callInput } from './call-input';
import { CedarAnswer, CedarRequest, findings, PreparedSchema } from '../cedar-engine';
import type { JsonSchema } from '../gateway-schema';
import { claimsOf, Demand, formulaOf } from './policy-expression';
import { SatisfyingCall, satisfyingCalls } from './satisfying-call';
import { actionsOf, SynthesizedGateway, SynthesizedPolicy } from './synthesized-gateway';

type Ask = (request: CedarRequest) => CedarAnswer;

/** How many of a policy's own alternatives are tried before it is said that it never applies. */
const ALTERNATIVES = 200;

/** What no policy asks for. */
const OTHER_VALUE = 'nothing-of-these';

/** By these words a rule's description says that it is meant for whoever gets in. */
const EVERY_CALLER = /\bEVERY CALLER\b/;

/** What is wrong with the policies of a gateway, asked of Cedar's own engine. */
export function gatewayFindings(gateway: SynthesizedGateway): string[] {
  const all = gateway.policies.map(({ statement }) => statement);
  // All at once, which is rarely refused: Cedar would else read the schema for each.
  const valid = findings(all.join('\n'), gateway.schema).length === 0;
  const texts = gateway.policies.flatMap((policy) => [...(valid ? [] : validation(policy, gateway.schema)), ...form(policy)].map((finding) => `${policy.path} (${policy.name}): ${finding}`));
  return texts.length > 0 ? texts : new JudgedGateway(gateway).findings();
}

function validation({ statement }: SynthesizedPolicy, schema: string): string[] {
  return findings(statement, schema).map((finding) => finding.replace(/^policy\d+: /, 'strict validation: '));
}

/** What AWS asks of a policy besides. */
function form({ name, statement, json }: SynthesizedPolicy): string[] {
  return [
    ...(json !== undefined ? [] : ['it is not one statement']),
    ...(Buffer.byteLength(statement) <= 10_000 ? [] : ['it is longer than 10,000 bytes']),
    ...(/^[A-Za-z][A-Za-z0-9_]{0,47}$/.test(name) ? [] : ['its name is not valid']),
  ];
}

class JudgedGateway {
  private readonly schema: PreparedSchema;
  private readonly together: Ask;
  private readonly found: string[] = [];
  /** What each takes. */
  private readonly actions: ReadonlyMap<string, JsonSchema>;

  constructor(private readonly gateway: SynthesizedGateway) {
    this.schema = new PreparedSchema(gateway.schema);
    this.together = this.schema.policies('together', Object.fromEntries(gateway.policies.map(({ path, statement }) => [path, statement])));
    this.actions = new Map(gateway.targets.flatMap(({ name, tools }) => tools.map((tool) => [`${name}___${tool.name}`, tool.input])));
  }

  findings(): string[] {
    this.gateway.policies.forEach((policy) => this.expectToApply(policy));
    for (const { who, claims } of this.outsiders()) {
      for (const action of this.actions.keys()) this.expectNothing(this.request(action, { claims, input: [] }), who);
      this.gateway.policies.forEach((policy) => this.expectToAskFor(policy, who, claims));
    }
    return [...new Set(this.found)];
  }

  private outsiders(): { readonly who: string; readonly claims: Record<string, string> }[] {
    const claims = new Set(this.gateway.policies.flatMap(({ json }) => claimsOf(formulaOf(json!))));
    return [
      { who: 'a caller that holds nothing', claims: {} },
      ...(this.gateway.users && claims.size > 0 ? [{ who: 'a caller whose claims hold other values', claims: Object.fromEntries([...claims].map((claim) => [claim, OTHER_VALUE])) }] : []),
    ];
  }

  /** A permit has to permit somebody and a forbid has to forbid somebody; and where it asks for a claim, nobody without it, or with another value. */
  private expectToApply(policy: SynthesizedPolicy): void {
    const { path, statement, json } = policy;
    const forbids = json!.effect === 'forbid';
    // A forbid is seen by what it takes away from one who may do everything.
    const permits = forbids ? { everything: 'permit(principal, action, resource);' } : undefined;
    const alone = this.schema.policies('alone', { [path]: statement, ...permits });
    const applies = (answer: CedarAnswer) => answer.reasons.includes(path);
    const tried = new Set<string>();
    let calls = 0;
    for (const call of satisfyingCalls(formulaOf(json!))) {
      if (++calls > ALTERNATIVES) break;
      for (const action of this.actionsIn(policy)) {
        const request = this.request(action, call);
        const answer = alone(request);
        answer.errors.forEach((error) => tried.add(error));
        if (!applies(answer)) continue;
        this.expectNoError(request);
        for (const claim of Object.keys(call.claims)) {
          const { [claim]: _left, ...others } = call.claims;
          const near = [others, { ...others, [claim]: OTHER_VALUE }].filter((claims) => applies(alone({ ...request, claims })));
          if (near.length > 0 && !EVERY_CALLER.test(policy.description)) this.report(policy, `it asks for the claim ${claim} and applies ${near[0] === others ? 'without it' : 'whatever it holds'}`);
        }
        return;
      }
    }
    this.report(policy, `it never ${json!.effect}s anything${tried.size > 0 ? `: ${[...tried].join('; ')}` : ''}`);
  }

  /** Whatever arguments the policy is after: an outsider is not permitted. */
  private expectToAskFor(policy: SynthesizedPolicy, who: string, claims: Record<string, string>): void {
    const formula = formulaOf(policy.json!);
    const pinned = claimsOf(formula).map((claim): Demand => ({
      of: 'tag', path: [claim], wanted: claim in claims, test: claim in claims ? { kind: 'text', fits: claims[claim] } : { kind: 'present' },
    }));
    const outsider: Demand = { of: 'principal', path: [], wanted: true, test: { kind: 'text', fits: this.nobody } };
    let calls = 0;
    for (const call of satisfyingCalls(formula, [outsider, ...pinned])) {
      if (++calls > ALTERNATIVES) break;
      for (const action of this.actionsIn(policy)) this.expectNothing(this.request(action, { ...call, claims }), who);
    }
  }

  private expectNothing(request: CedarRequest, who: string): void {
    this.expectNoError(request);
    const answer = this.together(request);
    const permitting = this.gateway.policies.filter(({ path }) => answer.decision === 'allow' && answer.reasons.includes(path));
    permitting.filter(({ description }) => !EVERY_CALLER.test(description)).forEach((policy) => this.report(policy, `it permits ${who} to call ${request.action}`));
  }

  private expectNoError(request: CedarRequest): void {
    this.together(request).errors.forEach((error) => this.found.push(`${this.gateway.path}: a call of ${request.action} ends in an error: ${error}`));
  }

  private request(action: string, { principalId = this.nobody, claims, input }: SatisfyingCall): CedarRequest {
    const { users, arn } = this.gateway;
    return { principal: { type: users ? 'OAuthUser' : 'IamEntity', id: principalId }, claims, action, gatewayArn: arn, input: callInput(this.actions.get(action)!, input) };
  }

  private get nobody(): string {
    return this.gateway.users ? 'nobody' : 'arn:aws:sts::999999999999:assumed-role/nobody';
  }

  private actionsIn({ json }: SynthesizedPolicy): string[] {
    const all = [...this.actions.keys()];
    const named = actionsOf(json);
    return named.length === 0 ? all : all.filter((action) => named.some((each) => each === action || each === 'Mcp' || each === 'CallTool' || action.startsWith(`${each}___`)));
  }

  private report({ path, name, statement }: SynthesizedPolicy, finding: string): void {
    this.found.push(`${path} (${name}): ${finding}\n${statement}`);
  }
}
