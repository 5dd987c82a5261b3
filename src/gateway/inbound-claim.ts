import { Token } from 'aws-cdk-lib';
import { Problems, refuse } from '../declaration/problems';

/**
 * A claim that a caller's token must have, checked by the gateway before anything else.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */
export class InboundClaim {
  /**
   * A claim with one value, which must be this one.
   *
   * @throws [InboundClaim/Name] when it is no name of a claim, or `scp`, which AWS refuses
   * @throws [InboundClaim/Value] when the value is empty
   */
  public static hasValue(name: string, value: string): InboundClaim {
    return new InboundClaim(name, 'STRING', 'EQUALS', [value]);
  }

  /**
   * A claim with a list of values, which must contain this one.
   *
   * @throws [InboundClaim/...] as `hasValue`
   */
  public static contains(name: string, value: string): InboundClaim {
    return new InboundClaim(name, 'STRING_ARRAY', 'CONTAINS', [value]);
  }

  /**
   * A claim with a list of values, which must contain at least one of these.
   *
   * @throws [InboundClaim/...] as `hasValue`, and when there is no value or one twice
   */
  public static containsAny(name: string, values: string[]): InboundClaim {
    if (!Array.isArray(values) || values.length === 0 || new Set(values).size !== values.length) {
      refuse({ code: 'InboundClaim/Value', what: 'values must be given, each once', received: values, fix: 'Give the values of which the claim must contain one.' });
    }
    return new InboundClaim(name, 'STRING_ARRAY', 'CONTAINS_ANY', [...values]);
  }

  private constructor(
    /** Name of the claim. */
    public readonly name: string,
    /** `STRING` or `STRING_ARRAY`. */
    public readonly valueType: string,
    /** `EQUALS`, `CONTAINS` or `CONTAINS_ANY`. */
    public readonly matchOperator: string,
    /** The values. */
    public readonly values: string[],
  ) {
    const problems = new Problems();
    problems.expectText(name, {
      name: 'name of the claim',
      code: 'InboundClaim/Name',
      maximum: 255,
      pattern: /^[A-Za-z0-9_.:/-]+$/,
      allowed: '1 to 255 letters, digits and _ . : / -',
      fix: 'Give the name as it stands in the token.',
    });
    problems.expect(name !== 'scp', {
      code: 'InboundClaim/Name',
      what: 'scp is not accepted as a custom claim',
      received: name,
      fix: 'Use scopes, which reads the claims scope and scp.',
    });
    values.forEach((value) => problems.expectText(value, {
      name: `value of ${Token.isUnresolved(name) ? 'the claim' : name}`,
      code: 'InboundClaim/Value',
      maximum: 255,
      allowed: '1 to 255 characters',
      fix: 'Give the value as it stands in the token.',
    }));
    problems.raise();
  }
}
