import { Token } from 'aws-cdk-lib';
import type { ToolGateway } from './tool-gateway';
import { ToolParameter } from './tool-parameter';
import { Problems } from '../declaration/problems';

/**
 * AWS makes one schema of all tools of a policy engine, and takes it below 400 KB.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-limitations-section.html
 */
const LONGEST_SCHEMA = 400_000;

/** Expects a schema that AWS takes. What surrounds names and types is AWS's, so this is what it is long at least. */
export function expectSchemaFits(problems: Problems, gateway: ToolGateway): void {
  const length = gateway.targets.map(({ targetName, _target: { _form: { toolNames = [], tools = [] } } }) => (
    toolNames.map((name) => bytes(`${targetName}___${name}`)).reduce(sum, 0) + tools.map(({ _parameters }) => lengthOf(_parameters)).reduce(sum, 0)
  )).reduce(sum, 0);
  problems.expect(length < LONGEST_SCHEMA, {
    code: 'ToolGateway/SchemaTooLong',
    what: `names and types of all tools and their parameters have ${length} bytes, and stand in the Cedar schema of the gateway`,
    allowed: `less than ${LONGEST_SCHEMA} bytes for the whole schema`,
    fix: 'Divide the targets among gateways: each has a policy engine of its own.',
  });
}

function lengthOf(members: { [name: string]: ToolParameter }): number {
  return Object.keys(members).map((name) => bytes(name) + typeLength(members[name])).reduce(sum, 0);
}

/** At least as many letters as the shortest of Cedar's types has. */
function typeLength({ _member, _members }: ToolParameter): number {
  return _members !== undefined ? lengthOf(_members) : _member !== undefined ? typeLength(_member) : 'Bool'.length;
}

/** A text that only deployment knows may be short. */
function bytes(text: string): number {
  return Token.isUnresolved(text) ? 0 : Buffer.byteLength(text);
}

function sum(one: number, other: number): number {
  return one + other;
}
