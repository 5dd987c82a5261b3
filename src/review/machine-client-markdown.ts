import { MachineClientAccess } from './access-model';
import { code, text } from './markdown-text';

/** Machine clients in the report: what each may ask for, where it gets in, and who holds it. */
export function machineClientSection(clients: readonly MachineClientAccess[]): string[] {
  return clients.length === 0 ? [] : [
    '## Machine clients',
    '',
    'Whoever uses a client may ask for all of its scopes.',
    '',
    '| Client | Issuer | Scopes | Tokens live | Secret | Protected by | Let in by | Used by | Why |',
    '|---|---|---|---|---|---|---|---|---|',
    ...clients.map(clientRow),
    '',
    ...clients.flatMap(keyNotice),
  ];
}

function clientRow(client: MachineClientAccess): string {
  const { owner, secret, awsManagedKeyReason } = client;
  const list = (values: readonly string[], none: string) => (values.length === 0 ? none : values.map(text).join('<br>'));
  const cells = [
    `${text(client.path)}${client.madeHere ? '' : ' (of another issuer)'}, ${code(client.clientId)}<br>${text(owner.name)} (${text(owner.contact)})`,
    text(client.issuer),
    client.scopes.map(code).join('<br>'),
    client.accessTokenSeconds === undefined ? 'as long as the issuer says' : `${client.accessTokenSeconds} seconds`,
    `${text(secret.kept)}, member ${code(secret.jsonKey ?? '')}`,
    `${text(secret.protectedBy)}${awsManagedKeyReason === undefined ? '' : `, NO CUSTOMER KEY: ${text(awsManagedKeyReason)}`}`,
    list(client.letInBy, 'no gateway of this app by its id'),
    list(client.usedBy, 'nobody'),
    text(client.reason),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What the owner of a key has to do. */
function keyNotice({ path, requiredKeyPolicy = [] }: MachineClientAccess): string[] {
  return requiredKeyPolicy.length === 0 ? [] : [
    `The owner of the key of ${text(path)} adds to its policy:`, '', '```json', JSON.stringify(requiredKeyPolicy, undefined, 2), '```', '',
  ];
}
