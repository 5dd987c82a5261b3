import * as http from 'node:http';
import { Endpoint, ReceivedRequest } from './endpoint';
import { Reply } from './fault';

/** What CloudFormation reads. */
export interface GivenAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Record<string, string>;
}

const LONGEST_ANSWER = 4096;

/** Plays the bucket behind CloudFormation's pre-signed URLs. The first answer to a request counts. */
export class AnswerEndpoint extends Endpoint {
  private readonly answers = new Map<string, GivenAnswer>();

  /** A URL as CloudFormation makes it, signed now. */
  public presignedUrl(requestId: string, signature: string): string {
    const date = new Date(this.clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
    return `${this.url}/arn%3Aaws%3Acloudformation%3Aeu-west-1%3A111122223333%3Astack/app%7CVault%7C${requestId}`
      + `?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-SignedHeaders=host&X-Amz-Expires=7200`
      + `&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F${date.slice(0, 8)}%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=${signature}`;
  }

  /** What CloudFormation knows of a request. */
  public answerTo(requestId: string): GivenAnswer | undefined {
    return this.answers.get(requestId);
  }

  protected operationOf(request: http.IncomingMessage): string {
    return request.method ?? '';
  }

  protected answer(request: ReceivedRequest): Reply {
    const answer = JSON.parse(request.body) as GivenAnswer;
    // The signature covers an empty content type; CloudFormation takes no more than 4 KB.
    if (request.operation !== 'PUT' || request.headers['content-type'] !== '' || Buffer.byteLength(request.body) > LONGEST_ANSWER) {
      return { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
    }
    const requestId = decodeURIComponent(new URL(request.path, this.url).pathname).split('|')[2];
    if (!this.answers.has(requestId)) {
      this.answers.set(requestId, answer);
    }
    return { status: 200, body: '' };
  }
}
