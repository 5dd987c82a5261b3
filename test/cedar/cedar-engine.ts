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
  const answer = cedar.preparsePolicySet('prepared', { staticPolicies: policies });
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  return (request) => decisionOf(cedar.statefulIsAuthorized({ ...callOf(request), preparsedPolicySetId: 'prepared' }));
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
