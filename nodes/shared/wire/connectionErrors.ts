/** What can happen below HTTP, in words. */
import { failureBeforeSending, type BeforeSending } from '../contracts/clearRefusals';
import { quote, VendorError } from '../contracts/errors';
import { lacksScheme } from './requestOptions';

/** Characters of a URL that an error repeats. */
const MAX_SHOWN_URL = 200;

interface Description {
	readonly summary: (vendorName: string) => string;
	readonly advice: string;
}

/** With all but those before sending, the request may have arrived. */
type Failure = BeforeSending | 'TIMEOUT' | 'CONNECTION_LOST' | 'NOT_HTTP' | 'BADLY_PACKED';

const DESCRIPTIONS: Readonly<Record<Failure, Description>> = {
	UNREACHABLE: {
		summary: (vendor) => `${vendor} could not be reached`,
		advice:
			'Nothing was sent. Check Base URL in the credential (host and port), and whether this n8n may connect to it: firewall, proxy, DNS.',
	},
	NOT_TLS: {
		summary: (vendor) => `${vendor} answers without TLS`,
		advice:
			'Nothing was sent. Write http:// instead of https:// in Base URL of the credential, or the port on which the platform speaks https.',
	},
	CERTIFICATE: {
		summary: (vendor) => `The TLS certificate of ${vendor} is not valid`,
		advice:
			'Nothing was sent. Check the host name in Base URL of the credential. If the platform has a certificate of its own making and you trust the network, turn on Ignore SSL Issues (Insecure) in the credential.',
	},
	TLS_HANDSHAKE: {
		summary: (vendor) => `${vendor} and n8n found no TLS connection that both accept`,
		advice:
			'Nothing was sent. The server may know only old versions of TLS, or ask for a client certificate. Check host, port and https in Base URL of the credential, then ask the platform which TLS it speaks.',
	},
	INVALID_URL: {
		summary: (vendor) => `The address of ${vendor} (Base URL in the credential) is not valid`,
		advice:
			'Nothing was sent. Write Base URL like http://host:port or https://host/path: http or https, then ://, then the host, and no spaces.',
	},
	TIMEOUT: {
		summary: (vendor) => `${vendor} did not answer in time`,
		advice: 'Where that happens often, raise Timeout in the options of the node.',
	},
	NOT_HTTP: {
		summary: (vendor) => `${vendor} answered with something that is not HTTP`,
		advice:
			'Check host and port, and http or https, in Base URL of the credential: the server there may expect https, or be something else.',
	},
	BADLY_PACKED: {
		summary: (vendor) => `${vendor} sent a reply whose compression is broken`,
		advice:
			'The platform, or a proxy in between, packed it wrongly, or calls something packed that is not. If it stays so, show this to the platform.',
	},
	CONNECTION_LOST: {
		summary: (vendor) => `The connection to ${vendor} broke before its reply was complete`,
		advice:
			'The platform, or a network or proxy in between, broke it off. If it is always so, check the port, and http or https, in Base URL of the credential.',
	},
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

const TIMED_OUT = /\b(?:ECONNABORTED|ESOCKETTIMEDOUT)\b|timeout of \d+\s*ms|timed? ?out/i;

/** What the reader of HTTP in Node.js calls wrong, unless it only came to an end too soon. */
const NO_HTTP = /\bHPE_(?!INVALID_EOF_STATE|CLOSED_CONNECTION)[A-Z]|\bParse Error: /;

const BADLY_PACKED =
	/\bZ_(?:DATA|BUF|STREAM|NEED_DICT)|\bERR__ERROR_|\bincorrect (?:header|data|length) check\b/;

/** What came of a request that was sent. What says nothing is a lost connection. */
function failureAfterSending(words: string): Failure {
	if (TIMED_OUT.test(words)) return 'TIMEOUT';
	if (BADLY_PACKED.test(words)) return 'BADLY_PACKED';
	return NO_HTTP.test(words) ? 'NOT_HTTP' : 'CONNECTION_LOST';
}

const create = (code: Failure, vendorName: string, outcomeUnknown: boolean): VendorError =>
	new VendorError(DESCRIPTIONS[code].summary(vendorName), {
		code,
		advice: DESCRIPTIONS[code].advice,
		outcomeUnknown,
	});

/**
 * Says in words why no reply came. The original error is not kept: it holds the signed request.
 *
 * @param error whatever the HTTP client threw
 */
export function toConnectionError(error: unknown, vendorName: string): VendorError {
	const words = messagesIn(error);
	const early = failureBeforeSending(words);
	const code = early ?? failureAfterSending(words);
	return create(code, vendorName, early === undefined);
}

/** The time of the call is up. */
export const createTimeoutError = (vendorName: string): VendorError =>
	create('TIMEOUT', vendorName, true);

/** What may come of http where https was meant, or the other way round. */
const OF_A_WRONG_SCHEME =
	/^(?:UNREACHABLE|TIMEOUT|CONNECTION_LOST|NOT_HTTP|HTTP_\d+|NOT_DATA|EMPTY_REPLY|TRUNCATED_REPLY)$/;

/** A URL as it may be shown: without user and password in front of its host, and not at any length. */
export function showUrl(url: string): string {
	const [scheme = ''] = /^[a-z][a-z\d+.-]*:\/\//i.exec(url) ?? [];
	const start = Math.max(scheme.length, url.lastIndexOf('@') + 1);
	return quote(scheme + url.slice(start), MAX_SHOWN_URL);
}

/**
 * Adds to an error of the connection what is wrong with the address that the user wrote: what it is
 * where it is no address, and that its scheme was assumed where it has none.
 *
 * @param baseUrl as the user wrote it
 * @param hide hides secrets, as one may have been pasted into the wrong field
 */
export function tellOfBaseUrl(
	error: VendorError,
	baseUrl: string,
	hide: (text: string) => string,
): VendorError {
	const { message, code, advice, vendorMessage, outcomeUnknown, partlyDone, details } = error;
	const more = () => {
		if (code === 'INVALID_URL') return `: "${hide(showUrl(baseUrl))}"`;
		return OF_A_WRONG_SCHEME.test(code) && lacksScheme(baseUrl)
			? ' (Base URL has no http:// or https:// in front: http:// was assumed)'
			: '';
	};
	const told = more();
	if (told === '') return error;
	return new VendorError(message + told, {
		code,
		advice,
		vendorMessage,
		outcomeUnknown,
		partlyDone,
		details,
	});
}
