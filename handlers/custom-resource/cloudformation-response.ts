/** What CloudFormation is told. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** CloudFormation refuses longer answers, and then waits until it gives up. */
const LONGEST_ANSWER = 4096;

/** The answer's body, its reason shortened to what CloudFormation takes. The code at the reason's end stays. */
export function bodyOf(answer: Answer): string {
  const reason = answer.Reason ?? '';
  const code = /\[[^\]]{1,60}\]$/.exec(reason)?.[0] ?? '';
  let body = JSON.stringify(answer);
  for (let kept = reason.length; Buffer.byteLength(body) > LONGEST_ANSWER && kept > 0;) {
    kept = Math.floor(kept * 0.9);
    body = JSON.stringify({ ...answer, Reason: `${reason.slice(0, kept)}… ${code}` });
  }
  return body;
}
