import type { Row, Story } from './story';
import { providersOfThePlatformApp } from '../../../examples/stories/providers-of-the-platform/providers-of-the-platform-app';

/** How each team knows the provider. */
const TEAMS = { Travel: 'owned', Events: 'by name', Fleet: 'by ARN' };

export const providersOfThePlatform: Story = {
  make: providersOfThePlatformApp,
  rows: (at) => Object.entries(TEAMS).flatMap(([team, known]): Row[] => {
    const role = `${team}/ForecasterFunction/ServiceRole`;
    const own = at.identity(`${team}/Forecaster`);
    const neighbour = at.identity(`${team === 'Travel' ? 'Events' : 'Travel'}/Forecaster`);
    const key = at.arn('Platform/SecretsKey');
    return [
      [`${known}: mints for itself`, role, at.mintAsItself(own), 'Allowed'],
      [`${known}: not under another team's identity`, role, at.mintAsItself(neighbour), 'ExplicitlyDenied'],
      [`${known}: uses the key`, role, at.apiKey(own, 'acme-weather'), 'Allowed'],
      [`${known}: not under another team's identity`, role, at.apiKey(neighbour, 'acme-weather'), 'ImplicitlyDenied'],
      [`${known}: not one whose name begins alike`, role, at.apiKey(own, 'acme-weather-2'), 'ImplicitlyDenied'],
      [`${known}: AgentCore reads the platform's secret for it`, role, at.readSecret('Platform/WeatherKey', 'through AgentCore'), 'Allowed'],
      [`${known}: its code does not`, role, at.readSecret('Platform/WeatherKey', 'directly'), 'ImplicitlyDenied'],
      [`${known}: Secrets Manager decrypts for it`, role, at.decrypt(key, 'secretsmanager'), 'Allowed'],
      [`${known}: its code does not`, role, at.decrypt(key), 'ImplicitlyDenied'],
      [`${known}: nor through another service`, role, at.decrypt(key, 'ssm'), 'ImplicitlyDenied'],
    ];
  }),
};
