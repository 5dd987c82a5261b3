/** What the checks expect of an app. */
export interface CheckOptions {
  /** Whether secrets, the token vault, gateways, policy engines and memories must be under customer-managed keys. */
  readonly requireCustomerKeys: boolean;
}
