export { IMachineClient, MachineClient } from './machine-client';
export { AddMachineClientOptions, MachineClientProviderOptions, OidcMachineClientOptions } from './machine-client-options';
export { MachineClientInboundOptions, MachineClients, MachineClientsProps } from './machine-clients';
export { MachineScope } from './machine-scope';
