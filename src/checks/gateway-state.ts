import { CheckInput } from './check-input';
import { Found } from './rule';
import { agentCoreResources } from '../synthesized/agentcore-resources';
import { isOpaque } from '../synthesized/opaque-text';
import { asRecord } from '../synthesized/record';
import { SynthesizedResource } from '../synthesized/synthesized-app';

/** What a gateway is, as far as the template tells. A text that only a deployment knows is `undefined`. */
export interface GatewayState {
  readonly resource: SynthesizedResource;
  readonly authorizer: { readonly known: boolean; readonly type?: string };
  readonly jwt: Readonly<Record<string, unknown>>;
  readonly hasEngine: boolean;
  /** Absent: known only at deployment. */
  readonly mode?: string;
  readonly exceptionLevel?: string;
  readonly hasWaf: boolean;
}

/** All gateways, once for each form that conditions give them. */
export function gatewayStates({ app }: CheckInput): GatewayState[] {
  return agentCoreResources(app, 'Gateway').flatMap(({ resource, forms }) => forms.map(({ value }) => {
    const { AuthorizerType: type, PolicyEngineConfiguration: engine, ExceptionLevel: level } = value;
    const { Mode: mode } = asRecord(engine);
    return {
      resource,
      authorizer: { known: !(typeof type === 'string' && isOpaque(type)), ...text('type', type) },
      jwt: asRecord(asRecord(value.AuthorizerConfiguration).CustomJWTAuthorizer),
      hasEngine: engine !== undefined,
      ...text('mode', mode),
      ...text('exceptionLevel', level),
      hasWaf: value.WafConfiguration !== undefined,
    };
  }));
}

/** Where a property of a gateway is found wanting. */
export function foundIn({ resource }: GatewayState, property: string, detail: string): Found {
  return { resource, location: `Properties.${property}`, detail };
}

function text<K extends string>(key: K, value: unknown): { [key in K]?: string } {
  return (typeof value === 'string' && !isOpaque(value) ? { [key]: value } : {}) as { [key in K]?: string };
}
