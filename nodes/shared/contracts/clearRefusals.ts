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

export type BeforeSending =
	'UNREACHABLE' | 'NOT_TLS' | 'CERTIFICATE' | 'TLS_HANDSHAKE' | 'INVALID_URL';

/**
 * How a connection fails before a request is sent, and what in the words of Node.js tells it. The
 * first that fits counts.
 */
const BEFORE_SENDING: ReadonlyArray<{
	readonly code: BeforeSending;
	readonly sign: RegExp;
	readonly unless?: RegExp;
}> = [
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
		code: 'NOT_TLS',
		// Something in the clear, read as TLS.
		sign: /\bERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)\b|wrong version number|packet length too long|SSL routines:[^:\n]*:http request/i,
	},
	{
		code: 'CERTIFICATE',
		sign: /\b(?:CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH\b|INVALID_(?:CA|PURPOSE)\b|CRL_|ERROR_IN_(?:CERT|CRL)_|PATH_LENGTH_EXCEEDED\b)/,
	},
	{
		code: 'CERTIFICATE',
		sign: /self[- ]signed certificate|certificate has expired|certificate is not yet valid|unable to (?:verify the first|get (?:local )?issuer) certificate|does not match certificate's altnames/i,
	},
	{
		code: 'TLS_HANDSHAKE',
		sign: /\bEPROTO\b|\bERR_(?:SSL|TLS)_|\bSSL routines:/i,
		// These may come in the middle of a reply as well.
		unless:
			/bad.record.mac|decryption.failed|unexpected.(?:eof|message|record)|internal.error|close.notify|decode.error|record.overflow/i,
	},
	{
		code: 'INVALID_URL',
		sign: /\b(?:ERR_INVALID_URL|ERR_BAD_OPTION_VALUE)\b|^invalid url\b|^Base URL in the credential\b/im,
	},
];

/** Whether a failure of this code came before a request was sent. */
export const isUnsent = (code: string): boolean =>
	BEFORE_SENDING.some((failure) => failure.code === code);

/** @param words all that was said of the failure */
export const failureBeforeSending = (words: string): BeforeSending | undefined =>
	BEFORE_SENDING.find(({ sign, unless }) => sign.test(words) && !unless?.test(words))?.code;
