import * as cedar from '@cedar-policy/cedar-wasm/nodejs';

/** One question to Cedar's own engine. */
export interface CedarRequest {
  readonly principal: { readonly type: 'OAuthUser' | 'IamEntity'; readonly id: string };
  /** Claims of the caller's token, as texts. */
  readonly claims?: Record<string, string>;
  readonly action: string;
  /** Groups that the action is in, where no schema says so. */
  readonly actionGroups?: string[];
  readonly gatewayArn: string;
  readonly input?: Record<string, cedar.CedarValueJson>;
}

/** Decides with Cedar's own engine. An error in any policy is an error here: Cedar itself would skip the policy. */
export function decide(policies: string, request: CedarRequest, schema?: string): 'allow' | 'deny' {
  const validation = schema !== undefined ? { schema, validateRequest: true } : {};
  return decisionOf(cedar.isAuthorized({ ...callOf(request), ...validation, policies: { staticPolicies: policies } }));
}

/** Reads policies once, for many questions without a schema. */
export function prepared(policies: string): (request: CedarRequest) => 'allow' | 'deny' {
  expectSuccess(cedar.preparsePolicySet('prepared', { staticPolicies: policies }));
  return (request) => decisionOf(cedar.statefulIsAuthorized({ ...callOf(request), preparsedPolicySetId: 'prepared' }));
}

/** What Cedar says to one question: the decision, the policies that it rests on, and errors in any of them. */
export interface CedarAnswer {
  readonly decision: 'allow' | 'deny';
  readonly reasons: readonly string[];
  readonly errors: readonly string[];
}

/** Reads a schema once, for many questions to policies that are read once as well; requests are checked against it. One at a time. */
export class PreparedSchema {
  constructor(schema: string) {
    expectSuccess(cedar.preparseSchema('prepared', schema));
  }

  /** The policies by name, together. An `id` is used again by the next who gives it. */
  policies(id: string, policies: Record<string, string>): (request: CedarRequest) => CedarAnswer {
    expectSuccess(cedar.preparsePolicySet(id, { staticPolicies: policies }));
    return (request) => namedAnswer(cedar.statefulIsAuthorized({ ...callOf(request), preparsedPolicySetId: id, preparsedSchemaName: 'prepared', validateRequest: true }));
  }
}

function expectSuccess(answer: cedar.CheckParseAnswer): void {
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
}

function namedAnswer(answer: cedar.AuthorizationAnswer): CedarAnswer {
  if (answer.type === 'failure') return { decision: 'deny', reasons: [], errors: answer.errors.map(({ message }) => message) };
  const { decision, diagnostics } = answer.response;
  return { decision, reasons: diagnostics.reason, errors: diagnostics.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`) };
}

function callOf({ principal, claims = {}, action, actionGroups = [], gatewayArn, input = {} }: CedarRequest) {
  const uid = { type: `AgentCore::${principal.type}`, id: principal.id };
  const gateway = { type: 'AgentCore::Gateway', id: gatewayArn };
  return {
    principal: uid,
    action: { type: 'AgentCore::Action', id: action },
    resource: gateway,
    context: { input },
    entities: [
      { uid, attrs: (principal.type === 'IamEntity' ? { id: principal.id } : {}) as Record<string, cedar.CedarValueJson>, parents: [], tags: claims },
      { uid: gateway, attrs: {}, parents: [] },
      ...(actionGroups.length === 0 ? [] : [{ uid: { type: 'AgentCore::Action', id: action }, attrs: {}, parents: actionGroups.map((id) => ({ type: 'AgentCore::Action', id })) }]),
    ],
  };
}

function decisionOf(answer: cedar.AuthorizationAnswer): 'allow' | 'deny' {
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  const { errors } = answer.response.diagnostics;
  if (errors.length > 0) throw new Error(errors.map(({ error }) => error.message).join('; '));
  return answer.response.decision;
}

/** What Cedar's parser and strict validator object to, warnings included. */
export function findings(policies: string, schema: string): string[] {
  const parsed = cedar.checkParsePolicySet({ staticPolicies: policies });
  if (parsed.type === 'failure') return parsed.errors.map(({ message }) => `does not parse: ${message}`);
  const answer = cedar.validate({ schema, policies: { staticPolicies: policies }, validationSettings: { mode: 'strict' } });
  if (answer.type === 'failure') return answer.errors.map(({ message }) => `cannot be validated: ${message}`);
  return [...answer.validationErrors, ...answer.validationWarnings, ...answer.otherWarnings.map((error) => ({ policyId: '', error }))]
    .map(({ policyId, error }) => `${policyId}: ${error.message}`);
}

/** How many statements a text has. AgentCore takes one for each policy. */
export function statementCount(policies: string): number {
  const parts = cedar.policySetTextToParts(policies);
  if (parts.type === 'failure') throw new Error(parts.errors.map(({ message }) => message).join('; '));
  return parts.policies.length + parts.policy_templates.length;
}

/** A policy as Cedar's JSON, or nothing where it does not parse as one. */
export function policyJson(statement: string): cedar.PolicyJson | undefined {
  const answer = cedar.policyToJson(statement);
  return answer.type === 'success' ? answer.json : undefined;
}
