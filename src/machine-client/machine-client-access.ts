import { clientSecretKeyStatement } from './client-secret-key';
import { CognitoMachineClient } from './cognito-machine-client';
import type { IMachineClient } from './machine-client';
import { gatewaysFor, usersOf } from './machine-client-use';
import { environmentAccess } from '../agent/access-entry';
import { environmentOf } from '../declaration/environment';
import { Ledger } from '../declaration/ledger';
import { readable } from '../declaration/readable';
import { keyBehind } from '../provider/key-arn';
import { secretLabel } from '../provider/secret-access';
import type { MachineClientAccess } from '../review/access-model';
import { readableJson } from '../review/readable-json';

const AT_DEPLOYMENT = '(known at deployment)';

/** A machine client's entry in the access model. */
export function machineClientAccess(client: IMachineClient): MachineClientAccess {
  const { clientSecret: { secret, jsonKey, encryptionKey }, accessTokenLifetime, owner } = client;
  const made = client instanceof CognitoMachineClient ? client : undefined;
  const ledger = Ledger.of(client);
  const key = encryptionKey === undefined ? undefined : keyBehind(encryptionKey);
  return {
    path: client.node.path,
    environment: environmentAccess(client.env),
    madeHere: made !== undefined,
    owner: { name: readable(owner.name, AT_DEPLOYMENT), contact: readable(owner.contact, AT_DEPLOYMENT) },
    reason: client.reason,
    issuer: readable(client.issuer, AT_DEPLOYMENT),
    clientId: readable(client.clientId, AT_DEPLOYMENT),
    scopes: client.scopes.map(({ value }) => readable(value, AT_DEPLOYMENT)).sort(),
    ...(accessTokenLifetime !== undefined ? { accessTokenSeconds: accessTokenLifetime.toSeconds() } : {}),
    secret: {
      kept: secretLabel(secret!),
      jsonKey: jsonKey!,
      protectedBy: key === undefined ? 'the AWS managed key, or one that this app does not know' : `customer key ${readable(key.keyRef.keyArn, key.node.path)}`,
    },
    ...(made?._awsManagedKeyReason !== undefined ? { awsManagedKeyReason: made._awsManagedKeyReason } : {}),
    ...(made !== undefined && !made._keyPolicyIsHere ? { requiredKeyPolicy: [readableJson(clientSecretKeyStatement(environmentOf(made)).toStatementJson())] } : {}),
    letInBy: gatewaysFor(client, ledger),
    usedBy: usersOf(client, ledger),
  };
}
