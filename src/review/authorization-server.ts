import { readable } from '../declaration/readable';
import { shownAddress } from '../declaration/shown-address';
import { OAuth2VendorProfile } from '../provider/oauth2-vendor-profile';

/** What the report tells in other members. */
const ELSEWHERE = /^(onBehalfOfTokenExchangeConfig|clientAuthenticationMethod|privateKeyJwtConfig)$/;

/** What is configured of an authorization server: each field with its value, such as `discoveryUrl https://id.example.com/...`. */
export function authorizationServer({ fields = {} }: Pick<OAuth2VendorProfile, 'fields'>): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (ELSEWHERE.test(name) ? [] : settings(name, value)));
}

function settings(name: string, value: unknown): string[] {
  if (typeof value === 'string') {
    return [`${name} ${shownAddress(readable(value, '(known at deployment)'))}`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((each) => settings(name, each));
  }
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([member, each]) => settings(member, each)) : [];
}
