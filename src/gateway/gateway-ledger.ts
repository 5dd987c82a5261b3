import { IConstruct } from 'constructs';
import type { ToolGateway } from './tool-gateway';

const BY_ROOT = new WeakMap<IConstruct, ToolGateway[]>();

/** Notes a gateway at the root of its construct tree. */
export function declareGateway(gateway: ToolGateway): void {
  const { root } = gateway.node;
  BY_ROOT.set(root, [...BY_ROOT.get(root) ?? [], gateway]);
}

/** The gateways of an app, sorted by path. */
export function gatewaysOf(scope: IConstruct): ToolGateway[] {
  return [...BY_ROOT.get(scope.node.root) ?? []].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
}
