/** What can happen below HTTP, in words. */
import { VendorError } from '../contracts/errors';

interface Failure {
	readonly code: string;
	readonly summary: (vendorName: string) => string;
	readonly advice: string;
	readonly outcomeUnknown: boolean;
}

const UNREACHABLE: Failure = {
	code: 'UNREACHABLE',
	summary: (vendor) => `${vendor} could not be reached`,
	advice:
		'Nothing was sent. Check Base URL in the credential (host and port), and whether this n8n may connect to it: firewall, proxy, DNS.',
	outcomeUnknown: false,
};

const UNTRUSTED: Failure = {
	code: 'CERTIFICATE',
	summary: (vendor) => `The TLS certificate of ${vendor} is not valid`,
	advice: 'Nothing was sent. Check Base URL in the credential: host name, and http or https.',
	outcomeUnknown: false,
};

const INVALID_URL: Failure = {
	code: 'INVALID_URL',
	summary: (vendor) => `The address of ${vendor} is not valid`,
	advice: 'Nothing was sent. Write Base URL in the credential like http://host:port.',
	outcomeUnknown: false,
};

const TIMEOUT: Failure = {
	code: 'TIMEOUT',
	summary: (vendor) => `${vendor} did not answer in time`,
	advice: 'Try again later, or raise Timeout in the options of the node.',
	outcomeUnknown: true,
};

const RESET: Failure = {
	code: 'CONNECTION_LOST',
	summary: (vendor) => `The connection to ${vendor} broke before its reply was complete`,
	advice: 'Try again later.',
	outcomeUnknown: true,
};

const FAILURES: Readonly<Record<string, Failure>> = {
	ECONNREFUSED: UNREACHABLE,
	ENOTFOUND: UNREACHABLE,
	EAI_AGAIN: UNREACHABLE,
	EHOSTUNREACH: UNREACHABLE,
	ENETUNREACH: UNREACHABLE,
	EADDRNOTAVAIL: UNREACHABLE,
	ERR_INVALID_URL: INVALID_URL,
	ERR_BAD_OPTION_VALUE: INVALID_URL,
	ECONNABORTED: TIMEOUT,
	ETIMEDOUT: TIMEOUT,
	ESOCKETTIMEDOUT: TIMEOUT,
	ECONNRESET: RESET,
	EPIPE: RESET,
	ERR_BAD_RESPONSE: RESET,
	ERR_STREAM_PREMATURE_CLOSE: RESET,
};

/** The error and what it wraps, outermost first: n8n wraps the client's error, which wraps Node's. */
function* causeChain(error: unknown): Generator<object> {
	let layer = error;
	for (let depth = 0; depth < 8 && typeof layer === 'object' && layer !== null; depth++) {
		yield layer;
		layer =
			('cause' in layer && layer.cause) ||
			('errorResponse' in layer && layer.errorResponse) ||
			null;
	}
}

/**
 * All that the layers say of what happened. n8n 1 drops the wrapped error and its code, and keeps
 * only its message, in `messages`. Where a host has several addresses, Node tells of each in `errors`.
 */
const messagesIn = (error: unknown): string =>
	[...causeChain(error)]
		.flatMap((layer) => [
			'code' in layer && layer.code,
			'httpCode' in layer && layer.httpCode,
			...('messages' in layer && Array.isArray(layer.messages) ? layer.messages : []),
			...('errors' in layer && Array.isArray(layer.errors) ? layer.errors.map(String) : []),
			'message' in layer && layer.message,
		])
		.filter((word) => typeof word === 'string')
		.join('\n');

/** Whatever ended the look-up of the name or the connecting, nothing was sent. */
const NEVER_CONNECTED =
	/\b(?:connect|getaddrinfo) E[A-Z]|before secure TLS connection|request was blocked because/;

const CERTIFICATE_CODE = /\b(?:CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;

/** A code says more than a sentence; what says neither is a lost connection. */
function classifyFailure(error: unknown): Failure {
	const words = messagesIn(error);
	if (NEVER_CONNECTED.test(words)) return UNREACHABLE;
	if (CERTIFICATE_CODE.test(words)) return UNTRUSTED;
	const code = Object.keys(FAILURES).find((known) => new RegExp(`\\b${known}\\b`).test(words));
	const known = code === undefined ? undefined : FAILURES[code];
	if (known) return known;
	if (/timeout of \d+\s*ms|timed? ?out/i.test(words)) return TIMEOUT;
	return /invalid url/i.test(words) ? INVALID_URL : RESET;
}

/**
 * Says in words why no reply came. The original error is not kept: it holds the signed request.
 *
 * @param error whatever the HTTP client threw
 */
export function toConnectionError(error: unknown, vendorName: string): VendorError {
	const { summary, ...about } = classifyFailure(error);
	return new VendorError(summary(vendorName), about);
}
