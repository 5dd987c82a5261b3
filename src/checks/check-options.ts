/** What the checks expect of an app. */
export interface CheckOptions {
  /** Whether secrets, the token vault, gateways, policy engines, memories and images must be under customer-managed keys. */
  readonly requireCustomerKeys: boolean;
}
