import { CheckOptions } from '../../src/checks/check-options';
import { Finding } from '../../src/checks/finding';
import { runChecks } from '../../src/checks/run-checks';
import { synthesizedApp } from '../../src/synthesized/synthesized-app';
import type { TemplateResource } from '../../src/synthesized/template';

/** The resources of one stack, `S`. */
export type Resources = Record<string, TemplateResource>;

export const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
export const DIRECTORY = `${AC}:workload-identity-directory/default`;
export const VAULT = `${AC}:token-vault/default`;
export const SECRETS = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret';

/** What the checks find in an app of the given stacks. */
export function findings(stacks: Record<string, Resources>, options: Partial<CheckOptions> = {}, access?: unknown): Finding[] {
  const app = synthesizedApp(Object.entries(stacks).map(([name, resources]) => ({
    name, path: name, account: '111122223333', region: 'eu-west-1', template: { Resources: resources },
  })), access);
  return runChecks(app, { requireCustomerKeys: false, ...options });
}

/** What one rule finds, as `<path>: <detail>`. */
export function foundBy(rule: string, all: readonly Finding[]): string[] {
  return all.filter((finding) => finding.rule.id === rule).map(({ resource, detail }) => `${resource.path}: ${detail}`);
}

export interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** A role of a function with the given statements. */
export function role(...statements: Statement[]): TemplateResource {
  return trusting({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }, ...statements);
}

/** A role with a trust statement. */
export function trusting(trust: Statement, ...statements: Statement[]): TemplateResource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: document(trust), Policies: [{ PolicyName: 'P', PolicyDocument: document(...statements) }] },
  };
}

export function document(...statements: Statement[]): unknown {
  return { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) };
}

/** A resource of AgentCore. */
export function agentCore(kind: string, properties: Record<string, unknown> = {}): TemplateResource {
  return { Type: `AWS::BedrockAgentCore::${kind}`, Properties: properties };
}

/** A role within a boundary of the app. */
export function within(boundary: Statement, ...statements: Statement[]): Resources {
  const { Type, Properties } = role(...statements);
  return {
    R: { Type, Properties: { ...Properties, PermissionsBoundary: { Ref: 'B' } } },
    B: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(boundary) } },
  };
}
