import { CapabilityKind } from './capability-kind';
import { actsAsItself, needsConsent } from './user-token';
import type { OAuth2Flow } from '../agent/manifest-shape';

/** `oauth2Flow` of GetResourceOauth2Token. https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_GetResourceOauth2Token.html */
export function oauth2Flow(capability: { readonly kind: CapabilityKind; readonly provider?: unknown }): OAuth2Flow {
  return actsAsItself(capability) ? 'M2M' : needsConsent(capability) ? 'USER_FEDERATION' : 'ON_BEHALF_OF_TOKEN_EXCHANGE';
}
