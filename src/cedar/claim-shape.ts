/**
 * How a claim of a token looks when Cedar sees it: always one text, in which a list may be written in two ways.
 */
export enum ClaimShape {
  /** One value: `finance`. The whole text is compared. */
  SINGLE = 'single',
  /** Values between blanks: `mcp:call calendar:read`. */
  BLANK_SEPARATED = 'blank-separated',
  /** A JSON array of texts: `["mcp:call","calendar:read"]`. */
  JSON_ARRAY = 'JSON array',
  /**
   * Values between blanks or a JSON array, whichever comes. A text that begins with `[` is taken as JSON. Exact as long as no
   * value between blanks begins with `["`, which OAuth2 scopes cannot.
   */
  ANY_LIST = 'any list',
}
