import { App, AppProps } from 'aws-cdk-lib';
import { AgentsStack } from './agents-stack';
import { CalendarStack } from './calendar-stack';

/** The market calendar: an MCP server behind OAuth, the gateways in front of it, and three agents that call its tools. */
export function marketApp(props?: AppProps): App {
  const app = new App(props);
  const env = { account: '111122223333', region: 'eu-west-1' };
  const calendar = new CalendarStack(app, 'Calendar', { env });
  new AgentsStack(app, 'Agents', { env, tools: calendar.tools, inside: calendar.inside });
  return app;
}
