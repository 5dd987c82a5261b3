import { actionReference, conditionKeyType } from './action-reference';

export type RequestContext = Record<string, string | string[]>;

/** A question for IAM: may this principal do this to all of these resources? */
export interface AccessRequest {
  /** A role's name or ARN, a service principal, or an account's root. */
  readonly principal: string;
  readonly action: string;
  /** Every resource that AWS checks for the action. One that is missing is refused, because it would decide too much. */
  readonly resources: string[];
  readonly context?: RequestContext;
  /** For questions about some of an action's resources only. @default false */
  readonly partial?: boolean;
}

/** A request in the form in which AWS would make it. */
export interface CheckedRequest {
  readonly action: string;
  readonly resources: string[];
  readonly context: RequestContext;
  /** The same text for the same action and context. */
  readonly key: string;
}

/**
 * Refuses requests that AWS cannot receive, unlike the simulator (0.1.173), whose validating entry point leaves out every
 * context key that it does not expect and goes on. It keeps the global keys (`aws:ViaAWSService`), `kms:ViaService`,
 * `bedrock-agentcore:userid` and the claims where the action has them, but leaves out `kms:EncryptionContext:…`, which AWS
 * has, and a key of another action; of two values for a single-valued key it takes the first. A test would then pass for
 * the wrong reason.
 */
export async function checkRequest(request: Omit<AccessRequest, 'principal'>): Promise<CheckedRequest> {
  const { action, resources, context = {} } = request;
  const reference = await actionReference(action);
  if (!reference) throw new Error(`there is no action ${action}`);
  if (reference.resourceTypes.length === 0 && resources.join() !== '*') throw new Error(`${action} has no resources; ask for "*"`);
  if (resources.length === 0) throw new Error(`${action} is asked for without a resource`);
  for (const resource of reference.resourceTypes.length > 0 ? resources : []) {
    if (/[*?]/.test(resource)) throw new Error(`${action} is asked for a pattern, ${resource}; a request has exact resources`);
    if (!reference.resourceTypes.some(type => type.matches(resource))) throw new Error(`${action} does not work on ${resource}`);
  }
  const missing = reference.resourceTypes.filter(type => type.required && !resources.some(resource => type.matches(resource)));
  if (missing.length > 0 && !request.partial) throw new Error(`${action} also needs a ${missing.map(type => type.name).join(' and a ')}`);
  const typed: RequestContext = {};
  for (const [key, value] of Object.entries(context)) {
    if (!reference.supports(key)) throw new Error(`${action} has no condition key ${key}`);
    const many = (await conditionKeyType(key))?.startsWith('ArrayOf') ?? false;
    if (!many && Array.isArray(value)) throw new Error(`${key} has one value, got ${JSON.stringify(value)}`);
    typed[key] = many ? [value].flat() : value;
  }
  return { action, resources, context: typed, key: `${action} ${JSON.stringify(Object.entries(typed).sort())}` };
}

/** What AWS adds to each request by itself. The request's own values win: `aws:ViaAWSService`, for example. */
export function ambientContext(principalArn: string, resourceArn: string): RequestContext {
  const [, , , region, resourceAccount] = resourceArn.split(':');
  const common: RequestContext = { 'aws:ViaAWSService': 'false', 'aws:SecureTransport': 'true' };
  if (region) common['aws:RequestedRegion'] = region;
  if (resourceAccount) common['aws:ResourceAccount'] = resourceAccount;
  if (!principalArn.startsWith('arn:')) return { ...common, 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principalArn };
  const accountId = principalArn.split(':')[4];
  return {
    ...common,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalArn': principalArn,
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalType': principalArn.endsWith(':root') ? 'Account' : 'AssumedRole',
    'kms:CallerAccount': accountId,
  };
}
