import type { SlowRequest } from '@tacho/api-contract';

/** `METHOD route`, as endpoints are named. */
export function endpointOf({ method, endpoint }: SlowRequest): string {
  return `${method} ${endpoint}`;
}

/** Tells slow requests apart, but for those that are alike in all that matters. */
export function slowRequestKey(request: SlowRequest): string {
  return `${request.timestamp} ${endpointOf(request)} ${request.response_time}`;
}
