/**
 * All that says for certain that a request was not acted on, whoever was asked: what it was for may be
 * tried again. Vendors refuse by codes of their own, see `outcomeUnknown` of an error code.
 */

/**
 * With one of these, a web server or a proxy did not hand the request on to the vendor. Not among
 * them are those that can come after it was handed on: 408, 409, and whatever says that a server failed.
 */
const REFUSING_STATUSES: ReadonlySet<number> = new Set([
	400, 401, 403, 404, 405, 407, 411, 413, 414, 415, 417, 421, 425, 426, 428, 429, 431, 451, 501,
	505, 511,
]);

export const isRedirect = (status: number): boolean => status >= 300 && status < 400;

export const isRefusingStatus = (status: number): boolean =>
	isRedirect(status) || REFUSING_STATUSES.has(status);

/** How a connection fails before a request is sent, and what in the words of Node.js tells it. */
const BEFORE_SENDING = [
	{
		code: 'UNREACHABLE',
		// Whatever ended the look-up of the name or the connecting.
		sign: /\b(?:connect|getaddrinfo) E[A-Z]|before secure TLS connection|request was blocked because/,
	},
	{
		code: 'UNREACHABLE',
		sign: /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)\b/,
	},
	{
		code: 'CERTIFICATE',
		sign: /\b(?:CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/,
	},
	{
		code: 'INVALID_URL',
		sign: /\b(?:ERR_INVALID_URL|ERR_BAD_OPTION_VALUE)\b|^invalid url\b/im,
	},
] as const;

export type BeforeSending = (typeof BEFORE_SENDING)[number]['code'];

/** @param words all that was said of the failure */
export const failureBeforeSending = (words: string): BeforeSending | undefined =>
	BEFORE_SENDING.find(({ sign }) => sign.test(words))?.code;
