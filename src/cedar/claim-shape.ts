/**
 * How a claim of a token looks when Cedar sees it: always one text. A list comes as the JSON text of its array; a claim that is one
 * text in the token, such as `scope`, comes as that text.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-conditions.html
 */
export enum ClaimShape {
  /** One value: `finance`. The whole text is compared. */
  SINGLE = 'single',
  /**
   * Values between blanks: `mcp:call calendar:read`. ONLY FOR CLAIMS WHOSE VALUES NEVER HAVE A BLANK, as OAuth2 scopes: in a claim with
   * the one value `Sales Admins` it finds `Sales`, and `Admins`.
   */
  BLANK_SEPARATED = 'blank-separated',
  /** A JSON array of texts: `["mcp:call","calendar:read"]`. */
  JSON_ARRAY = 'JSON array',
  /**
   * A JSON array of texts, or one value, whichever comes: `["Sales Admins","Staff"]` or `Sales Admins`. What issuers make of groups and
   * roles. Exact for values with blanks, too, as long as no single value is itself written like a JSON array.
   */
  ARRAY_OR_SINGLE = 'JSON array or one value',
  /**
   * Values between blanks or a JSON array, whichever comes. A text that begins with `[` is taken as JSON. Exact as long as no
   * value begins with `["` or has a blank, which OAuth2 scopes cannot. NOT FOR GROUPS OR ROLES, as `BLANK_SEPARATED`.
   */
  ANY_LIST = 'any list',
}
