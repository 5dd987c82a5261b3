/** What happens to the token vault when its encryption is removed from the app. */
export enum VaultKeyRemoval {
  /**
   * The vault stays under the key, and so do the users' tokens. Removing the construct changes nothing but the grants of the
   * agents; the key has to be kept (a key that is made here is retained).
   */
  KEEP_KEY = 'KEEP_KEY',
  /**
   * The vault goes back to the key that AWS owns, if it still has the key that was set here; a key that the vault already had
   * when the construct was created stays. What becomes of tokens that were encrypted before, AWS does not say: keep the key
   * enabled until every user has consented again.
   *
   * CloudFormation takes another construct id or stack for a removal: switch to `KEEP_KEY` before you rename or move the
   * construct.
   */
  RETURN_TO_SERVICE_KEY = 'RETURN_TO_SERVICE_KEY',
}
