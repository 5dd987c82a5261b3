import { AppClient } from './app-client';
import { Binding, Request } from './binding';
import { KeptSecret, SecretState } from './kept-secret';
import { SecretVersion } from './secret-version';
import { Log } from '../custom-resource/log';
import { Problem } from '../custom-resource/problem';
import { Redaction } from '../custom-resource/redaction';
import { Retry } from '../custom-resource/retry';

/** How a request ended: something was written, it was there already, or somebody else has written since. */
export type Outcome = 'written' | 'unchanged' | 'superseded';

/**
 * Moves the client's secret from Cognito to Secrets Manager: look, judge, write, and after any trouble from the start.
 *
 * After a lost answer, looking shows whether the version was written; writing the same version once more changes nothing.
 */
export class SecretMove {
  private sent = false;

  constructor(
    private readonly binding: Binding,
    private readonly appClient: AppClient,
    private readonly kept: KeptSecret,
    private readonly retry: Retry,
    private readonly redact: Redaction,
    private readonly log: Log,
  ) {}

  /** Whether a version was sent that may have been written, also if the request failed afterwards. */
  public get mayHaveWritten(): boolean {
    return this.sent;
  }

  /** Does what the request asks for, in as many attempts as the time allows. */
  public async carryOut(request: Request, requestId: string): Promise<Outcome> {
    for (;;) {
      try {
        return await this.attempt(request, requestId);
      } catch (error) {
        await this.retry.after(error);
      }
    }
  }

  private async attempt(request: Request, requestId: string): Promise<Outcome> {
    const state = await this.kept.look();
    if (state.isDeleted) {
      throw new Problem('MachineClientSecret/SecretDeleted', {
        what: 'The secret in Secrets Manager is scheduled for deletion.',
        received: this.binding.secretArn,
        action: 'Nothing was changed. Restore it (aws secretsmanager restore-secret) and deploy again.',
      });
    }
    if (request.isSameAsBefore && state.current !== undefined && !this.sent) {
      // The client is the same, so what is in use now came later: by rotation.
      return 'unchanged';
    }
    const secret = await this.appClient.secret();
    this.redact.hide(secret);
    const version = new SecretVersion(this.binding, secret, requestId);
    const verdict = judge(state, version);
    this.log.info('Secret looked at', { versions: state.versions.length, verdict: verdict ?? 'to be written' });
    return verdict ?? this.write(version, secret);
  }

  private async write(version: SecretVersion, secret: string): Promise<Outcome> {
    this.sent = true;
    return await this.kept.put(version.id, secret) ? 'written' : 'superseded';
  }
}

/** How it stands already, or nothing where the version has to be written. */
function judge(state: SecretState, version: SecretVersion): Outcome | undefined {
  if (state.current !== undefined && version.isIn(state.current)) {
    return 'unchanged';
  }
  return state.versions.includes(version.id) ? 'superseded' : undefined;
}
