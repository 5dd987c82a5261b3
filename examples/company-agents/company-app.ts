import { App, AppProps } from 'aws-cdk-lib';
import { EngineeringStack } from './engineering-stack';
import { PlatformStack } from './platform-stack';
import { SalesStack } from './sales-stack';

/** A company's agents: the platform team owns the providers, two teams own three agents. */
export function companyApp(props?: AppProps): App {
  const app = new App(props);
  const env = { account: '111122223333', region: 'eu-west-1' };
  const platform = new PlatformStack(app, 'Platform', { env });
  new SalesStack(app, 'Sales', { env, google: platform.google, weather: platform.weather });
  new EngineeringStack(app, 'Engineering', { env, ticketsAsMachine: platform.ticketsAsMachine, ticketsAsUser: platform.ticketsAsUser });
  return app;
}
