import type { DeployedStory, MakeStory, Request } from './deployed-story';
import type { Decision } from '../../simulation/decision';
import type { PolicyDocument } from '../../simulation/policy-document';

/** Situation, path of the role that asks or its ARN, what it asks for, and what AWS would answer. Written by hand. */
export type Row = readonly [situation: string, principal: string, request: Request, expected: Decision];

/** What is expected of an example story. */
export interface Story {
  readonly make: MakeStory;

  /** What the checks find, as `severity rule path`, with the reason why it stays. */
  readonly acknowledged?: Record<string, string>;

  /** Policies of roles that are not in the app. */
  readonly externalPolicies?: Record<string, PolicyDocument>;

  readonly rows: (at: DeployedStory) => Row[];
}

export const VAULT_ELSEWHERE = 'The platform team\'s own app has put the vault under a customer key; this app only says so, and its templates cannot show it';
export const LOGS_ELSEWHERE = 'The platform team delivers the logs of every runtime of the account from one place';
export const FIREWALL_ELSEWHERE = 'AWS Firewall Manager associates the company\'s web ACL with each gateway of the account';

/** Claims of a user's token, as IAM sees them. */
export function claims(issuer: string, audience: string): Record<string, string | string[]> {
  return { 'bedrock-agentcore:InboundJwtClaim/iss': issuer, 'bedrock-agentcore:InboundJwtClaim/aud': [audience] };
}

/** A token of the company's employees, and tokens that are nearly one. */
export const OKTA = 'https://acme.okta.com/oauth2/default';
export const EMPLOYEE = claims(OKTA, 'api://agents');
export const OTHER_ISSUER = claims('https://acme.okta.com/oauth2/partners', 'api://agents');
export const LONGER_ISSUER = claims(`${OKTA}2`, 'api://agents');
export const OTHER_AUDIENCE = claims(OKTA, 'api://agents-test');
