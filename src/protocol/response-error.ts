import type { ResponseError } from './message.js';

/** The error of a response, or of one of its items, from the two fields in which most messages carry it. */
export function responseError(part: { readonly errorCode: number; readonly errorMessage?: string | null }): ResponseError {
  return part.errorMessage === undefined ? { code: part.errorCode } : { code: part.errorCode, message: part.errorMessage };
}
