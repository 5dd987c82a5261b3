/** What an endpoint sends back. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One way for an endpoint to misbehave, for one request. */
export interface Fault {
  /** The way it shows. `hang` never answers, `slow` answers correctly, later. */
  readonly kind: 'reply' | 'drop' | 'hang' | 'truncate' | 'slow';
  /** Whether the endpoint does what it was asked for before it misbehaves. */
  readonly takesEffect: boolean;
  readonly reply?: Reply;
  /** How much later. */
  readonly milliseconds?: number;
  /** Only for this operation; others pass. */
  readonly operation?: string;
}

/** An error in both protocols at once: REST-JSON reads the header, AWS JSON the body. */
export function errorReply(status: number, type: string, message = `${type} by script`): Reply {
  return {
    status,
    headers: { 'x-amzn-errortype': type, 'x-amzn-requestid': '8f4e1c0a-0000-4000-8000-000000000000' },
    body: JSON.stringify({ __type: type, message }),
  };
}

/** Every way to misbehave that passes if one tries again. */
export const TRANSIENT: Readonly<Record<string, Fault>> = {
  throttled: { kind: 'reply', takesEffect: false, reply: errorReply(429, 'ThrottlingException') },
  throttledAsClientError: { kind: 'reply', takesEffect: false, reply: errorReply(400, 'ThrottlingException') },
  throttledOnTheWay: { kind: 'reply', takesEffect: false, reply: { status: 429, body: '{}' } },
  conflict: { kind: 'reply', takesEffect: false, reply: errorReply(409, 'ConcurrentModificationException', 'Conflicting request during InitializeMutation') },
  serverError: { kind: 'reply', takesEffect: false, reply: errorReply(500, 'InternalServerException') },
  serverErrorAfterEffect: { kind: 'reply', takesEffect: true, reply: errorReply(500, 'InternalServerException') },
  unavailablePage: { kind: 'reply', takesEffect: false, reply: { status: 503, body: '<html>Service Unavailable</html>' } },
  droppedBeforeEffect: { kind: 'drop', takesEffect: false },
  droppedAfterEffect: { kind: 'drop', takesEffect: true },
  hangingBeforeEffect: { kind: 'hang', takesEffect: false },
  hangingAfterEffect: { kind: 'hang', takesEffect: true },
  truncatedAfterEffect: { kind: 'truncate', takesEffect: true },
  garbledAfterEffect: { kind: 'reply', takesEffect: true, reply: { status: 200, body: 'not json' } },
  slow: { kind: 'slow', takesEffect: true, milliseconds: 12_000 },
};

/** Ways in which the delivery of an answer goes wrong, at first. */
export const LOST_ANSWER: Readonly<Record<string, Fault>> = {
  serverError: { kind: 'reply', takesEffect: false, reply: { status: 503, body: '<Error><Code>SlowDown</Code></Error>' } },
  serverErrorAfterEffect: { kind: 'reply', takesEffect: true, reply: { status: 500, body: '<Error><Code>InternalError</Code></Error>' } },
  droppedBeforeEffect: { kind: 'drop', takesEffect: false },
  droppedAfterEffect: { kind: 'drop', takesEffect: true },
  hangingBeforeEffect: { kind: 'hang', takesEffect: false },
  hangingAfterEffect: { kind: 'hang', takesEffect: true },
  slow: { kind: 'slow', takesEffect: true, milliseconds: 3_000 },
};
