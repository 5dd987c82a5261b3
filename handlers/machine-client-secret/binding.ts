import { Envelope, text } from '../custom-resource/envelope';
import { Problem } from '../custom-resource/problem';

/** The one client and the one secret that a function is for. */
export interface Binding {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly secretArn: string;
}

/** What a stack asked for, and what it had asked for before. */
export interface Request {
  /** Whether this update names the client and the secret that the one before it named. */
  readonly isSameAsBefore: boolean;
}

const FIELDS = { userPoolId: 'UserPoolId', clientId: 'ClientId', secretArn: 'SecretArn' } as const;

/** Reads the function's own settings, which only a deployment can change. */
export function bindingIn(environment: NodeJS.ProcessEnv): Partial<Binding> {
  return { userPoolId: environment.USER_POOL_ID, clientId: environment.CLIENT_ID, secretArn: environment.SECRET_ARN };
}

/**
 * Reads what is asked for, or raises a problem: the event may name nothing but what the function is bound to.
 *
 * Whoever may invoke the function could otherwise have the secret of one client put where another agent reads, and a request
 * of an earlier deployment that arrives late would put back a client that has been replaced.
 */
export function boundRequest(from: Envelope, binding: Partial<Binding>): Request {
  if (from.requestType !== 'Create' && from.requestType !== 'Update') {
    throw new Problem('MachineClientSecret/RequestType', {
      what: 'CloudFormation sent a request that this handler does not know.',
      received: `RequestType "${from.requestType}"`,
      allowed: 'Create, Update, Delete',
      action: 'Invoke the function through CloudFormation only.',
    });
  }
  Problem.throwAll(Object.entries(FIELDS).flatMap(([name, property]) => {
    const bound = binding[name as keyof Binding];
    const received = text(from.properties[property]);
    return bound !== undefined && bound !== '' && received === bound ? [] : [new Problem('MachineClientSecret/NotBound', {
      what: 'This function is for another client or secret.',
      received: `${property} ${received === undefined ? 'that is missing or no text' : `"${received}"`}`,
      allowed: `"${bound ?? ''}"`,
      action: 'Nothing was changed. If the request is of an earlier deployment, nothing needs to be done; else deploy again.',
    })];
  }));
  return {
    isSameAsBefore: from.requestType === 'Update' && Object.values(FIELDS).every(property => from.oldProperties[property] === from.properties[property]),
  };
}
