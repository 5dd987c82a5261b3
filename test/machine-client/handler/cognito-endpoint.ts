import * as http from 'node:http';
import { Endpoint, ReceivedRequest } from '../../vault/handler/endpoint';
import { errorReply, Reply } from '../../vault/handler/fault';

/** Plays Amazon Cognito: DescribeUserPoolClient, in AWS JSON 1.1. */
export class CognitoEndpoint extends Endpoint {
  /** Secrets by client id; undefined for a client without one. */
  public readonly clients = new Map<string, string | undefined>();
  /** Put into every description, such as the id of another client. */
  public deviations: Record<string, unknown> = {};

  protected operationOf({ headers }: http.IncomingMessage): string {
    return /^AWSCognitoIdentityProviderService\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1] ?? 'unknown';
  }

  protected answer(request: ReceivedRequest): Reply {
    const { UserPoolId, ClientId } = JSON.parse(request.body);
    if (request.operation !== 'DescribeUserPoolClient') {
      return errorReply(400, 'UnknownOperationException');
    }
    if (!this.clients.has(ClientId)) {
      return errorReply(400, 'ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
    }
    const ClientSecret = this.clients.get(ClientId);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ UserPoolClient: { UserPoolId, ClientId, ClientName: 'reader', ClientSecret, AllowedOAuthFlows: ['client_credentials'], ...this.deviations } }),
    };
  }
}
