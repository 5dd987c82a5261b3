import { Stack } from 'aws-cdk-lib';
import { Capability } from '../capability/capability';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { valueForStack } from '../declaration/cross-stack-value';
import { readable } from '../declaration/readable';
import type { IToolGateway } from '../gateway/imported-gateway';
import type { ToolGateway } from '../gateway/tool-gateway';
import { NamedResource } from '../permission/statement';
import { providerKey } from '../provider/provider-key';
import { secretLabel } from '../provider/secret-access';

/** A gateway that is made in this app, with its targets and rules. */
export function ownGateway(gateway: IToolGateway | undefined): ToolGateway | undefined {
  return gateway !== undefined && '_engine' in gateway ? gateway as ToolGateway : undefined;
}

/** An attribute of a gateway for use in a stack. */
export function gatewayValue(consumer: Stack, gateway: IToolGateway, attribute: 'gatewayArn' | 'gatewayUrl'): string {
  const own = ownGateway(gateway);
  return own === undefined ? gateway[attribute] : valueForStack(consumer, own._resource, own[attribute]);
}

/** The gateways that these capabilities call with the agent's role, where IAM decides who gets in. */
export function gatewayResources(consumer: Stack, capabilities: readonly Capability[]): NamedResource[] {
  return capabilities
    .filter(({ gateway, toolAuthority }) => toolAuthority?.kind === ToolCallAuthorityKind.AGENT_ROLE && gateway?.inbound.kind === 'AWS_IAM')
    .map(({ gateway }) => ({ arn: gatewayValue(consumer, gateway!, 'gatewayArn'), label: gatewayLabel(gateway!) }));
}

/** A gateway for people. */
export function gatewayLabel(gateway: IToolGateway): string {
  return `gateway ${ownGateway(gateway) !== undefined ? gateway.node.path : readable(gateway.gatewayArn, gateway.node.path)}`;
}

/** What a capability is about: the same text for two that should have been one. */
export function subjectOf({ kind, gateway, toolAuthority, provider, apiKeyProvider, secret }: Capability): string {
  const used = provider ?? apiKeyProvider;
  return [
    kind, provider !== undefined ? 'OAuth2' : 'key', used !== undefined ? providerKey(used) : '',
    gateway !== undefined ? gatewayLabel(gateway) : '', toolAuthority?.kind ?? '', secret !== undefined ? secretLabel(secret) : '',
  ].join('\u0000');
}

/** The construct behind a capability: the provider, the gateway that is called without one, or the secret that code reads. */
export function placeOf({ provider, apiKeyProvider, gateway, secret }: Capability): string {
  return (provider ?? apiKeyProvider ?? gateway ?? secret)!.node.path;
}
