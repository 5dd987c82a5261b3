import { CognitoIdentityProviderClient, DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { Binding } from './binding';
import { Deadline } from '../custom-resource/deadline';
import { FailedCall } from '../custom-resource/failed-call';
import { Problem } from '../custom-resource/problem';

const OPERATION = 'DescribeUserPoolClient';

/** The app client in Cognito, behind its one operation. */
export class AppClient {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    private readonly deadline: Deadline,
    private readonly binding: Binding,
  ) {}

  /** The client's secret, as Cognito made it. */
  public async secret(): Promise<string> {
    const { userPoolId, clientId } = this.binding;
    const command = new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId });
    let described;
    try {
      described = (await this.deadline.call(abortSignal => this.client.send(command, { abortSignal }))).UserPoolClient;
    } catch (error) {
      // Never in its own words: the parser of a broken answer quotes what stands around the break, which may be the secret.
      throw FailedCall.of(OPERATION, error, 'UNQUOTED');
    }
    if (described?.ClientId !== clientId || described.UserPoolId !== userPoolId) {
      throw new FailedCall(OPERATION, 'unanswered', 'an answer about another client');
    }
    if (!described.ClientSecret) {
      throw new Problem('MachineClientSecret/NoSecret', {
        what: 'The app client has no secret.',
        received: `client ${clientId} of user pool ${userPoolId}`,
        allowed: 'a client that was made with GenerateSecret',
        action: 'Nothing was changed. Replace the client: give it another id in the app.',
      });
    }
    return described.ClientSecret;
  }
}
