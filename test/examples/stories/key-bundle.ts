import type { Story } from './story';
import { keyBundleApp } from '../../../examples/stories/key-bundle/key-bundle-app';

const COURIER = 'Delivery/CourierFunction/ServiceRole';
const CASHIER = 'Delivery/CashierFunction/ServiceRole';

export const keyBundle: Story = {
  make: keyBundleApp,
  rows: (at) => {
    const [courier, cashier] = ['Courier', 'Cashier'].map((agent) => at.identity(`Delivery/${agent}`));
    const key = at.arn('Delivery/SecretsKey');
    return [
      ['the courier mints for itself', COURIER, at.mintAsItself(courier), 'Allowed'],
      ['not under the cashier\'s identity', COURIER, at.mintAsItself(cashier), 'ExplicitlyDenied'],
      ['it gets the bundle of map keys', COURIER, at.apiKey(courier, 'acme-maps'), 'Allowed'],
      ['and not the key of payments, which is not in it', COURIER, at.apiKey(courier, 'acme-payments'), 'ImplicitlyDenied'],
      ['nor under the cashier\'s identity', COURIER, at.apiKey(cashier, 'acme-maps'), 'ImplicitlyDenied'],
      ['AgentCore reads the bundle for it', COURIER, at.readSecret('Delivery/MapKeys', 'through AgentCore'), 'Allowed'],
      ['its code does not', COURIER, at.readSecret('Delivery/MapKeys', 'directly'), 'ImplicitlyDenied'],
      ['and the other secret nobody does for it', COURIER, at.readSecret('Delivery/PaymentsKey', 'through AgentCore'), 'ImplicitlyDenied'],
      ['Secrets Manager decrypts for it', COURIER, at.decrypt(key, 'secretsmanager'), 'Allowed'],
      ['its code does not', COURIER, at.decrypt(key), 'ImplicitlyDenied'],
      ['nor does another service', COURIER, at.decrypt(key, 'ssm'), 'ImplicitlyDenied'],
      ['the cashier gets the key of payments', CASHIER, at.apiKey(cashier, 'acme-payments'), 'Allowed'],
      ['and not one map', CASHIER, at.apiKey(cashier, 'acme-maps'), 'ImplicitlyDenied'],
    ];
  },
};
