import { Token } from 'aws-cdk-lib';
import { Problems } from '../declaration/problems';

/**
 * Expects a tool's name. It becomes part of a Cedar action, so it must be known at synthesis.
 */
export function expectToolName(problems: Problems, name: unknown): void {
  problems.expect(typeof name === 'string' && !Token.isUnresolved(name) && /^[A-Za-z0-9_.-]{1,256}$/.test(name), {
    code: 'Tool/Name',
    what: 'tool name is not valid',
    received: name,
    allowed: '1 to 256 letters, digits and _ . -, known at synthesis',
    fix: 'Give the name as the target spells it, without the target in front.',
  });
}
