import type { Story } from './story';
import { rotatingSecretApp } from '../../../examples/stories/rotating-secret/rotating-secret-app';

const PLANNER = 'Field/PlannerFunction/ServiceRole';
const ROTATOR = 'Field/RotatorFunction/ServiceRole';

export const rotatingSecret: Story = {
  make: rotatingSecretApp,
  rows: (at) => {
    const own = at.identity('Field/Planner');
    const secret = (action: string) => ({ action: `secretsmanager:${action}`, resources: [at.arn('Field/WeatherKey')] });
    return [
      ['the planner uses the key of the day', PLANNER, at.apiKey(own, 'acme-field-weather'), 'Allowed'],
      ['and no other', PLANNER, at.apiKey(own, 'acme-weather'), 'ImplicitlyDenied'],
      ['AgentCore reads the key for it, whichever version it is', PLANNER, at.readSecret('Field/WeatherKey', 'through AgentCore'), 'Allowed'],
      ['its code does not', PLANNER, at.readSecret('Field/WeatherKey', 'directly'), 'ImplicitlyDenied'],
      ['it does not write the key', PLANNER, secret('PutSecretValue'), 'ImplicitlyDenied'],
      ['nor start a rotation', PLANNER, secret('RotateSecret'), 'ImplicitlyDenied'],
      ['nor call an old version the current one', PLANNER, secret('UpdateSecretVersionStage'), 'ImplicitlyDenied'],
      ['the rotating function writes the key', ROTATOR, secret('PutSecretValue'), 'Allowed'],
      ['but does not act as the agent', ROTATOR, at.mintAsItself(own), 'ImplicitlyDenied'],
      ['nor gets the key from AgentCore', ROTATOR, at.apiKey(own, 'acme-field-weather'), 'ImplicitlyDenied'],
    ];
  },
};
