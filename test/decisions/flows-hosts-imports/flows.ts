import type { Stack } from 'aws-cdk-lib';
import { Family, gatewayArn, PROVIDERS_ISSUER, REASON } from './names';
import {
  Capability, CustomScope, GatewayInbound, IApiKeyProvider, IOAuth2Provider, IToolGateway, ToolCallAuthority, ToolGateway, TrustedUserIds, Users,
} from '../../../src';

/** What a flow needs, from AWS's descriptions of the operations. Nothing here is computed. */
export interface Flow {
  readonly family: Family;
  /** The one way to mint that the flow takes. */
  readonly mint: string;
  readonly exchanges?: boolean;
  /** Whether the user is named by a front end where the code does not mint. */
  readonly namesUsers?: boolean;
  readonly capability: (provider: IOAuth2Provider & IApiKeyProvider, stack: Stack) => Capability;
}

const scopes = [CustomScope.of('read')];
const users = Users.anyOfTheIssuer(REASON);
export const USER_IDS = TrustedUserIds.withPrefix('cognito+');

export const FLOWS: Record<string, Flow> = {
  'act as user': {
    family: 'OAuth2', mint: 'mint for a token of an employee', capability: (provider) => Capability.actAsUser(provider, { scopes, users, ...REASON }),
  },
  'act on behalf of user': {
    family: 'OAuth2', exchanges: true, mint: 'mint for a token of an employee', capability: (provider) => Capability.actOnBehalfOfUser(provider, { scopes, users, ...REASON }),
  },
  'act as trusted user id': {
    family: 'OAuth2', namesUsers: true, mint: 'mint for an id of Cognito', capability: (provider) => Capability.actAsTrustedUserId(provider, { scopes, userIds: USER_IDS, ...REASON }),
  },
  'act as itself': {
    family: 'OAuth2', mint: 'mint as itself', capability: (provider) => Capability.actAsItself(provider, { scopes, ...REASON }),
  },
  'use an API key': {
    family: 'API key', mint: 'mint as itself', capability: (provider) => Capability.useApiKey(provider, REASON),
  },
  'call tools as a machine client': {
    family: 'OAuth2',
    mint: 'mint as itself',
    capability: (provider, stack) => Capability.callTools(importedGateway(stack, GatewayInbound.jwt({ issuer: PROVIDERS_ISSUER, audiences: ['gateway'] })), {
      tools: ['Calendar___list_events'], authority: ToolCallAuthority.machineClient(provider, { scopes, audiences: ['gateway'] }), ...REASON,
    }),
  },
};

/** A gateway of another app, whose owner lets in whatever IAM or the issuer lets in. */
function importedGateway(stack: Stack, inbound: GatewayInbound): IToolGateway {
  return stack.node.tryFindChild('Gateway') as IToolGateway | undefined ?? ToolGateway.fromGatewayAttributes(stack, 'Gateway', {
    gatewayArn: gatewayArn('tools-a1b2c3d4e5'), gatewayUrl: 'https://tools-a1b2c3d4e5.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp', inbound,
  });
}
