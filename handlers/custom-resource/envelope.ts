/** The part of an event that an answer needs, whatever else may be wrong with it. */
export interface Envelope {
  /** Where CloudFormation waits. Its query is a credential: whoever has it can answer for the stack. */
  readonly responseUrl: URL;
  readonly requestType: string;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly physicalResourceId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly oldProperties: Readonly<Record<string, unknown>>;
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Reads as much of the event as an answer needs.
 *
 * Raises an error only if there is nowhere to answer to. Plain HTTP is for local endpoints: the answer decides over the
 * stack.
 */
export function envelope(event: unknown): Envelope {
  const fields = record(event);
  const responseUrl = typeof fields.ResponseURL === 'string' && URL.canParse(fields.ResponseURL) ? new URL(fields.ResponseURL) : undefined;
  if (!responseUrl || !(responseUrl.protocol === 'https:' || (responseUrl.protocol === 'http:' && LOOPBACK.includes(responseUrl.hostname)))) {
    throw new Error('The event has no usable ResponseURL, so nobody can be told');
  }
  return {
    responseUrl,
    requestType: text(fields.RequestType) ?? '',
    stackId: text(fields.StackId) ?? '',
    requestId: text(fields.RequestId) ?? '',
    logicalResourceId: text(fields.LogicalResourceId) ?? '',
    physicalResourceId: text(fields.PhysicalResourceId),
    properties: record(fields.ResourceProperties),
    oldProperties: record(fields.OldResourceProperties),
  };
}

/** A text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
}
